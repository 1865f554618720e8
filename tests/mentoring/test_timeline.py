"""Reminders along the calendar: changes of the clocks in both directions, a leap day, people who move.

The clock is turned by hand: `play` asks for what is due at each quarter of an hour, twice, as two workers would.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterator

import pytest
from django.utils import timezone

from mentoring.actions.meeting_reminders import reschedule_of, send_due
from mentoring.actions.people import change_profile
from mentoring.models import Meeting, MeetingReminder, Person
from mentoring.working_hours import next_working_time
from notifications.models import Message
from tests.builders import make_alice, make_bob, make_meeting, make_pair

pytestmark = pytest.mark.django_db
LONDON, NEW_YORK = zoneinfo.ZoneInfo("Europe/London"), zoneinfo.ZoneInfo("America/New_York")
QUARTER = dt.timedelta(minutes=15)


def local(zone: zoneinfo.ZoneInfo, *when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=zone).astimezone(dt.UTC)  # type: ignore[misc,arg-type]


def make_planned(starts_at: dt.datetime, *, mentee_zone: str = "Europe/London") -> Meeting:
    """With the reminders that planning it long before would have made."""
    pair = make_pair(mentor=make_alice(), mentee=make_bob(time_zone=mentee_zone))
    meeting = make_meeting(pair=pair, starts_at=starts_at)
    MeetingReminder.objects.bulk_create(
        MeetingReminder(meeting=meeting, person=person, kind=kind, due_at=starts_at)
        for person in pair.people
        for kind in MeetingReminder.Kind
    )
    for person in pair.people:
        reschedule_of(person)
    return meeting


def quarters(since: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
    while since < until:
        yield since
        since += QUARTER


def play(meeting: Meeting, *, days_before: int = 5, days_after: int = 4) -> None:
    since, until = (meeting.starts_at + dt.timedelta(days=days) for days in (-days_before, days_after))
    for now in quarters(since, until):
        send_due(now)
        send_due(now)


def mailed(person: Person) -> list[tuple[str, str]]:
    """(what, when on the person's clock) of each mail, in their order."""
    mails = Message.objects.filter(recipient=person.pk).order_by("next_try_at")
    return [
        (mail.key.partition(":")[0], f"{mail.next_try_at.astimezone(person.zone):%a %d %b %H:%M}") for mail in mails
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("starts_at", "before", "after"),
    [
        # The clocks go forward in the night to Sunday 29 March 2026, and back in the night to Sunday 25 October.
        (local(LONDON, 2026, 3, 30, 10), "Fri 27 Mar 09:00", "Mon 30 Mar 11:45"),
        (local(LONDON, 2026, 3, 31, 10), "Mon 30 Mar 09:00", "Tue 31 Mar 11:45"),
        (local(LONDON, 2026, 10, 26, 10), "Fri 23 Oct 09:00", "Mon 26 Oct 11:45"),
        (local(LONDON, 2026, 10, 23, 17), "Thu 22 Oct 09:00", "Mon 26 Oct 09:00"),
        # 2028 has a 29th of February, a Tuesday.
        (local(LONDON, 2028, 3, 1, 10), "Tue 29 Feb 09:00", "Wed 01 Mar 11:45"),
        (local(LONDON, 2028, 2, 29, 17), "Mon 28 Feb 09:00", "Wed 01 Mar 09:00"),
        # And a year's end.
        (local(LONDON, 2027, 1, 1, 10), "Thu 31 Dec 09:00", "Fri 01 Jan 11:45"),
    ],
)
def test_each_is_reminded_once_before_and_once_after_on_their_own_clock(
    starts_at: dt.datetime, before: str, after: str
) -> None:
    meeting = make_planned(starts_at)

    play(meeting)

    for person in meeting.pair.people:
        assert mailed(person) == [("meeting_tomorrow", before), ("meeting_to_log", after)]


def test_weeks_in_which_only_one_of_the_two_has_changed_the_clocks() -> None:
    # New York went to summer time on 8 March 2026, London only on the 29th.
    meeting = make_planned(local(LONDON, 2026, 3, 11, 14), mentee_zone="America/New_York")

    play(meeting)

    assert mailed(meeting.pair.mentor)[0] == ("meeting_tomorrow", "Tue 10 Mar 09:00")
    assert mailed(meeting.pair.mentee)[0] == ("meeting_tomorrow", "Tue 10 Mar 09:00")
    firsts = [person.user.outbox.order_by("next_try_at").values_list("next_try_at", flat=True)[0]
              for person in meeting.pair.people]  # fmt: skip
    assert firsts[1] - firsts[0] == dt.timedelta(hours=4)


@pytest.mark.parametrize("to", ["Asia/Tokyo", "America/Los_Angeles"])
def test_person_who_moves_is_reminded_once_at_their_new_morning(to: str) -> None:
    day = dt.date.fromisocalendar(timezone.now().year + 1, 10, 3)
    meeting = make_planned(dt.datetime.combine(day, dt.time(14), tzinfo=dt.UTC))
    alice = change_profile(meeting.pair.mentor, by=meeting.pair.mentor, time_zone=to)

    play(meeting)

    before = [when for what, when in mailed(alice) if what == "meeting_tomorrow"]
    assert [when[-5:] for when in before] == ["09:00"]
    assert MeetingReminder.objects.count() == 0


def test_person_who_moves_has_what_is_due_set_anew() -> None:
    meeting = make_planned(local(LONDON, timezone.now().year + 1, 6, 16, 14))

    change_profile(meeting.pair.mentor, by=meeting.pair.mentor, time_zone="America/New_York")

    before = MeetingReminder.objects.get(person=meeting.pair.mentor, kind="before").due_at.astimezone(NEW_YORK)
    assert before.hour == 9


def test_person_who_moves_after_the_reminder_gets_no_second_one() -> None:
    meeting = make_planned(local(LONDON, 2026, 3, 31, 14))
    play(meeting, days_after=0)
    alice = change_profile(meeting.pair.mentor, by=meeting.pair.mentor, time_zone="Pacific/Auckland")

    play(meeting)

    assert [what for what, _ in mailed(alice)] == ["meeting_tomorrow", "meeting_to_log"]


def test_clock_that_is_set_back_or_leaps_ahead_sends_nothing_twice_and_loses_nothing() -> None:
    meeting = make_planned(local(LONDON, 2026, 10, 27, 10))
    due = local(LONDON, 2026, 10, 26, 9)

    for now in (due, due - dt.timedelta(hours=1), due, due + dt.timedelta(days=3), due):
        send_due(now)

    for person in meeting.pair.people:
        assert sorted(what for what, _ in mailed(person)) == ["meeting_to_log", "meeting_tomorrow"]


@pytest.mark.parametrize(
    ("zone", "night"),
    [
        (LONDON, local(LONDON, 2026, 3, 29, 0)), (LONDON, local(LONDON, 2026, 10, 25, 0)),
        (NEW_YORK, local(NEW_YORK, 2026, 3, 8, 0)), (NEW_YORK, local(NEW_YORK, 2026, 11, 1, 0)),
    ],
)  # fmt: skip
def test_no_quarter_of_the_night_that_changes_the_clocks_leads_outside_working_hours(
    zone: zoneinfo.ZoneInfo, night: dt.datetime
) -> None:
    """Of somebody who works from half past one in the night, on every day."""
    owl = make_alice(
        time_zone=zone.key, work_starts=dt.time(1, 30), work_ends=dt.time(9), working_days=[1, 2, 3, 4, 5, 6, 7]
    )

    for at in quarters(night, night + dt.timedelta(hours=26)):
        found = next_working_time(owl, at)
        clock = found.astimezone(zone)
        assert at <= found <= at + dt.timedelta(hours=18)
        # Where the clocks show half past one twice, work begins with the first.
        assert clock.fold == 1 or dt.time(1, 30) <= clock.time() < dt.time(9)
