"""What stands in the way of an approval, in words."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from matching.obstacles import free_places, obstacles, reporting_lines
from mentoring.models import Enrolment, Person, Role
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_enrolment,
    make_pair,
    make_person,
    make_programme,
    make_suggestion,
)

pytestmark = pytest.mark.django_db


def test_nothing_stands_in_the_way_of_two_who_are_enrolled_and_free() -> None:
    assert obstacles([make_suggestion()]) == {}
    assert obstacles([]) == {}


def test_a_person_who_left_is_in_the_way() -> None:
    suggestion = make_suggestion(mentor=make_alice(left_on=dt.date(2026, 1, 1)))

    assert obstacles([suggestion]) == {suggestion.pk: "Alice has left the company."}


def test_a_withdrawn_enrolment_is_in_the_way() -> None:
    suggestion = make_suggestion()
    Enrolment.objects.filter(person=suggestion.mentee).update(status="withdrawn")

    assert obstacles([suggestion]) == {suggestion.pk: "Bob is not enrolled any more."}


def test_a_place_that_another_pair_holds_is_in_the_way() -> None:
    programme, alice = make_programme(), make_alice()
    make_pair(mentor=alice, mentee=make_charlie(), programme=programme)
    suggestion = make_suggestion(mentor=alice, programme=programme)

    assert obstacles([suggestion]) == {suggestion.pk: "Alice has no free place as mentor any more."}


def test_two_who_are_a_pair_already_are_in_the_way_of_themselves() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    for person in (alice, bob):
        make_enrolment(person=person, programme=programme, mentor_capacity=2, mentee_capacity=2)
    make_pair(mentor=bob, mentee=alice, programme=programme)
    suggestion = make_suggestion(mentor=alice, mentee=bob, programme=programme)

    assert obstacles([suggestion]) == {suggestion.pk: "Alice and Bob are a pair in this programme already."}


def test_a_closed_programme_is_in_the_way() -> None:
    suggestion = make_suggestion(programme=make_programme(name="Spring", status="closed"))

    assert obstacles([suggestion]) == {suggestion.pk: "Spring is not running."}


def test_one_after_the_other_each_takes_its_places() -> None:
    programme, alice = make_programme(), make_alice()
    first = make_suggestion(mentor=alice, mentee=make_bob(), programme=programme)
    second = make_suggestion(mentor=alice, mentee=make_charlie(), programme=programme)

    assert obstacles([first, second]) == {}
    assert obstacles([first, second], one_after_the_other=True) == {
        second.pk: "Alice has no free place as mentor any more."
    }


@pytest.mark.parametrize("count", [1, 3])
def test_obstacles_and_lines_cost_as_many_queries_for_three_as_for_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = make_programme()
    rows = [make_suggestion(programme=programme, mentor=make_person(), mentee=make_person()) for _ in range(count)]

    with django_assert_num_queries(2):
        obstacles(rows)
    with django_assert_num_queries(1):
        reporting_lines(rows[0].programme, rows)


def test_places_are_counted_by_role() -> None:
    programme, alice = make_programme(), make_alice()
    make_enrolment(person=alice, programme=programme, mentor_capacity=3, mentee_capacity=1)
    make_pair(mentor=alice, mentee=make_bob(), programme=programme)

    assert dict(free_places(programme, [alice.pk])) == {(alice.pk, Role.MENTOR): 2, (alice.pk, Role.MENTEE): 1}


def test_a_reporting_line_is_said_in_words_in_either_direction() -> None:
    top = make_dana(name="Dana")
    bob = make_bob(manager=top)
    alice = make_alice(manager=bob)
    direct = make_suggestion(mentor=alice, mentee=bob)
    far = make_suggestion(mentor=top, mentee=alice, programme=direct.programme)

    assert reporting_lines(direct.programme, [direct, far]) == {
        direct.pk: "Alice reports to Bob.",
        far.pk: "Dana is 2 levels above Alice in the reporting line.",
    }


def test_a_line_longer_than_the_programme_counts_is_none() -> None:
    alice = make_alice(manager=make_bob(manager=make_dana()))
    suggestion = make_suggestion(
        mentor=alice, mentee=Person.objects.get(name="Dana"), programme=make_programme(reporting_line_levels=1)
    )

    assert reporting_lines(suggestion.programme, [suggestion]) == {}
