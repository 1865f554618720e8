import datetime as dt

import pytest
from django.utils import timezone

from mentoring.actions import meeting_reminders
from mentoring.actions.meeting_reminders import schedule, send_due
from mentoring.actions.meetings import Plan, Report, cancel, log, move
from mentoring.models import Meeting, MeetingReminder, Pair, Person
from mentoring.tasks import remind_of_meetings
from tests.builders import make_alice, make_bob, make_meeting, make_pair

pytestmark = pytest.mark.django_db
YEAR = timezone.now().year + 1


def messages(person: Person) -> list[str]:
    return [key.split(":")[0] for key in person.user.outbox.order_by("pk").values_list("key", flat=True)]


def weekday_ahead(weekday: int, hour: int = 10) -> dt.datetime:
    """That hour in UTC on that ISO weekday, in a winter week that is still to come."""
    day = dt.date.fromisocalendar(YEAR, 5, weekday)
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


def make_scheduled(*, starts_at: dt.datetime, pair: Pair | None = None) -> Meeting:
    meeting = make_meeting(pair=pair or make_pair(), starts_at=starts_at)
    schedule(meeting)
    return meeting


def due(person: Person, kind: str) -> dt.datetime:
    return MeetingReminder.objects.get(person=person, kind=kind).due_at


def test_each_is_reminded_at_the_start_of_their_own_working_day_before() -> None:
    alice, bob = make_alice(time_zone="Europe/London"), make_bob(time_zone="America/New_York")

    make_scheduled(starts_at=weekday_ahead(4, 15), pair=make_pair(mentor=alice, mentee=bob))

    assert due(alice, "before") == weekday_ahead(3, 9)
    assert due(bob, "before") == weekday_ahead(3, 14)


def test_meeting_on_monday_reminds_on_friday() -> None:
    meeting = make_scheduled(starts_at=weekday_ahead(1))

    assert due(meeting.pair.mentor, "before") == weekday_ahead(1, 9) - dt.timedelta(days=3)


def test_log_is_asked_for_an_hour_after_the_end_or_on_the_next_working_day() -> None:
    early = make_scheduled(starts_at=weekday_ahead(3, 10))
    late = make_scheduled(starts_at=weekday_ahead(5, 17), pair=make_pair(mentor=make_alice(), mentee=make_bob()))

    assert due(early.pair.mentor, "log") == weekday_ahead(3, 11) + dt.timedelta(minutes=45)
    assert due(late.pair.mentor, "log") == weekday_ahead(5, 9) + dt.timedelta(days=3)


def test_meeting_planned_at_short_notice_has_no_reminder_before() -> None:
    make_scheduled(starts_at=timezone.now() + dt.timedelta(hours=1))

    assert set(MeetingReminder.objects.values_list("kind", flat=True)) == {"log"}


def test_due_reminder_goes_once_to_each() -> None:
    meeting = make_scheduled(starts_at=weekday_ahead(4))
    now = weekday_ahead(3, 9)

    assert (send_due(now), send_due(now)) == (2, 0)

    assert [messages(person) for person in meeting.pair.people] == [["meeting_tomorrow"], ["meeting_tomorrow"]]


def test_nothing_goes_before_it_is_due() -> None:
    make_scheduled(starts_at=weekday_ahead(4))

    assert send_due(weekday_ahead(3, 9) - dt.timedelta(seconds=1)) == 0


def test_missed_night_is_made_up_while_the_meeting_is_ahead() -> None:
    meeting = make_scheduled(starts_at=weekday_ahead(4, 15))

    send_due(weekday_ahead(4, 12))

    assert messages(meeting.pair.mentor) == ["meeting_tomorrow"]


def test_reminder_before_is_dropped_once_the_meeting_has_begun() -> None:
    meeting = make_scheduled(starts_at=weekday_ahead(4))

    send_due(weekday_ahead(4, 10))

    assert (messages(meeting.pair.mentor), MeetingReminder.objects.count()) == ([], 2)


def test_both_are_asked_to_log_once_it_is_over() -> None:
    meeting = make_scheduled(starts_at=weekday_ahead(4))

    send_due(weekday_ahead(4, 12))

    assert [messages(person) for person in meeting.pair.people] == [["meeting_to_log"], ["meeting_to_log"]]


def test_nobody_is_asked_to_log_what_is_logged() -> None:
    meeting = make_scheduled(starts_at=weekday_ahead(4))
    Meeting.objects.update(starts_at=timezone.now() - dt.timedelta(days=1), ends_at=timezone.now())

    log(meeting, by=meeting.pair.mentor, report=Report(took_place=True, minutes=45))

    assert MeetingReminder.objects.count() == 0


def test_moved_meeting_reminds_of_its_new_time() -> None:
    meeting = make_scheduled(starts_at=weekday_ahead(3))
    later = weekday_ahead(5)

    move(meeting, by=meeting.pair.mentor, plan=Plan(starts_at=later, ends_at=later + dt.timedelta(minutes=45)))

    assert due(meeting.pair.mentor, "before") == weekday_ahead(4, 9)
    assert MeetingReminder.objects.count() == 4


def test_cancelled_meeting_reminds_nobody() -> None:
    meeting = make_scheduled(starts_at=weekday_ahead(4))

    cancel(meeting, by=meeting.pair.mentor)

    assert send_due(weekday_ahead(5)) == 0


def test_pair_that_has_ended_is_left_alone() -> None:
    meeting = make_scheduled(starts_at=weekday_ahead(4))
    Pair.objects.update(status="ended")

    send_due(weekday_ahead(4, 12))

    assert messages(meeting.pair.mentor) == []


def test_more_than_a_batch_is_sent_by_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meeting_reminders, "BATCH", 1)
    make_scheduled(starts_at=weekday_ahead(4))
    now = weekday_ahead(3, 9)

    assert [send_due(now), send_due(now), send_due(now)] == [1, 1, 0]


def test_task_sends_what_is_due_now() -> None:
    meeting = make_scheduled(starts_at=weekday_ahead(4))
    MeetingReminder.objects.filter(kind="before").update(due_at=timezone.now() - dt.timedelta(minutes=1))

    remind_of_meetings()

    assert messages(meeting.pair.mentor) == ["meeting_tomorrow"]
