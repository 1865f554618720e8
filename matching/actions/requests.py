"""Two people ask for each other: one asks, the other answers in private, and with both yeses HR decides.

Whatever ends a request before HR has approved it, the one who asked learns the same: "not available".
"""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from matching import notices
from matching.models import Suggestion
from matching.permissions import rather_not, reaches_the_other
from mentoring.actions.base import lock, lock_all, record
from mentoring.models import AuditEntry, Enrolment, Pair, Person, Programme, Role, Skill, SkillOffer, TransitionError

Action = AuditEntry.Action
Status = Suggestion.Status


@transaction.atomic
def ask(
    programme: Programme, *, by: Person, other: Person, mentor: Person, skill: Skill, message: str = ""
) -> Suggestion:
    """Asks `other` for a pair in which `mentor`, one of the two, shares the skill."""
    mentee = other if mentor == by else by
    _check_they_could_be_a_pair(programme, by=by, other=other, role=Role.MENTOR if mentor == by else Role.MENTEE)
    if not SkillOffer.objects.filter(person=mentor, skill=skill).exists():
        raise ValidationError(f"{mentor} does not offer {skill} any more. Choose another skill.")
    _check_not_asked_before(programme, by=by, other=other)
    now = timezone.now()
    days = dt.timedelta(days=programme.answer_within_days)
    request = Suggestion(
        programme=programme, origin=Suggestion.Origin.REQUEST, status=Status.ASKED, asked_by=by, asked=other,
        mentor=mentor, mentee=mentee, skill=skill, message=message, answer_by=now + days, remind_at=now + days / 2,
    )  # fmt: skip
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise ValidationError(f"{other} and you are asking each other just now. Reload the page.") from error
    record(Action.REQUEST_MADE, request, by=by)
    if reaches_the_other(request):
        notices.request_made(request)
    return request


def _check_they_could_be_a_pair(programme: Programme, *, by: Person, other: Person, role: Role) -> None:
    if programme.status != Programme.Status.LAUNCHED:
        raise ValidationError(f"{programme} is not running, so there can be no new pairs in it.")
    if other.has_left:
        raise ValidationError(f"{other} has left the company.")
    if Pair.objects.visible_to(by.user).open().of(other).filter(programme=programme).exists():
        raise ValidationError(f"{other} and you are a pair in {programme} already.")
    enrolment = _enrolment(programme, by)
    if not enrolment or not enrolment.seats.filter(role=role).exists():
        raise ValidationError(f"Enrol in {programme} as {role.label.lower()} first; enrolment is your yes to it.")
    free = enrolment.seats.free().filter(role=role).count()
    if not free:
        raise ValidationError(
            f"You have no free place as {role.label.lower()} in {programme}. You can change that in your enrolment."
        )
    waiting = Suggestion.objects.open().filter(programme=programme, asked_by=by, **{role.value: by})
    if waiting.count() >= free:
        raise ValidationError(
            "Each free place of yours is kept for somebody you have asked. Wait for an answer, or take a request back."
        )


def _check_not_asked_before(programme: Programme, *, by: Person, other: Person) -> None:
    """One request to a person in a programme: who was not available is not asked again and again."""
    between = Suggestion.objects.filter(programme=programme, origin=Suggestion.Origin.REQUEST).of(by).of(other)
    if between.filter(status__in=[Status.ASKED, Status.PROPOSED], asked_by=by).exists():
        raise ValidationError(f"You have asked {other} already. You hear from us as soon as there is an answer.")
    if between.filter(status__in=[Status.DECLINED, Status.WITHDRAWN, Status.REJECTED], asked_by=by).exists():
        raise ValidationError(f"You have asked {other} in {programme} before. Ask somebody else this time.")
    for received in between.filter(status__in=[Status.ASKED, Status.PROPOSED], asked=by):
        if received.status == Status.PROPOSED or reaches_the_other(received):
            raise ValidationError(f"{other} has asked you already. You find their request on your home page.")
        _not_available(received, tell=other)  # `by` never got it, and now asks for something else


def say_yes(request: Suggestion, *, by: Person) -> Suggestion:
    """The one asked would like to. The request goes to HR, with what speaks for it and the rules that it breaks."""
    from matching import candidates  # noqa: PLC0415  (loads the engine's compiler, which few processes need)

    _check_they_have_a_place(request, by)
    candidates.assess(request)  # before any row is locked, for it may take a moment
    with transaction.atomic():
        now = _awaiting(request)
        same_two = Suggestion.objects.filter(programme=now.programme).of(now.mentor).of(now.mentee)
        same_two.proposed().update(status=Status.REPLACED, decided_at=timezone.now())
        request.status = now.status
        request.move_to(Status.PROPOSED)
        request.both_said_yes_at, request.remind_at = timezone.now(), None
        request.save(update_fields=["status", "both_said_yes_at", "remind_at", *candidates.ASSESSED])
        record(Action.REQUEST_AGREED, request, by=by)
        notices.request_agreed(request)
    return request


