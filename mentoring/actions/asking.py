"""What all questions to one person have in common: until when they may answer, and when they are reminded."""

import datetime as dt

from mentoring.models import Pair, Person
from mentoring.working_hours import next_working_time

QUESTION_DAYS = 7  # to answer a quick question
LAST_CALL = dt.timedelta(days=2)  # with less time left than this, nobody is reminded any more


def ask(pair: Pair, now: dt.datetime) -> None:
    """Gives the person whose answer `pair` awaits their time, without saving."""
    person = pair.awaits
    assert person is not None
    days = pair.programme.answer_within_days if pair.programme else QUESTION_DAYS
    pair.answer_by = next_working_time(person, now + dt.timedelta(days=days))
    pair.remind_at = next_reminder(person, now, pair.answer_by)


def next_reminder(person: Person, now: dt.datetime, answer_by: dt.datetime) -> dt.datetime | None:
    """Half-way to the end, at the person's working hours; none shortly before it."""
    left = answer_by - now
    if left < LAST_CALL:
        return None
    at = next_working_time(person, now + left / 2)
    return at if at < answer_by else None
