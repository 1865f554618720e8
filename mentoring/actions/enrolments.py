"""A person's yes to a programme, its size, and taking it back. Seats are made and removed here only."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from mentoring.actions.base import hold, lock, lock_all, record, record_all
from mentoring.actions.enrolment_questions import write_answers
from mentoring.actions.pairs import let_go
from mentoring.models import MAX_CAPACITY, AuditEntry, Enrolment, Pair, Person, Programme, Role, Seat, TransitionError
from mentoring.signals import enrolment_withdrawn

Action, Status = AuditEntry.Action, Enrolment.Status
FIELDS = {Role.MENTOR: "mentor_capacity", Role.MENTEE: "mentee_capacity"}


@transaction.atomic
def enrol(
    programme: Programme, *, person: Person, mentor_capacity: int, mentee_capacity: int,
    answers: Mapping[int, str] | None = None,
) -> Enrolment:  # fmt: skip
    """Takes part with so many pairs at once in each role. A second call sets the capacity anew.

    `answers` maps HR's questions to what the person says; where it is None, none is looked at.
    """
    programme = hold(programme)
    if person.has_left or not programme.is_open_for_enrolment:
        raise TransitionError(f"Enrolment in “{programme}” is not open now.")
    if not programme.is_for(person):
        raise TransitionError(f"“{programme}” is for a part of the company that you do not belong to. Ask HR about it.")
    now = timezone.now()
    enrolment, is_new = Enrolment.objects.get_or_create(
        programme=programme, person=person, defaults={"enrolled_at": now}
    )
    enrolment = lock(enrolment, "programme", "person")
    if answers is not None:
        write_answers(enrolment, answers, by=person)
    if enrolment.is_enrolled and not is_new:
        return _change(enrolment, mentor_capacity, mentee_capacity, by=person)
    enrolment.status, enrolment.enrolled_at, enrolment.withdrawn_at = Status.ENROLLED, now, None
    _set_capacity(enrolment, mentor_capacity, mentee_capacity)
    record(
        Action.ENROLMENT_MADE, enrolment, by=person, mentor_capacity=mentor_capacity, mentee_capacity=mentee_capacity
    )
    return enrolment


@transaction.atomic
def change_capacity(
    enrolment: Enrolment, *, mentor_capacity: int, mentee_capacity: int, by: Person,
    answers: Mapping[int, str] | None = None,
) -> Enrolment:  # fmt: skip
    """And the answers to HR's questions, where they are given.

    Raises ValidationError at the field where open pairs hold more than the new number.
    """
    programme = hold(Programme(pk=enrolment.programme_id))
    enrolment = lock(enrolment, "programme", "person")
    if not enrolment.is_enrolled or programme.status != Programme.Status.LAUNCHED:
        raise TransitionError(f"You are not enrolled in “{programme}” now, so there is nothing to change.")
    if answers is not None:
        write_answers(enrolment, answers, by=by)
    return _change(enrolment, mentor_capacity, mentee_capacity, by=by)


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: Person) -> Enrolment:
    """Takes the yes back: open invitations and beginnings end, running pairs go on until somebody ends them."""
    hold(Programme(pk=enrolment.programme_id))
    enrolment = lock(enrolment, "programme", "person")
    if not enrolment.is_enrolled:
        raise TransitionError("This enrolment has been withdrawn already.")
    enrolment.move_to(Status.WITHDRAWN)
    enrolment.withdrawn_at = timezone.now()
    enrolment.save(update_fields=["status", "withdrawn_at"])
    record(Action.ENROLMENT_WITHDRAWN, enrolment, by=by)
    not_started = Pair.objects.before_start().filter(programme=enrolment.programme_id).of(enrolment.person)
    for pair in not_started.order_by("pk"):
        let_go(pair, by=enrolment.person)
    _remove(Seat.objects.free().filter(enrolment=enrolment))
    enrolment_withdrawn.send(sender=Enrolment, enrolment=enrolment)
    return enrolment


@transaction.atomic
def withdraw_all_of(people: Sequence[Person]) -> None:
    """Of those who leave the company: no more of them is open anywhere. Other apps hear that they left, not of this."""
    rows = Enrolment.objects.enrolled().filter(person__in=people)
    for programme in sorted(set(rows.values_list("programme", flat=True))):
        hold(Programme(pk=programme))
    enrolments, leavers = lock_all(rows.select_related("programme", "person")), {person.pk: person for person in people}
    for enrolment in enrolments:
        enrolment.move_to(Status.WITHDRAWN)
        enrolment.withdrawn_at = timezone.now()
    Enrolment.objects.bulk_update(enrolments, ["status", "withdrawn_at"])
    record_all(Action.ENROLMENT_WITHDRAWN, [(enrolment, enrolment.person) for enrolment in enrolments])
    for pair in Pair.objects.before_start().of_any(leavers).order_by("pk"):
        let_go(pair, by=leavers.get(pair.mentor_id) or leavers[pair.mentee_id])
    _remove(Seat.objects.free().filter(enrolment__in=enrolments))


def _change(enrolment: Enrolment, mentor_capacity: int, mentee_capacity: int, *, by: Person) -> Enrolment:
    old = enrolment.mentor_capacity, enrolment.mentee_capacity
    if old == (mentor_capacity, mentee_capacity):
        return enrolment
    _set_capacity(enrolment, mentor_capacity, mentee_capacity)
    record(
        Action.ENROLMENT_CHANGED, enrolment, by=by,
        mentor_capacity=[old[0], mentor_capacity], mentee_capacity=[old[1], mentee_capacity],
    )  # fmt: skip
    return enrolment


def _set_capacity(enrolment: Enrolment, mentor_capacity: int, mentee_capacity: int) -> None:
    """Saves the locked enrolment with these capacities, and fits its seats to them."""
    enrolment.mentor_capacity, enrolment.mentee_capacity = mentor_capacity, mentee_capacity
    enrolment.full_clean(validate_unique=False)
    enrolment.save()
    for role in Role:
        _fit_seats(enrolment, role)


def _fit_seats(enrolment: Enrolment, role: Role) -> None:
    """Invitations that the person has not heard of yet give way; what they know of is theirs to end first."""
    seats, capacity = enrolment.seats.filter(role=role), enrolment.capacity(role)
    holders = Pair.objects.open().filter(**{f"{role}_seat__in": seats})
    known = holders.known_to(enrolment.person).count()
    if known > capacity:
        raise ValidationError({FIELDS[role]: _too_few(known, role)})
    unheard = holders.exclude(pk__in=holders.known_to(enrolment.person).values("pk"))
    for pair in sorted(unheard.order_by("-pk")[: max(holders.count() - capacity, 0)], key=lambda pair: pair.pk):
        let_go(pair, by=enrolment.person)
    too_many = seats.count() - capacity
    if too_many > 0:
        _remove(Seat.objects.filter(pk__in=seats.free().order_by("-number").values("pk")[:too_many]))
    taken = set(seats.values_list("number", flat=True))
    free_numbers = [number for number in range(1, MAX_CAPACITY + 1) if number not in taken]
    Seat.objects.bulk_create(
        Seat(enrolment=enrolment, role=role, number=number) for number in free_numbers[: max(-too_many, 0)]
    )


def _too_few(held: int, role: Role) -> str:
    pairs = "1 pair or invitation" if held == 1 else f"{held} pairs or invitations"
    return (
        f"You have {pairs} as {role.label.lower()} now, so {held} is the least you can choose. "
        "Answer the invitation or end the pair first; ending early needs no reason."
    )


def _remove(seats: "models.QuerySet[Seat]") -> None:
    """Removes free seats of a locked enrolment. Pairs that are over let go of them."""
    gone = list(seats.values_list("pk", flat=True))
    Pair.objects.filter(mentor_seat__in=gone).update(mentor_seat=None)
    Pair.objects.filter(mentee_seat__in=gone).update(mentee_seat=None)
    Seat.objects.filter(pk__in=gone).delete()