def _check_they_have_a_place(request: Suggestion, by: Person) -> None:
    enrolment = _enrolment(request.programme, by)
    role = Role.MENTOR if by == request.mentor else Role.MENTEE
    if not enrolment or not enrolment.seats.free().filter(role=role).exists():
        raise ValidationError(
            f"Your yes needs a free place as {role.label.lower()} in {request.programme}: "
            f"{'change your enrolment' if enrolment else 'enrol'} first, then answer."
        )


@transaction.atomic
def say_not_available(request: Suggestion, *, by: Person) -> None:
    """A private no, by the one asked; or by either after both said yes, as long as HR has not decided."""
    request = _open(request)
    if request.status == Status.ASKED and by != request.asked:
        raise TransitionError("Only the one who is asked answers this request.")
    _not_available(request, tell=request.partner_of(by))


@transaction.atomic
def withdraw(request: Suggestion, *, by: Person) -> None:
    """The one who asked takes the request back before it is answered."""
    request = _awaiting(request)
    _close(request, Status.WITHDRAWN)
    record(Action.SUGGESTION_WITHDRAWN, request, by=by)


def remind_due(now: dt.datetime) -> None:
    """Reminds once those who have not answered yet."""
    for pk in Suggestion.objects.asked().filter(remind_at__lte=now).values_list("pk", flat=True):
        with transaction.atomic():
            request = Suggestion.objects.asked().filter(pk=pk, remind_at__lte=now).select_for_update().first()
            if request is None:
                continue
            request.remind_at = None
            request.save(update_fields=["remind_at"])
            if reaches_the_other(request):
                notices.request_reminder(request)


def expire_due(now: dt.datetime) -> None:
    """Ends what was not answered in time."""
    for pk in Suggestion.objects.asked().filter(answer_by__lte=now).values_list("pk", flat=True):
        with transaction.atomic():
            request = Suggestion.objects.asked().filter(pk=pk, answer_by__lte=now).select_for_update().first()
            if request is not None:
                _not_available(request, tell=request.asked_by)


def honour_lists() -> None:
    """Ends what waits for HR where one of the two has meanwhile said, in private, that they would rather not."""
    waiting = Suggestion.objects.proposed().filter(origin=Suggestion.Origin.REQUEST)
    for pk in waiting.values_list("pk", flat=True):
        with transaction.atomic():
            request = Suggestion.objects.proposed().filter(pk=pk).select_for_update().first()
            if request is not None and (unwilling := who_would_rather_not(request)):
                _not_available(request, tell=request.partner_of(unwilling))


def who_would_rather_not(request: Suggestion) -> Person | None:
    """To decide by; never to log, count or show."""
    for person in (request.mentor, request.mentee):
        if request.partner_of(person).pk in rather_not(person.pk):
            return person
    return None


def end_for(people: Sequence[Person], *, programme: Programme | None = None) -> None:
    """They left the company or the programme: their open requests end as any other does."""
    gone = {person.pk for person in people}
    requests = Suggestion.objects.open().of_any(gone).filter(origin=Suggestion.Origin.REQUEST)
    for request in lock_all(requests.filter(programme=programme) if programme else requests):
        _not_available(request, tell=request.mentee if request.mentor_id in gone else request.mentor)


def end_between_pairs() -> None:
    """Ends what is open between two who have become a pair in the programme some other way."""
    running = Pair.objects.running().filter(programme=OuterRef("programme"))
    either_way = Q(mentor=OuterRef("mentor"), mentee=OuterRef("mentee")) | Q(
        mentor=OuterRef("mentee"), mentee=OuterRef("mentor")
    )
    for pk in Suggestion.objects.open().filter(Exists(running.filter(either_way))).values_list("pk", flat=True):
        with transaction.atomic():
            suggestion = Suggestion.objects.open().filter(pk=pk).select_for_update().first()
            if suggestion is not None:
                _close(suggestion, Status.WITHDRAWN)


def _not_available(request: Suggestion, *, tell: Person | None) -> None:
    _close(request, Status.DECLINED)
    record(Action.REQUEST_NOT_AVAILABLE, request, by=None)
    if tell is not None and not tell.has_left:
        notices.request_not_available(request, to=tell)


def _close(request: Suggestion, status: str) -> None:
    request.move_to(status)
    request.remind_at = None
    request.save(update_fields=["status", "remind_at"])


def _open(request: Suggestion) -> Suggestion:
    """Locked and, still, not decided. Raises TransitionError."""
    request = lock(request)
    if request.status not in (Status.ASKED, Status.PROPOSED):
        raise TransitionError("This request has ended meanwhile. Reload the page to see where it stands.")
    return request


def _awaiting(request: Suggestion) -> Suggestion:
    """Locked and, still, waiting for the other's answer. Raises TransitionError."""
    request = _open(request)
    if request.status != Status.ASKED:
        raise TransitionError("This request is answered already. Reload the page to see where it stands.")
    return request


def _enrolment(programme: Programme, person: Person) -> Enrolment | None:
    return Enrolment.objects.enrolled().filter(programme=programme, person=person).first()
