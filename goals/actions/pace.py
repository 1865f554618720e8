"""Looks at every running pair once a day, opens a brainstorm where progress is slow, and sees whether it helped.

What is due stands in `Pace.look_at`. Each look takes the pair's lock, so it may run twice, late or in two workers.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from goals import notices
from goals.models import Brainstorm, CheckIn, Pace
from goals.pace import draw_turn, is_low_again, is_low_for_hr, next_look, signs_of, sooner
from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Pair

BATCH = 100
Action, Status = AuditEntry.Action, Brainstorm.Status
RELATED = ("programme", "mentor__user", "mentee__user", "junior")


def begin(pair: Pair, now: dt.datetime | None = None) -> None:
    """Draws the pair's turn and sets the first look. Quick questions have neither; twice is once."""
    if pair.is_quick or pair.programme is None:
        return
    now = now or timezone.now()
    row = Pace(
        pair=pair, look_at=next_look(pair, now), turn_at=draw_turn(pair, now), counts_from=pair.started_at or now
    )
    Pace.objects.bulk_create([row], ignore_conflicts=True)


def look_at_due(now: dt.datetime) -> int:
    """Looks at the pairs whose time has come; how many. Pairs that began before there was a pace get one."""
    running = Pair.objects.running().filter(kind=Pair.Kind.PROGRAMME, pace__isnull=True)
    for pair in running.select_related("programme", "junior").order_by("pk")[:BATCH]:
        begin(pair, now)
    due = Pace.objects.due(now).order_by("look_at", "pk").values_list("pair", flat=True)[:BATCH]
    return sum(look(pair, now) for pair in list(due))


@transaction.atomic
def look(pair_id: int, now: dt.datetime) -> bool:
    """False where another worker has done it, or the pair is over."""
    pair = lock(Pair(pk=pair_id), *RELATED)
    pace = lock(Pace.objects.get(pair=pair))
    if pace.look_at > now or not pair.is_running:
        return False
    pace.look_at = next_look(pair, now)
    if pair.status == Pair.Status.PAUSED:
        pace.counts_from = now
    else:
        _look(pair, pace, now)
    pace.save()
    return True


def _look(pair: Pair, pace: Pace, now: dt.datetime) -> None:
    assert pair.programme is not None
    signs = signs_of(pair, pace, now)
    session = Brainstorm.objects.live().filter(pair=pair).first()
    if session is not None:
        session.pair = pair
        _look_again(lock(session), pair, pace, signs, now)
        return
    rest = dt.timedelta(days=pair.programme.slow_help_after_days)
    if Brainstorm.objects.filter(pair=pair, closed_at__gt=now - rest).exists():
        return
    is_turn = pace.turn_at is not None and pace.turn_at <= now
    if is_turn:
        pace.turn_at = None
    if signs or is_turn:
        _open(pair, signs, now)


def _open(pair: Pair, signs: list[str], now: dt.datetime) -> Brainstorm:
    """The same words, whatever opened it."""
    session = Brainstorm.objects.create(pair=pair, signs=signs, opened_at=now, look_at=_when_to_look(pair, now))
    record(Action.BRAINSTORM_OPENED, session, by=None)
    notices.brainstorm_opened(session, now=now)
    return session


def _look_again(session: Brainstorm, pair: Pair, pace: Pace, signs: list[str], now: dt.datetime) -> None:
    """Whether it helped, once its time is up. What becomes of the session rests on what both can see, and on no answer.

    A low answer that its author lets HR see tells HR of the pair all the same; the two see nothing of that.
    """
    if session.status == Status.STUCK and signs:
        return
    if session.look_at > now and session.status != Status.STUCK:
        return
    if signs:
        session.move_to(Status.STUCK)
        record(Action.BRAINSTORM_CHANGED, session, by=None, status=session.status)
    elif session.status == Status.OPEN and session.thoughts.exists():
        session.look_at = _when_to_look(pair, now)  # they are at it
    else:
        session.move_to(Status.LAPSED if session.status == Status.OPEN else Status.HELPED)
        session.closed_at = pace.counts_from = now
        record(Action.BRAINSTORM_CLOSED, session, by=None, status=session.status)
    if session.hr_told_at is None and (signs or is_low_for_hr(pair, session.decided_at or session.opened_at)):
        session.hr_told_at = now
        notices.pair_needs_a_hand(session, pair)
    session.save()


def after_answer(check_in: CheckIn, now: dt.datetime) -> None:
    """Low answers in a row bring the pair's turn forward. Nothing is written that says so."""
    pair = check_in.pair
    if not pair.is_running or not is_low_again(check_in.person, pair):
        return
    pace = Pace.objects.select_for_update(no_key=True).filter(pair=pair, turn_at__isnull=False).first()
    if pace is not None and pace.turn_at is not None:
        pace.turn_at = sooner(pair, pace.turn_at, now)
        pace.save(update_fields=["turn_at"])


def stop(pairs: Sequence[Pair]) -> None:
    """A session ends with its pair."""
    now = timezone.now()
    for session in Brainstorm.objects.live().filter(pair__in=pairs).order_by("pk"):
        session = lock(session)
        session.move_to(Status.CLOSED)
        session.closed_at = now
        session.save()
        record(Action.BRAINSTORM_CLOSED, session, by=None, status=session.status)


def _when_to_look(pair: Pair, now: dt.datetime) -> dt.datetime:
    assert pair.programme is not None
    return now + dt.timedelta(days=pair.programme.slow_help_after_days)
