import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.dashboard.programmes import figures, home_panels
from mentoring.models import Person, Programme
from tests.builders import (
    make_alice,
    make_bob,
    make_enrolment,
    make_offer,
    make_pair,
    make_programme,
    make_wish,
)

pytestmark = pytest.mark.django_db


def test_the_programme_whose_time_is_up_first_is_to_be_joined() -> None:
    today = timezone.localdate()
    make_programme(name="Later", enrol_until=today + dt.timedelta(days=14))
    sooner = make_programme(name="Sooner", enrol_until=today + dt.timedelta(days=1))

    [step] = home_panels(make_alice(), timezone.now())

    assert (step.title, step.url, step.urgency) == ("Join “Sooner”", f"/programmes/{sooner.pk}/", 30)
    assert step.sentence.startswith("Open for enrolment until tomorrow. 6 meetings")


def test_there_is_nothing_to_join_that_one_is_in_or_that_is_not_open() -> None:
    alice, today = make_alice(), timezone.localdate()
    make_offer(person=alice)
    make_wish(person=alice)
    make_enrolment(person=alice, programme=make_programme())
    make_programme(status=Programme.Status.DRAFT)
    make_programme(enrol_until=today - dt.timedelta(days=1))

    assert home_panels(alice, timezone.now()) == []


def test_a_partner_from_outside_is_asked_to_join_nothing() -> None:
    make_programme()
    partner = make_bob(kind=Person.Kind.PARTNER, partner_until=dt.date(2099, 1, 1))

    assert home_panels(partner, timezone.now()) == []


@pytest.mark.parametrize(
    ("offers", "wishes", "words"),
    [(False, False, "is empty"), (False, True, "has nothing to teach"), (True, False, "has nothing to learn")],
)
def test_who_is_enrolled_without_skills_is_told_what_is_missing(offers: bool, wishes: bool, words: str) -> None:
    alice = make_alice()
    make_enrolment(person=alice, programme=make_programme())
    if offers:
        make_offer(person=alice)
    if wishes:
        make_wish(person=alice)

    [step] = home_panels(alice, timezone.now())

    assert (step.title, words in step.sentence) == ("Add to your skills", True)


def test_the_skills_of_a_role_one_is_not_in_are_not_missed() -> None:
    alice = make_alice()
    make_enrolment(person=alice, programme=make_programme(), mentor_capacity=1, mentee_capacity=0)
    make_offer(person=alice)

    assert home_panels(alice, timezone.now()) == []


def test_figures_count_people_and_pairs_and_say_of_no_answer_whose_it_was() -> None:
    programme, alice = make_programme(), make_alice()
    make_enrolment(person=alice, programme=programme, mentor_capacity=3)
    make_pair(mentor=alice, programme=programme)
    make_pair(mentor=alice, programme=programme, status="paused")
    make_pair(programme=programme, status="asking_junior")
    make_pair(programme=programme, status="asking_senior")
    make_pair(programme=programme, status="completed")
    make_pair(status="active")

    shown = figures(programme)

    assert (shown.enrolled, shown.in_pair, shown.asking, shown.running, shown.completed) == (9, 3, 2, 2, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_the_panel_asks_the_same_few_questions_for_any_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alice = make_alice()
    for _ in range(number):
        make_enrolment(person=alice, programme=make_programme())
        make_programme()

    with django_assert_num_queries(3):
        home_panels(alice, timezone.now())
