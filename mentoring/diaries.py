"""From the database to diaries, so that meeting times can be suggested."""

import datetime as dt

from mentoring.meeting_times import WEEKS, Diary, Span, suggest
from mentoring.models import Meeting, Pair, Person
from mentoring.prepared import KEY, MOMENT, prepared

MONTH = dt.timedelta(days=31)


def suggested_times(pair: Pair, person: Person, *, now: dt.datetime, count: int = 6) -> list[dt.datetime]:
    """Starts that suit both, on the half hours of `person`'s clock, for a meeting of the usual length. One query."""
    busy = _busy(pair.people, now)
    mine, theirs = (diary_of(who, busy[who.pk]) for who in (person, pair.partner_of(person)))
    return suggest(mine, theirs, now=now, minutes=pair.meeting_minutes[0], count=count)


def diary_of(person: Person, busy: tuple[Span, ...] = ()) -> Diary:
    return Diary(
        zone=person.zone,
        starts=person.work_starts,
        ends=person.work_ends,
        days=frozenset(person.working_days or [1, 2, 3, 4, 5]),
        busy=busy,
        minutes_a_month=60 * person.hours_a_month,
    )


def _busy(people: tuple[Person, Person], now: dt.datetime) -> dict[int, tuple[Span, ...]]:
    """What stands in the diaries of these people in the months that suggestions may touch, with any partner."""
    one, other = people
    taken = _TAKEN(one.pk, other.pk, now - MONTH, now + dt.timedelta(weeks=WEEKS) + MONTH)
    return {
        person.pk: tuple((start, end) for mentor, mentee, start, end in taken if person.pk in (mentor, mentee))
        for person in people
    }


_TAKEN = prepared(
    lambda one, other, since, until: (
        Meeting.objects.of(one, other)
        .filter(status__in=[Meeting.Status.PLANNED, Meeting.Status.HELD], starts_at__gt=since, starts_at__lt=until)
        .values_list("pair__mentor", "pair__mentee", "starts_at", "ends_at")
    ),
    KEY,
    KEY,
    MOMENT,
    MOMENT,
)
