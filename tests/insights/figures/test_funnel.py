import pytest

from insights.figures import funnel
from matching.models import Suggestion
from mentoring.models import Pair
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_enrolment,
    make_pair,
    make_person,
    make_programme,
    make_skill,
)

pytestmark = pytest.mark.django_db


def test_funnel_counts_each_person_at_every_stage_they_reached() -> None:
    programme = make_programme()
    make_pair(programme=programme, status=Pair.Status.COMPLETED)
    make_pair(programme=programme, mentor=make_person(level=1), mentee=make_person(level=6), status=Pair.Status.ACTIVE)
    make_pair(programme=programme, mentor=make_person(level=1), mentee=make_person(level=6), status="asking_junior")
    make_enrolment(person=make_charlie(), programme=programme)

    stages = funnel(programme)

    assert [(stage.name, stage.people, stage.share) for stage in stages] == [
        ("Enrolled", 7, 100),
        ("Suggested", 6, 86),
        ("Active", 4, 57),
        ("Completed", 2, 29),
    ]


def test_funnel_counts_somebody_in_two_pairs_once() -> None:
    programme, alice = make_programme(), make_alice()
    make_enrolment(person=alice, programme=programme, mentor_capacity=2)
    make_pair(programme=programme, mentor=alice)
    make_pair(programme=programme, mentor=alice, mentee=make_bob())

    stages = funnel(programme)

    assert stages[2].people == 3


def test_funnel_counts_suggestions_but_not_rejected_ones() -> None:
    programme, alice, bob, charlie = make_programme(), make_alice(), make_bob(), make_charlie()
    for person in (alice, bob, charlie):
        make_enrolment(person=person, programme=programme)
    Suggestion.objects.create(programme=programme, mentor=alice, mentee=bob, skill=make_skill())
    Suggestion.objects.create(
        programme=programme, mentor=charlie, mentee=bob, skill=make_skill(), status=Suggestion.Status.REJECTED
    )

    stages = funnel(programme)

    assert stages[1].people == 2


def test_funnel_of_an_empty_programme_has_no_shares() -> None:
    stages = funnel(make_programme())

    assert [(stage.people, stage.share) for stage in stages] == [(0, None)] * 4
