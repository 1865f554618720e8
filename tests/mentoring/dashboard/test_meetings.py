import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring.dashboard.meetings import home_panels, meetings_panel, pair_steps
from mentoring.models import Pair, Person
from mentoring.panels import NextStep
from tests.builders import make_alice, make_bob, make_meeting, make_note, make_pair, make_programme, make_step

pytestmark = pytest.mark.django_db


def ago(**span: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(**span)


def ahead(**span: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(**span)


def steps(pair: Pair) -> list[NextStep]:
    return pair_steps(pair, pair.mentor, timezone.now())


def titles(pair: Pair) -> list[str]:
    return [step.title for step in steps(pair)]


def test_new_pair_plans_its_first_meeting() -> None:
    pair = make_pair()

    [step] = steps(pair)

    assert step.title == "Plan your first meeting with Bob"
    assert step.url == reverse("meeting-plan", args=[pair.pk])


def test_meeting_of_yesterday_is_to_be_logged_before_another_is_planned() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair, starts_at=ago(days=1))

    log, plan = sorted(steps(pair), key=lambda step: step.urgency)

    assert (log.title, log.url) == ("Did you meet Bob?", reverse("meeting-log", args=[meeting.pk]))
    assert plan.title == "Plan your first meeting with Bob"


def test_meeting_ahead_is_shown_and_no_other_asked_for() -> None:
    pair = make_pair()
    make_meeting(pair=pair, starts_at=ahead(days=9), topic="Hashtags")

    [step] = steps(pair)

    assert step.title == "You meet Bob"
    assert "Hashtags" in step.sentence


def test_partner_of_the_one_who_planned_it_is_asked_for_a_yes() -> None:
    pair = make_pair()
    make_meeting(pair=pair, starts_at=ahead(days=9))  # planned by Alice, the mentor

    [step] = pair_steps(pair, pair.mentee, timezone.now())
    [at_home] = home_panels(pair.mentee, timezone.now())

    assert step == at_home
    assert (step.title, step.button) == ("Alice would like to meet you", "Answer")


def test_meeting_of_today_is_more_urgent_than_one_of_next_week() -> None:
    today, later = make_pair(), make_pair(mentor=make_alice(), mentee=make_bob())
    now = timezone.now().replace(hour=9)
    make_meeting(pair=today, starts_at=now + dt.timedelta(hours=2))
    make_meeting(pair=later, starts_at=now + dt.timedelta(days=7))

    [first], [second] = (pair_steps(pair, pair.mentor, now) for pair in (today, later))

    assert first.title == "You meet Bob today"
    assert first.urgency < second.urgency


def test_pair_on_its_way_plans_its_next_meeting() -> None:
    pair = make_pair()
    make_meeting(pair=pair, starts_at=ago(days=12), status="held")

    [step] = steps(pair)

    assert step.title == "Plan your next meeting with Bob"
    assert "You have met 1 of 6 times." in step.sentence


def test_pair_that_has_met_as_often_as_planned_may_be_completed() -> None:
    pair = make_pair(programme=make_programme(meetings_planned=1))
    make_meeting(pair=pair, starts_at=ago(days=12), status="held")

    [step] = steps(pair)

    assert step.url == reverse("pair-complete", args=[pair.pk])


def test_meeting_of_late_is_asked_about_first() -> None:
    pair = make_pair()
    make_meeting(pair=pair, starts_at=ago(days=9), status="held")

    assert [step.title for step in steps(pair)] == ["How was it with Bob?", "Plan your next meeting with Bob"]


def test_quick_question_may_be_closed_after_one_meeting() -> None:
    pair = make_pair(kind="quick")
    make_meeting(pair=pair, starts_at=ago(days=1), status="held")

    assert titles(pair) == ["Is the question between you and Bob answered?"]


def test_paused_pair_offers_to_go_on() -> None:
    assert titles(make_pair(status="paused")) == ["Your pair with Bob is paused"]


@pytest.mark.parametrize("status", ["completed", "ended", "declined"])
def test_pair_that_is_over_or_never_was_asks_for_nothing(status: str) -> None:
    pair = make_pair(status=status)

    assert steps(pair) == []
    assert home_panels(pair.mentor, timezone.now()) == []


def test_cancelled_meeting_leaves_the_next_to_be_planned() -> None:
    pair = make_pair()
    make_meeting(pair=pair, starts_at=ahead(days=1), status="cancelled")

    assert titles(pair) == ["Plan your first meeting with Bob"]


def test_home_leaves_out_meetings_that_are_far_ahead() -> None:
    pair = make_pair()
    make_meeting(pair=pair, starts_at=ahead(days=9))

    assert home_panels(pair.mentor, timezone.now()) == []


def test_home_shows_meetings_of_the_next_two_days() -> None:
    pair = make_pair()
    make_meeting(pair=pair, starts_at=ahead(hours=47))

    assert [step.title for step in home_panels(pair.mentor, timezone.now())] == ["You meet Bob"]


def test_home_asks_as_many_questions_for_three_pairs_as_for_one(django_assert_num_queries: object) -> None:
    bob = make_bob()
    for count in (1, 2, 3):
        pair = make_pair(mentee=bob, mentor=make_alice())
        make_meeting(pair=pair, starts_at=ago(days=1))
        with django_assert_num_queries(2):  # type: ignore[operator]
            assert len(home_panels(bob, timezone.now())) == 2 * count


def panel_of(pair: Pair, person: Person | None = None):  # type: ignore[no-untyped-def]
    return meetings_panel(pair, person or pair.mentor, timezone.now())


def test_panel_sorts_meetings_by_what_is_to_do_about_them() -> None:
    pair = make_pair()
    ahead_of_us = make_meeting(pair=pair, starts_at=ahead(days=3))
    to_log = make_meeting(pair=pair, starts_at=ago(days=1))
    older = make_meeting(pair=pair, starts_at=ago(days=9), status="held")
    newer = make_meeting(pair=pair, starts_at=ago(days=5), status="cancelled")

    panel = panel_of(pair)

    assert (panel.ahead, panel.to_log, panel.past) == ([ahead_of_us], [to_log], [newer, older])
    assert (panel.held, panel.words) == (1, "1 of 6")


def test_panel_offers_three_times_while_none_is_planned() -> None:
    pair = make_pair()

    assert len(panel_of(pair).times) == 3
    make_meeting(pair=pair, starts_at=ahead(days=3))
    assert panel_of(pair).times == ()


def test_panel_offers_no_times_to_a_paused_pair() -> None:
    assert panel_of(make_pair(status="paused")).times == ()


def test_panel_holds_ones_own_notes_on_the_pair() -> None:
    pair = make_pair()
    mine = make_note(pair=pair, author=pair.mentor)
    make_note(pair=pair, author=pair.mentee)
    make_note(pair=pair, author=pair.mentor, meeting=make_meeting(pair=pair))

    assert panel_of(pair).notes == [mine]


def test_panel_asks_four_questions_however_many_meetings(django_assert_num_queries: object) -> None:
    pair = make_pair()
    for days in (1, 2, 3):
        make_meeting(pair=pair, starts_at=ago(days=days), status="held", logged_by=pair.mentor)
        make_note(pair=pair)
        make_step(pair=pair, text=f"Step {days}")
        with django_assert_num_queries(4):  # type: ignore[operator]
            panel_of(pair)
