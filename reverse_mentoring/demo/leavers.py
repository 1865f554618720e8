"""Who has left the demo company since the programme began: a few of it, and more of those outside it."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from itertools import cycle
from random import Random

from mentoring.models import EarlyEnd, Enrolment, Pair, Person, Programme, User

LEAVE_OUTSIDE = 0.04
CAUSES = ("time", "work", "time", "time", "skill", "match", "time", "done", "time", "work")


def let_some_leave(programme: Programme, pairs: Iterable[Pair], outside: Sequence[Person], *, now: dt.datetime) -> None:
    """Every third pair that ended early did because its junior left; of the others somebody gave a cause."""
    over = [pair for pair in pairs if pair.status == Pair.Status.ENDED]
    ended, told = over[::3], [pair for number, pair in enumerate(over) if number % 3]
    EarlyEnd.objects.bulk_create(
        EarlyEnd(programme=programme, cause=cause) for _, cause in zip(told, cycle(CAUSES), strict=False)
    )
    for pair in ended:
        pair.ended_by, pair.ended_because = None, ""
        pair.junior.left_on = (pair.finished_at or now).date()
    Pair.objects.bulk_update(ended, ["ended_by", "ended_because"])
    lot, days = Random(len(outside)), (now.date() - programme.starts_on).days
    others = lot.sample(outside, math.ceil(LEAVE_OUTSIDE * len(outside)))
    for person in others:
        person.left_on = now.date() - dt.timedelta(days=lot.randint(0, days - 1))
    _gone([*(pair.junior for pair in ended), *others], now)


def _gone(people: Sequence[Person], now: dt.datetime) -> None:
    Person.objects.bulk_update(people, ["left_on"])
    User.objects.filter(person__in=people).update(is_active=False)
    theirs = Enrolment.objects.filter(person__in=people)
    theirs.update(status=Enrolment.Status.WITHDRAWN, withdrawn_at=now)
