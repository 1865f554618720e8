"""What the home page gathers."""

import datetime as dt

import pytest
from django.utils import timezone

from insights.actions.refresh import refresh
from matching.models import Suggestion
from mentoring.dashboard.mine import Mine
from mentoring.models import Pair, Person
from mentoring.panels import NextStep
from reverse_mentoring.home import figures_for_hr, greeting, onboarding_steps, pair_cards, programmes_to_join
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_enrolment,
    make_meeting,
    make_pair,
    make_person,
    make_programme,
    make_skill,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/London", "Good morning, Alice"),
        ("Asia/Kolkata", "Good afternoon, Alice"),
        ("Asia/Tokyo", "Good evening, Alice"),
        ("America/New_York", "Good morning, Alice"),
        ("America/Los_Angeles", "Good evening, Alice"),
    ],
)
def test_greeting_goes_by_the_persons_own_clock(zone: str, words: str) -> None:
    alice = make_alice(name="Alice Example", time_zone=zone)

    assert greeting(alice, NOW) == words


def test_both_see_an_exchange_from_their_own_side() -> None:
    alice, bob = make_alice(), make_bob()
    media, budgets = make_skill(name="Social media"), make_skill(name="Budgets")
    make_pair(mentor=alice, mentee=bob, skill=media, is_exchange=True, return_skill=budgets)

    hers, his = pair_cards(Mine(alice, NOW))[0].row, pair_cards(Mine(bob, NOW))[0].row

    assert (hers.partner, hers.shares, hers.learns) == (bob, media, budgets)
    assert (his.partner, his.shares, his.learns) == (alice, budgets, media)


def test_pair_without_exchange_gives_the_mentor_nothing_to_learn() -> None:
    pair = make_pair()

    row = pair_cards(Mine(pair.mentor, NOW))[0].row

    assert (row.shares, row.learns) == (pair.skill, None)


def test_pairs_come_in_the_order_of_their_next_meeting_and_invitations_last() -> None:
    alice, now = make_alice(), timezone.now()
    programme = make_programme()
    make_enrolment(person=alice, programme=programme, mentor_capacity=3)
    later = make_pair(mentor=alice, mentee=make_bob(), programme=programme)
    asked = make_pair(mentor=alice, mentee=make_bob(), programme=programme, status=Pair.Status.ASKING_JUNIOR)
    sooner = make_pair(mentor=alice, mentee=make_bob(), programme=programme)
    make_meeting(pair=later, starts_at=now + dt.timedelta(days=9))
    make_meeting(pair=sooner, starts_at=now + dt.timedelta(days=2))
    make_meeting(pair=later, starts_at=now - dt.timedelta(days=5), status="held")

    cards = pair_cards(Mine(alice, now))

    assert [(card.row.pair, card.held) for card in cards] == [(sooner, 0), (later, 1), (asked, 0)]


def test_senior_sees_nothing_while_the_junior_is_asked() -> None:
    pair = make_pair(status=Pair.Status.ASKING_JUNIOR)

    assert [card.row.pair for card in pair_cards(Mine(pair.mentor, NOW))] == [pair]
    assert pair_cards(Mine(pair.mentee, NOW)) == []


def test_programme_to_join_is_open_and_not_joined() -> None:
    alice = make_alice()
    today = timezone.localdate()
    joined = make_programme()
    make_enrolment(person=alice, programme=joined)
    make_programme(enrol_from=today - dt.timedelta(days=9), enrol_until=today - dt.timedelta(days=1))
    make_programme(status="draft")
    closes_later = make_programme(enrol_until=today + dt.timedelta(days=9))
    closes_soon = make_programme(enrol_until=today + dt.timedelta(days=1))

    assert programmes_to_join(Mine(alice, timezone.now())) == [closes_soon, closes_later]


def test_programme_left_can_be_joined_again() -> None:
    alice, programme = make_alice(), make_programme()
    enrolment = make_enrolment(person=alice, programme=programme)
    enrolment.status = "withdrawn"
    enrolment.save()

    assert programmes_to_join(Mine(alice, timezone.now())) == [programme]


def test_programme_among_the_next_steps_is_not_shown_twice() -> None:
    alice, shown, other = make_alice(), make_programme(), make_programme()
    step = NextStep(title="Join", sentence="", url=f"/programmes/{shown.pk}/", button="See")

    assert programmes_to_join(Mine(alice, timezone.now()), besides=[step]) == [other]


def test_onboarding_shows_where_a_newcomer_stands() -> None:
    charlie = make_charlie(onboarding_step=2)

    steps = onboarding_steps(charlie)

    assert [(step.done, step.here) for step in steps] == [(True, False), (False, True), (False, False), (False, False)]


def test_onboarding_is_over_after_the_last_step_for_partners_too() -> None:
    partner = make_person(kind=Person.Kind.PARTNER, partner_until=dt.date(2030, 1, 1), onboarded=False)

    assert onboarding_steps(make_alice()) == []
    assert [step.here for step in onboarding_steps(partner)] == [True, False, False, False]


def test_figures_for_hr_count_what_waits() -> None:
    now, programme = timezone.now(), make_programme()
    long_ago = now - dt.timedelta(days=60)
    quiet = make_pair(
        programme=programme, started_at=long_ago, is_exchange=True, return_skill=make_skill(name="Budgets")
    )
    make_pair(programme=programme)
    make_pair(status=Pair.Status.DECLINED)
    make_skill(name="Proposed", status="proposed", proposed_by=quiet.mentor)
    Suggestion.objects.create(
        programme=programme, mentor=quiet.mentor, mentee=make_bob(), skill=quiet.skill, status="proposed"
    )

    refresh(programme, now)

    figures = [(figure.label, figure.value) for figure in figures_for_hr(make_dana().user)]

    assert figures == [
        ("Running pairs", 2),
        ("Pairs that need a hand", 1),
        ("Suggestions to decide on", 1),
        ("Skills to review", 1),
    ]
