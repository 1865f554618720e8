"""HR puts one of two suggested people together with somebody else."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from matching.candidates import assess, gather
from matching.choices import exchange_score, partners_of, people_of, places_taken, score_of
from matching.models import Suggestion
from matching.obstacles import obstacles
from mentoring.actions.base import lock_all, record
from mentoring.models import AuditEntry, Enrolment, Person, Role, TransitionError

Action, Status = AuditEntry.Action, Suggestion.Status
CHANGED = "Somebody decided on one of these meanwhile, so nothing was swapped. Look at the choices again."
IMPOSSIBLE = "These two cannot be paired in this programme. Choose somebody from the list."


def swap(
    suggestion: Suggestion, *, keep: Role, partner: Person, by: Person, instead_of: int | None = None
) -> list[Suggestion]:
    """Suggests the one who is kept with `partner`. Returns the new suggestions, which wait for HR's approval.

    Where that takes the partner's last place, the suggestion `instead_of` gives way; the two who are left over are
    suggested together if the rules allow it. Raises TransitionError where things are not as HR saw them.
    """
    made = _worked_out(suggestion, keep, partner, instead_of)  # before any row is locked, for it may take a moment
    with transaction.atomic():
        keys = [pk for pk in (suggestion.pk, instead_of) if pk is not None]
        rows = _locked(suggestion, keys)
        if len(rows) != len(keys) or _taken(suggestion, keep, partner) != instead_of:
            raise TransitionError(CHANGED)
        if in_the_way := obstacles(made):
            raise ValidationError(next(iter(in_the_way.values())))
        for row in rows:
            row.move_to(Status.REPLACED)
            row.decided_by, row.decided_at = by, timezone.now()
            row.save(update_fields=["status", "decided_by", "decided_at"])
            record(Action.SUGGESTION_REPLACED, row, by=by)
        for new in made:
            new.save()
            record(Action.SUGGESTION_MADE, new, by=by)
    return made


def _worked_out(suggestion: Suggestion, keep: Role, partner: Person, instead_of: int | None) -> list[Suggestion]:
    """The new suggestions, not saved yet."""
    kept, dropped = people_of(suggestion, keep)
    if partner.pk in partners_of(suggestion, kept):
        raise ValidationError(IMPOSSIBLE)
    proposed = Suggestion.objects.proposed().filter(programme=suggestion.programme_id).with_people()
    taken = proposed.filter(pk=instead_of).first() if instead_of else None
    left_over = taken.partner_of(partner) if taken else None
    people = [kept, dropped, partner, *([left_over] if left_over else [])]
    found = gather(suggestion.programme, only=[person.pk for person in people])
    if score_of(found, kept.pk, partner.pk, keep) is None:
        raise ValidationError(IMPOSSIBLE)
    made = [_suggestion(suggestion, kept, partner, keep)]
    if left_over and exchange_score(found, taken, partner, dropped, keep) is not None:
        made.append(_suggestion(suggestion, left_over, dropped, keep))
    return made


def _suggestion(old: Suggestion, one: Person, other: Person, keep: Role) -> Suggestion:
    mentor, mentee = (one, other) if keep == Role.MENTOR else (other, one)
    new = Suggestion(programme=old.programme, run=old.run, origin=Suggestion.Origin.HR, mentor=mentor, mentee=mentee)
    assess(new, with_skill=True)
    return new


def _taken(suggestion: Suggestion, keep: Role, partner: Person) -> int | None:
    """The suggestion that would give way now; -1 where the partner has no place to give."""
    role = Role.MENTEE if keep == Role.MENTOR else Role.MENTOR
    places = places_taken(suggestion, [partner.pk], role)
    if partner.pk not in places:
        return -1
    taken = places[partner.pk]
    return taken.pk if taken else None


def _locked(suggestion: Suggestion, keys: list[int]) -> list[Suggestion]:
    """These suggestions if they still wait for HR; the enrolments of their people are locked before them."""
    rows = Suggestion.objects.proposed().filter(programme=suggestion.programme_id, pk__in=keys)
    people = {pk for two in rows.values_list("mentor", "mentee") for pk in two}
    lock_all(Enrolment.objects.filter(programme=suggestion.programme_id, person__in=people))
    return lock_all(rows.with_people())
