"""The consent of a pair: HR's approval opens it, the junior is asked first, then the senior, then it begins.

A no, a silence and a yes taken back are private: the pair becomes “not available”, and no message, audit row or label
says whose answer it was, or that there was one. That is why the first yes alone leaves no audit row either: beside a
“not available” it would name the other.
"""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.actions.asking import ask
from mentoring.actions.base import hold, lock_all, record
from mentoring.actions.beginnings import begin, part
from mentoring.actions.meetings import cancel_all_ahead
from mentoring.actions.new_pairs import offer
from mentoring.actions.starting import finish, locked, start
from mentoring.models import AuditEntry, Enrolment, Pair, Person, Programme, Role, Seat, Skill, TransitionError
from mentoring.notices import consent
from mentoring.seniority import junior_of

Action, Status = AuditEntry.Action, Pair.Status


class NoSeat(ValidationError):  # noqa: N818  (a refusal, not an error)
    """This person has no free place in this role."""

    def __init__(self, person: Person, role: str) -> None:
        super().__init__(f"{person.name} has no free place as {Role(role).label.lower()} in this programme.", "no_seat")
        self.person, self.role = person, role


@transaction.atomic
def open_pair(
    programme: Programme, *, mentor: Person, mentee: Person, skill: Skill, by: Person | None,
    return_skill: Skill | None = None, is_exchange: bool = False, reasons: Iterable[str] = (),
    both_said_yes: bool = False,
) -> Pair:  # fmt: skip
    """Takes a seat of each and asks the junior; with `both_said_yes`, two who asked for each other begin at once.

    Raises NoSeat where one of them has no place left, ValidationError where they are paired already. One call to a
    transaction: it locks both enrolments.
    """
    programme = hold(programme)
    if programme.status != Programme.Status.LAUNCHED:
        raise ValidationError("Pairs are opened in a launched programme only.", "not_launched")
    enrolments = {e.person_id: e for e in lock_all(programme.enrolments.filter(person__in=[mentor, mentee]))}
    seats = {
        person: _free_seat(enrolments.get(person.pk), person, role)
        for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE))
    }
    if programme.pairs.open().of(mentor).of(mentee).exists():
        raise ValidationError(f"{mentor.name} and {mentee.name} are a pair in this programme already.", "paired")
    pair = Pair(
        programme=programme, mentor=mentor, mentee=mentee, junior=junior_of(mentor, mentee), skill=skill,
        return_skill=return_skill, is_exchange=is_exchange, reasons=list(reasons),
        status=Status.ASKING_JUNIOR,
        mentor_seat=seats[mentor], mentee_seat=seats[mentee],
    )  # fmt: skip
    if both_said_yes:
        return begin(pair, by=by)
    ask(pair, timezone.now())
    pair.save()
    record(Action.PAIR_ASKED, pair, by=by, skill=skill.name)
    consent.asked(pair)
    return pair


def _free_seat(enrolment: Enrolment | None, person: Person, role: Role) -> Seat:
    """A free seat of a locked enrolment."""
    if enrolment is not None and enrolment.is_enrolled:
        seat = Seat.objects.free().filter(enrolment=enrolment, role=role).order_by("number").first()
        if seat is not None:
            return seat
    raise NoSeat(person, role)


@transaction.atomic
def accept(pair: Pair, *, by: Person) -> Pair:
    """The yes of the one who is asked: the junior's asks the senior, the senior's lets the pair begin. A quick question
    starts with its one yes."""
    pair = locked(pair)
    if pair.programme and pair.programme.status != Programme.Status.LAUNCHED:
        raise TransitionError("The programme has been closed, so this invitation is no longer open.")
    if not pair.is_asking or pair.awaits != by:
        raise TransitionError("There is no answer of yours to give here any more. Reload the page to see where it is.")
    if pair.status == Status.ASKING_MENTOR:
        return start(pair, by=by)
    if pair.status == Status.ASKING_SENIOR:
        pair.move_to(Status.BEGINNING)
        return begin(pair, by=by)
    now = timezone.now()
    pair.move_to(Status.ASKING_SENIOR)
    pair.both_know_since = now
    ask(pair, now)
    pair.save()
    consent.asked(pair)
    return pair


@transaction.atomic
def decline(pair: Pair, *, by: Person, because: str = "") -> Pair:
    """A private no: of the one who is asked, or of the junior whose yes waits for the senior's. It frees both."""
    pair = locked(pair)
    took_back = pair.status == Status.ASKING_SENIOR and by.pk == pair.junior_id
    if not pair.is_asking or not (pair.awaits == by or took_back):
        raise TransitionError("There is no answer of yours to give here any more. Reload the page to see where it is.")
    pair.no_from, pair.no_because = by, because
    finish(pair, Status.DECLINED)
    record(Action.PAIR_NOT_AVAILABLE, pair, by=None)
    _tell_not_available(pair, pair.partner_of(by))
    return pair


@transaction.atomic
def expire(pair: Pair, *, now: dt.datetime | None = None) -> Pair:
    """Ends an invitation that was not answered in time. Raises TransitionError while there is time."""
    pair = locked(pair)
    if not pair.is_asking or pair.answer_by is None or pair.answer_by > (now or timezone.now()):
        raise TransitionError("There is still time to answer.")
    silent = pair.awaits
    assert silent is not None
    finish(pair, Status.EXPIRED)
    record(Action.PAIR_NOT_AVAILABLE, pair, by=None)
    if pair.is_known_to(silent):
        consent.lapsed(pair, silent)
    _tell_not_available(pair, pair.partner_of(silent))
    return pair


@transaction.atomic
def withdraw_invitation(pair: Pair, *, by: Person | None) -> Pair:
    """HR takes an invitation or a beginning back, the asker their quick question; nobody (`by=None`) where the
    programme ended it.

    Those who knew of it learn that it is no longer open.
    """
    pair = locked(pair)
    if not pair.is_asking and not pair.is_beginning:
        raise TransitionError("This invitation is no longer open, so there is nothing to take back.")
    if by is not None and not may_withdraw(pair, by):
        raise TransitionError("Only HR can take this invitation back. You can answer it with a no, privately.")
    had_begun = pair.is_beginning
    cancel_all_ahead(pair)
    pair.introduction_answers.all().delete()
    finish(pair, Status.WITHDRAWN)
    record(Action.PAIR_WITHDRAWN, pair, by=by)
    if had_begun and by is not None:
        offer(pair)
    for person in pair.people:
        if person != by and pair.is_known_to(person):
            consent.withdrawn(pair, person)
    return pair


def may_withdraw(pair: Pair, person: Person) -> bool:
    """HR, but not of a pair of their own: the audit would name them, and their no is as private as anybody's."""
    if pair.is_quick:
        return bool(person.pk == pair.mentee_id)
    return person.user.is_hr and person.pk not in (pair.mentor_id, pair.mentee_id)


def let_go(pair: Pair, *, by: Person) -> None:
    """Ends what has not started and for which one of the two has no place any more: the other learns “not available”,
    or that it does not go on, and no more."""
    pair = locked(pair)
    if pair.is_beginning:
        part(pair, tell=[person for person in pair.people if person != by and not person.has_left])
        return
    if not pair.is_asking:
        return
    finish(pair, Status.WITHDRAWN)
    record(Action.PAIR_WITHDRAWN, pair, by=None)
    _tell_not_available(pair, pair.partner_of(by))


def _tell_not_available(pair: Pair, person: Person) -> None:
    if pair.is_known_to(person) and not person.has_left:
        consent.not_available(pair, person)
