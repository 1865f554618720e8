import pytest

from insights.figures.endings import OTHERS, Causes, causes
from mentoring.models import EarlyEnd, Programme
from tests.builders import make_programme

pytestmark = pytest.mark.django_db


def give(programme: Programme, *words: str) -> None:
    for cause in words:
        EarlyEnd.objects.create(programme=programme, cause=cause)


def test_fewer_than_five_causes_are_not_told() -> None:
    programme = make_programme()
    give(programme, "time", "time", "match", "other")

    assert causes(programme).rows == []


def test_a_cause_is_told_from_five_people_on_and_in_whole_fives() -> None:
    programme = make_programme()
    give(programme, "time", "time", "match", "time", "other", "free")

    assert causes(programme) == Causes(5, [(OTHERS, 5)])

    give(programme, "time", "time", "match", "match", "time", "time")
    assert causes(programme) == Causes(10, [("There was too little time", 5), (OTHERS, 5)])


def test_a_cause_that_all_gave_is_not_told() -> None:
    programme = make_programme()
    give(programme, *["free"] * 5)

    assert causes(programme) == Causes(5, [(OTHERS, 5)])
