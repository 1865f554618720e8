"""The two of a pair at the same moment, and two workers: one meeting, one log, one end, one reminder."""

import datetime as dt

import pytest
from django.utils import timezone

from mentoring.actions.meeting_reminders import schedule, send_due
from mentoring.actions.meetings import Plan, Report, cancel, log, move, plan
from mentoring.actions.pair_life import end, pause
from mentoring.models import Meeting, MeetingReminder, Pair
from notifications.models import Message
from tests.builders import make_meeting, make_pair
from tests.support.at_once import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def make_plan(*, days: float = 3, minutes: int = 45) -> Plan:
    start = timezone.now().replace(microsecond=0, second=0) + dt.timedelta(days=days)
    return Plan(starts_at=start, ends_at=start + dt.timedelta(minutes=minutes))


def test_plan_sent_many_times_by_one_is_one_meeting_and_one_message() -> None:
    pair, wanted = make_pair(), make_plan()

    ends = all_at_once([lambda: plan(pair, by=pair.mentor, plan=wanted)] * 8)

    assert ends == {"done": 8}
    assert (Meeting.objects.count(), pair.mentee.user.outbox.count()) == (1, 1)


def test_plans_of_both_for_the_same_time_are_one_meeting() -> None:
    pair, wanted = make_pair(), make_plan()

    ends = all_at_once([lambda who=who: plan(pair, by=who, plan=wanted) for who in pair.people])

    assert ends == {"done": 1, "ValidationError": 1}
    assert Meeting.objects.planned().count() == 1


def test_logs_of_both_are_one_log_and_the_other_is_told_who_was_quicker() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=1))
    reports = [Report(took_place=True, minutes=45), Report(took_place=False, because="forgotten")]

    ends = all_at_once(
        [
            lambda who=who, report=report: log(meeting, by=who, report=report)
            for who, report in zip(pair.people, reports, strict=True)
        ]
    )

    assert ends == {"done": 1, "LoggedAlready": 1}


def test_move_and_cancel_at_once_leave_one_of_the_two() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())

    ends = all_at_once(
        [
            lambda: move(meeting, by=pair.mentor, plan=make_plan(days=5), seen=0),
            lambda: cancel(meeting, by=pair.mentee),
        ]
    )

    meeting.refresh_from_db()
    assert meeting.status == "cancelled"
    assert ends in ({"done": 2}, {"done": 1, "TransitionError": 1})
    assert MeetingReminder.objects.count() == 0


def test_moves_of_both_from_the_same_page_are_one_move() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())

    ends = all_at_once(
        [
            lambda who=who, days=days: move(meeting, by=who, plan=make_plan(days=days), seen=0)
            for who, days in zip(pair.people, (5, 6), strict=True)
        ]
    )

    assert ends == {"done": 1, "ValidationError": 1}


def test_pair_that_ends_while_a_meeting_is_planned_keeps_no_meeting_ahead() -> None:
    pair = make_pair()

    all_at_once(
        [
            lambda: end(pair, by=pair.mentee),
            lambda: plan(pair, by=pair.mentor, plan=make_plan()),
            lambda: plan(pair, by=pair.mentor, plan=make_plan(days=5)),
        ]
    )

    assert (Pair.objects.get().status, Meeting.objects.planned().count()) == ("ended", 0)


def test_ends_of_both_at_once_are_one_end_and_one_message() -> None:
    pair = make_pair()

    ends = all_at_once([lambda who=who: end(pair, by=who) for who in pair.people])

    assert ends == {"done": 2}
    assert Message.objects.filter(key__startswith="pair_ended").count() == 1


def test_pause_and_end_at_once_leave_the_pair_ended() -> None:
    pair = make_pair()

    ends = all_at_once([lambda: pause(pair, by=pair.mentor), lambda: end(pair, by=pair.mentee)])

    assert Pair.objects.get().status == "ended"
    assert ends in ({"done": 2}, {"done": 1, "TransitionError": 1})


def test_reminders_are_sent_once_by_many_workers() -> None:
    for _ in range(5):
        schedule(make_meeting(pair=make_pair(), starts_at=timezone.now() + dt.timedelta(days=9)))
    MeetingReminder.objects.filter(kind="before").update(due_at=timezone.now())
    now = timezone.now() + dt.timedelta(seconds=1)

    all_at_once([lambda: send_due(now)] * 6)

    assert Message.objects.filter(key__startswith="meeting_tomorrow").count() == 10
    assert not MeetingReminder.objects.filter(kind="before").exists()
