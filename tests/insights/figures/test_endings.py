import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from insights.actions.causes import publish_causes
from insights.figures.endings import OTHERS, Causes, causes
from insights.models import PublishedCauses
from mentoring.models import EarlyEnd, Programme
from tests.builders import make_programme
from tests.support.at_once import another_session

pytestmark = pytest.mark.django_db


def give(programme: Programme, words: str) -> Causes:
    """Each cause by its word, and what is told of them once they are published."""
    EarlyEnd.objects.bulk_create(EarlyEnd(programme=programme, cause=cause) for cause in words.split())
    with transaction.atomic():
        publish_causes(programme)
    return causes([programme.pk])


def test_fewer_than_five_causes_are_not_told() -> None:
    assert give(make_programme(), "time time match other") == Causes(0, [])


def test_a_cause_is_told_from_five_people_on_and_in_whole_fives() -> None:
    programme = make_programme()

    assert give(programme, "time time match time other free") == Causes(5, [(OTHERS, 5)])
    assert give(programme, "time time match match time time") == Causes(
        10, [("There was too little time", 5), (OTHERS, 5)]
    )


def test_one_of_five_who_gave_the_same_cause_is_counted_without_it() -> None:
    programme = make_programme()

    assert give(programme, "free " * 5) == Causes(5, [(OTHERS, 5)])
    assert give(programme, "free " * 5) == Causes(10, [("I did not feel free to speak", 8), (OTHERS, 2)])


def test_what_was_told_stays_when_causes_come_or_go() -> None:
    programme = make_programme()
    told = give(programme, "time time time work time time")
    EarlyEnd.objects.filter(cause="time").delete()

    assert give(programme, "work work work") == told


@pytest.mark.django_db(transaction=True)
def test_cause_that_is_written_while_others_are_counted_is_told_all_the_same() -> None:
    """Its key is older than theirs, and whoever reads sees it later."""
    programme, early_end = make_programme(), EarlyEnd.objects.create
    give(programme, "time time")

    with another_session(lambda: early_end(programme=programme, cause="match")):
        assert give(programme, "work work work") == Causes(0, [])

    assert give(programme, "time time time time") == Causes(10, [("There was too little time", 6), (OTHERS, 4)])


def test_across_programmes_stands_what_each_tells_added_up_and_nothing_else() -> None:
    """Each has four of “match”. The eight stay untold: less those of one programme they would tell of the other's."""
    ours, theirs, small = make_programme(), make_programme(), make_programme()
    give(ours, "time time time time match time match match match work")
    give(theirs, "time time time match time time time match match match")
    give(small, "time time time")

    assert causes(None) == Causes(20, [("There was too little time", 11), (OTHERS, 9)])
    assert causes([ours.pk]).rows == [("There was too little time", 5), (OTHERS, 5)]


@pytest.mark.parametrize("ends", [5, 500])
def test_reading_the_causes_costs_one_row_of_one_query_however_long_the_history(ends: int) -> None:
    programme = make_programme()
    give(programme, "time match " * (ends // 2 + 1))

    with CaptureQueriesContext(connection) as queries:
        causes([programme.pk])

    assert (len(queries), PublishedCauses.objects.count()) == (1, 1)


def test_the_database_refuses_a_count_that_is_not_of_whole_fives() -> None:
    with pytest.raises(IntegrityError, match="published_causes_in_whole_fives"):
        PublishedCauses.objects.create(programme=make_programme(), counted=6)


def test_nothing_leads_from_the_published_causes_to_a_pair_or_a_day() -> None:
    for name in ("pair", "person", "at", "created_at"):
        with pytest.raises(FieldDoesNotExist):
            PublishedCauses._meta.get_field(name)
