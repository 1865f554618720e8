import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.dashboard.pairs import home_panels, pair_rows, row_of
from mentoring.models import Pair
from tests.builders import make_alice, make_bob, make_enrolment, make_pair, make_programme, make_skill

pytestmark = pytest.mark.django_db


def test_an_invitation_waits_on_the_home_page_of_the_one_who_is_asked_alone() -> None:
    alice, bob = make_alice(), make_bob()
    now = timezone.now()
    pair = make_pair(mentor=alice, mentee=bob, status="asking_junior", answer_by=now + dt.timedelta(days=7))

    [step] = home_panels(alice, now)

    assert (step.title, step.url, step.urgency) == (
        "Would you like to be paired with Bob?", f"/pairs/{pair.pk}/invitation/", 5,
    )  # fmt: skip
    assert home_panels(bob, now) == []


def test_an_answer_that_is_due_soon_comes_first() -> None:
    alice, now = make_alice(), timezone.now()
    make_pair(mentor=alice, status="asking_junior", answer_by=now + dt.timedelta(hours=30))

    [step] = home_panels(alice, now)

    assert step.urgency == 2


def test_a_question_waits_on_the_home_page_of_the_mentor() -> None:
    jessica = make_bob(name="Jessica")
    make_pair(mentor=jessica, mentee=make_alice(name="Ted"), kind="quick", status="asking_mentor")

    [step] = home_panels(jessica, timezone.now())

    assert (step.title, step.sentence.startswith("It is about Social media.")) == ("Ted has a quick question", True)


def test_a_row_says_what_each_shares_and_learns() -> None:
    alice, bob = make_alice(), make_bob()
    ways = make_skill(name="How decisions are made")
    pair = make_pair(mentor=alice, mentee=bob, is_exchange=True, return_skill=ways)

    of_alice, of_bob = row_of(pair, alice), row_of(pair, bob)

    assert (of_alice.partner, of_alice.shares, of_alice.learns) == (bob, pair.skill, ways)
    assert (of_bob.partner, of_bob.shares, of_bob.learns) == (alice, ways, pair.skill)


def test_rows_are_kept_apart_by_what_they_ask_of_the_reader() -> None:
    alice = make_alice()
    asking = make_pair(mentor=alice, status="asking_junior")
    waiting = make_pair(mentor=alice, status="asking_senior")
    running = make_pair(mentor=alice, status="paused")

    rows = pair_rows(Pair.objects.known_to(alice), alice)

    assert [[row.pair for row in group] for group in (rows.asking_me, rows.waiting, rows.running)] == [
        [asking], [waiting], [running],
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_the_panel_asks_one_question_for_any_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alice, programme = make_alice(), make_programme()
    make_enrolment(person=alice, programme=programme, mentor_capacity=3)
    for _ in range(number):
        make_pair(mentor=alice, programme=programme, status="asking_junior", answer_by=timezone.now())

    with django_assert_num_queries(1):
        assert len(home_panels(alice, timezone.now())) == number
