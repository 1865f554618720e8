"""Invitations that nobody has answered yet: they remind, then they end. Each function may run twice, late or in two
workers: a reminder is claimed by a conditional update, an end by the row's lock."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from mentoring.actions import pairs
from mentoring.actions.asking import next_reminder
from mentoring.models import Pair, Programme, TransitionError
from mentoring.notices import consent

BATCH = 200


def remind_due(now: dt.datetime) -> int:
    """Reminds those whose reminder is due; how many."""
    due = Pair.objects.reminder_due(now).with_people().order_by("remind_at")
    return sum(_remind(pair, now) for pair in due[:BATCH])


@transaction.atomic
def _remind(pair: Pair, now: dt.datetime) -> bool:
    due, person = pair.remind_at, pair.awaits
    assert due is not None
    assert pair.answer_by is not None
    assert person is not None
    seen = Pair.objects.filter(pk=pair.pk, status=pair.status, remind_at=due)
    if not seen.update(remind_at=next_reminder(person, now, pair.answer_by)):
        return False
    consent.reminder(pair, due=due, now=now)
    return True


def expire_due(now: dt.datetime) -> int:
    """Ends the invitations whose time is up; how many."""
    return sum(_ended(pair, now) for pair in Pair.objects.answer_due(now).order_by("answer_by")[:BATCH])


def _ended(pair: Pair, now: dt.datetime) -> bool:
    try:
        pairs.expire(pair, now=now)
    except TransitionError:
        return False  # answered meanwhile
    return True


def take_back_in_closed() -> int:
    """Takes back the invitations and beginnings of programmes that were closed; how many."""
    closed: QuerySet[Pair] = (
        Pair.objects.before_start().filter(programme__status=Programme.Status.CLOSED).order_by("pk")
    )
    return sum(_taken_back(pair) for pair in closed[:BATCH])


def _taken_back(pair: Pair) -> bool:
    try:
        pairs.withdraw_invitation(pair, by=None)
    except TransitionError:
        return False  # answered meanwhile
    return True
