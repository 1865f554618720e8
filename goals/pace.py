"""How a pair gets on: what both can see of slow progress, and when its turn for a session may come.

A session opens for what both can see (dates, meetings), and once for each pair without a visible reason: on a day drawn
by lot, which low answers in a row bring forward. So whether it comes says nothing of any answer, and when it comes
little: see docs/privacy.md.
"""

import datetime as dt
from random import SystemRandom

from goals import rhythm
from goals.models import CheckIn, Goal, Pace
from mentoring.models import Pair, Person, Programme

LOT = SystemRandom()
SOONEST, LATEST = 3, 9  # days between low answers and the turn that they bring forward
BEFORE_THE_END = dt.timedelta(days=14)


def signs_of(pair: Pair, pace: Pace, now: dt.datetime) -> list[str]:
    """In words that both may read, for both can see it: nothing of an answer, and nobody's name."""
    programme = pair.programme
    assert programme is not None
    found = []
    last = pair.meetings.held().order_by("-starts_at").values_list("starts_at", flat=True).first()
    quiet = (now - max(last or pace.counts_from, pace.counts_from)).days
    if quiet > programme.slow_days_without_meeting and not pair.meetings.ahead(now).exists():
        found.append(f"You have not met for {(now - (last or pace.counts_from)).days} days, and no meeting is planned.")
    late = dt.timedelta(days=programme.slow_days_overdue)
    if now - pace.counts_from > late:
        overdue = pair.goals.filter(status=Goal.Status.OPEN, due_on__lt=(now - late).date()).count()
        if overdue:
            found.append("A goal is past its date." if overdue == 1 else f"{overdue} goals are past their dates.")
    return found


def is_low_again(person: Person, pair: Pair) -> bool:
    """Whether this person's last answers about progress were all low, as many as the programme says."""
    programme = pair.programme
    assert programme is not None
    answers = CheckIn.objects.answered().filter(pair=pair, person=person).order_by("-number")
    last = list(answers.values_list("progress", flat=True)[: programme.slow_low_answers])
    return len(last) == programme.slow_low_answers and all(_is_low(answer, programme) for answer in last)


def is_low_for_hr(pair: Pair, since: dt.datetime) -> bool:
    """Whether somebody's latest answer is low, among those whose authors let HR see them. Others count for nothing."""
    programme = pair.programme
    assert programme is not None
    answers = CheckIn.objects.shared_with_hr().filter(pair=pair, answered_at__gte=since).order_by("answered_at", "pk")
    latest = dict(answers.values_list("person", "progress"))
    return any(_is_low(answer, programme) for answer in latest.values())


def _is_low(answer: int | None, programme: Programme) -> bool:
    return answer is not None and answer <= programme.slow_low_at


def next_look(pair: Pair, now: dt.datetime) -> dt.datetime:
    """Tomorrow, when the junior's day begins."""
    return rhythm.morning(pair.junior, now.astimezone(pair.junior.zone).date() + dt.timedelta(days=1))


def first_turn(pair: Pair, now: dt.datetime) -> dt.datetime:
    """No turn comes before somebody could have answered twice, so that an early one gives nothing away."""
    assert pair.programme is not None
    return (pair.started_at or now) + dt.timedelta(days=pair.programme.check_in_every_days + SOONEST)


def draw_turn(pair: Pair, now: dt.datetime) -> dt.datetime | None:
    """A day by lot, each as likely as the other; None where the programme is too near its end."""
    assert pair.programme is not None
    first = max(first_turn(pair, now), now)
    last = dt.datetime.combine(pair.programme.ends_on, dt.time(12), tzinfo=dt.UTC) - BEFORE_THE_END
    days = (last - first).days
    return first + dt.timedelta(days=LOT.randint(0, days)) if days >= 0 else None


def sooner(pair: Pair, turn_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    """The turn brought forward: some days from now, by lot too, and never later than it was."""
    soon = now + dt.timedelta(days=LOT.randint(SOONEST, LATEST), minutes=LOT.randint(0, 480))
    return min(turn_at, max(soon, first_turn(pair, now)))
