"""The junior of a pair that came to nothing or ended early is offered a new one at once, and comes first."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from mentoring.actions.base import hold, lock, record
from mentoring.models import AuditEntry, Enrolment, Pair, Person, Programme, TransitionError


def offer(*pairs: Pair) -> None:
    """To the junior, whoever ended it: so the offer tells nothing. Nobody is offered what they do not take part in."""
    juniors: defaultdict[int | None, list[int]] = defaultdict(list)
    for pair in pairs:
        juniors[pair.programme_id].append(pair.junior_id)
    for programme, people in juniors.items():
        theirs = Enrolment.objects.enrolled().filter(programme=programme, person__in=people)
        theirs.update(new_pair_offered_at=timezone.now())


def has_one(pair: Pair) -> None:
    """They have a pair again, so neither waits for one."""
    people = (pair.mentor_id, pair.mentee_id)
    waiting = Enrolment.objects.filter(programme=pair.programme_id, person__in=people)
    waiting.exclude(new_pair_offered_at=None).update(new_pair_offered_at=None, comes_first=False)


@transaction.atomic
def take_up(enrolment: Enrolment, *, by: Person) -> Enrolment:
    """One click; a second one changes nothing."""
    hold(Programme(pk=enrolment.programme_id))
    enrolment = lock(enrolment, "programme", "person")
    if enrolment.comes_first:
        return enrolment
    is_open = enrolment.is_enrolled and enrolment.programme.status == Programme.Status.LAUNCHED
    if enrolment.new_pair_offered_at is None or not is_open:
        raise TransitionError("This offer is no longer open. You are counted in as long as you are enrolled.")
    enrolment.comes_first = True
    enrolment.save(update_fields=["comes_first"])
    record(AuditEntry.Action.NEW_PAIR_WANTED, enrolment, by=by)
    return enrolment
