import pytest

from insights.figures.endings import causes
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


def test_causes_are_told_in_whole_fives() -> None:
    programme = make_programme()
    give(programme, "time", "time", "match", "time", "other", "free", "free")

    found = causes(programme)

    assert found.counted == 5
    assert found.rows == [("There was too little time", 3), ("Something else", 1), ("We were not the right match", 1)]
