"""What becomes of a pair once it has started: it pauses and goes on, is completed, or ends early without blame.

Who ended a pair early, and why, is private: the audit row names nobody, and the reason is encrypted for the statistics.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.actions.base import lock_all, record, record_all
from mentoring.actions.meetings import cancel_all_ahead, lock_pair
from mentoring.actions.new_pairs import offer
from mentoring.models import AuditEntry, EarlyEnd, Pair, Person
from mentoring.notices import pair_life as notices
from mentoring.signals import pairs_ended

Action, Status = AuditEntry.Action, Pair.Status


@transaction.atomic
def pause(pair: Pair, *, by: Person) -> Pair:
    """Nothing is expected of either until one of them takes it up again; meetings ahead are cancelled."""
    pair = lock_pair(pair, by)
    if pair.status == Status.PAUSED:
        return pair
    pair.move_to(Status.PAUSED)
    pair.save(update_fields=["status"])
    cancel_all_ahead(pair)
    record(Action.PAIR_PAUSED, pair, by=by)
    notices.paused(pair, by=by)
    return pair


@transaction.atomic
def resume(pair: Pair, *, by: Person) -> Pair:
    pair = lock_pair(pair, by)
    if pair.status == Status.ACTIVE:
        return pair
    pair.move_to(Status.ACTIVE)
    pair.save(update_fields=["status"])
    record(Action.PAIR_RESUMED, pair, by=by)
    notices.resumed(pair, by=by)
    return pair


@transaction.atomic
def complete(pair: Pair, *, by: Person) -> Pair:
    """The pair has done what it was for. A quick question may be answered without a meeting."""
    pair = lock_pair(pair, by)
    if pair.status == Status.COMPLETED:
        return pair
    if not pair.is_quick and not pair.meetings.held().exists():
        raise ValidationError("You have logged no meeting yet. Log one first, or end the pair early.", "no_meeting")
    _finish(Status.COMPLETED, pair)
    cancel_all_ahead(pair)
    record(Action.PAIR_COMPLETED, pair, by=by)
    notices.completed(pair, by=by)
    pairs_ended.send(sender=Pair, pairs=[pair])
    return pair


@transaction.atomic
def end(pair: Pair, *, by: Person, because: str = "", cause: str = "") -> Pair:
    """Ends it early. Both seats are free from then on, for only open pairs hold them. `because` is private, and the
    cause goes to the statistics without the pair."""
    pair = lock_pair(pair, by)
    if pair.status == Status.ENDED:
        return pair
    pair.ended_by, pair.ended_because = by, because.strip()
    _end(pair)
    if cause and pair.programme is not None:
        EarlyEnd.objects.create(programme=pair.programme, cause=cause)
    notices.ended(pair, to=pair.partner_of(by))
    pairs_ended.send(sender=Pair, pairs=[pair])
    return pair


@transaction.atomic
def end_for_organisation(pair: Pair) -> Pair:
    """HR ends it, for where the two stand in the organisation by now. Both are told, without blame."""
    pair = lock_pair(pair, pair.mentor)
    if not pair.is_running:
        return pair
    _end(pair)
    for person in pair.people:
        notices.ended_for_organisation(pair, to=person)
    pairs_ended.send(sender=Pair, pairs=[pair])
    return pair


@transaction.atomic
def end_all_of(*leavers: Person) -> None:
    """The running pairs of people who have left the company, locked after them; who stays behind is told."""
    gone = {person.pk for person in leavers}
    running = Pair.objects.running().of_any(gone)
    pairs = lock_all(running.select_related("programme", "skill", "mentor__user", "mentee__user"))
    if not pairs:
        return
    _end(*pairs)
    for pair in pairs:
        for person in pair.people:
            if person.pk not in gone:
                notices.partner_left(pair, to=person)
    pairs_ended.send(sender=Pair, pairs=pairs)


def _end(*pairs: Pair) -> None:
    _finish(Status.ENDED, *pairs)
    cancel_all_ahead(*pairs)
    record_all(Action.PAIR_ENDED, [(pair, None) for pair in pairs])
    offer(*pairs)


def _finish(status: str, *pairs: Pair) -> None:
    for pair in pairs:
        pair.move_to(status)
        pair.finished_at = timezone.now()
    Pair.objects.bulk_update(pairs, ["status", "finished_at", "ended_by", "ended_because"], batch_size=500)
