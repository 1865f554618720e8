"""By when a beginning is decided, and when both are reminded of it. The same for both, so that it tells of neither."""

import datetime as dt

from mentoring.models import Meeting, Pair
from mentoring.working_hours import next_working_time

TO_ANSWER = dt.timedelta(days=3)  # after the introduction
LAST_DAY = dt.timedelta(days=1)

Status = Meeting.Status


def set_times(pair: Pair, now: dt.datetime) -> None:
    """Without saving. Three days after the introduction; without one, three days after the last day to have it."""
    assert pair.meet_by is not None
    meeting = introduction_of(pair) if pair.with_introduction else None
    ends = pair.meet_by if meeting is None else _end_of(meeting)
    to_answer = TO_ANSWER if pair.with_introduction else dt.timedelta()
    pair.answer_by = _for_both(pair, ends + to_answer)
    pair.remind_at = next_reminder(pair, now, after=None if meeting is None else ends)


def retime(pair: Pair, now: dt.datetime) -> None:
    """After a change to the meetings of a locked pair; nothing for one that has started."""
    if pair.is_beginning:
        set_times(pair, now)
        pair.save(update_fields=["answer_by", "remind_at"])


def introduction_of(pair: Pair) -> Meeting | None:
    """The meeting that took place, or the one that is planned."""
    if pair.pk is None:
        return None
    there = list(pair.meetings.filter(status__in=[Status.HELD, Status.PLANNED]))
    return min(there, key=lambda meeting: (meeting.status != Status.HELD, meeting.starts_at), default=None)


def next_reminder(pair: Pair, now: dt.datetime, *, after: dt.datetime | None) -> dt.datetime | None:
    """After the introduction, or half-way to it; then on the last day."""
    assert pair.answer_by is not None
    first = after if after is not None else now + (pair.answer_by - now) / 2
    times = [_for_both(pair, at) for at in (first, pair.answer_by - LAST_DAY)]
    return min((at for at in times if now < at < pair.answer_by), default=None)


def _end_of(meeting: Meeting) -> dt.datetime:
    """One that is logged late leaves the whole time to answer all the same."""
    if meeting.status == Status.HELD and meeting.logged_at is not None:
        return max(meeting.ends_at, meeting.logged_at)
    return meeting.ends_at


def _for_both(pair: Pair, at: dt.datetime) -> dt.datetime:
    return max(next_working_time(person, at) for person in pair.people)
