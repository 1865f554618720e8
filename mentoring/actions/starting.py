"""What consent and beginning share: the lock of a pair that has not started, its start, and its end before that."""

from django.utils import timezone

from mentoring.actions.base import hold, lock, record
from mentoring.actions.new_pairs import has_one
from mentoring.models import AuditEntry, Pair, Person, Programme
from mentoring.notices import consent
from mentoring.signals import pair_not_started, pair_started


def locked(pair: Pair) -> Pair:
    """The pair as it is now, locked; its programme held first."""
    if pair.programme_id is not None:
        hold(Programme(pk=pair.programme_id))
    return lock(pair, "programme", "skill", "mentor__user", "mentor__grade", "mentee__user", "mentee__grade", "junior")


def start(pair: Pair, *, by: Person | None) -> Pair:
    """A pair that may become active does so."""
    pair.move_to(Pair.Status.ACTIVE)
    now = timezone.now()
    pair.both_know_since = pair.both_know_since or now
    pair.started_at = now
    pair.answer_by = pair.remind_at = None
    pair.save()
    record(AuditEntry.Action.PAIR_STARTED, pair, by=by, skill=pair.skill.name)
    consent.started(pair)
    has_one(pair)
    pair_started.send(sender=Pair, pair=pair)
    return pair


def finish(pair: Pair, status: str) -> None:
    """The pair's end before its start. Its seats are free from then on, for only open pairs hold them."""
    pair.move_to(status)
    pair.finished_at = timezone.now()
    pair.remind_at = None
    pair.save()
    pair_not_started.send(sender=Pair, pair=pair)
