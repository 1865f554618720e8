"""People come, change their profile, and leave."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring.actions import agreed_steps, meeting_reminders
from mentoring.actions.base import lock, record, refuse_stale
from mentoring.actions.leaving import take_leave
from mentoring.models import AuditEntry, Invitation, Invitee, Person, Photo, TransitionError, User
from mentoring.models.reporting_line import CIRCLE, levels_between

LONGEST_RECORDED = 200
WORKING_HOURS = frozenset({"time_zone", "work_starts", "work_ends", "working_days"})


@transaction.atomic
def join(
    *, email: str, password: str, name: str, invitation: Invitation | None = None, is_confidential: bool = False
) -> Person:
    """Makes an account with its person. An invitation says what they are, and is taken up by this."""
    if invitation is not None:
        invitation = lock(invitation)
    is_partner = invitation is not None and invitation.kind == Person.Kind.PARTNER
    if is_partner and not is_confidential:
        raise ValidationError("Partners from outside must promise to keep what they hear to themselves.")
    person = User.objects.create_user(email, password, name=name).person
    if invitation is not None and is_partner:
        person.kind, person.partner_until = Person.Kind.PARTNER, invitation.partner_until
        person.confidential_since = timezone.now()
        person.save()
    if is_partner and invitation is not None and invitation.programme_id is not None:
        Invitee.objects.get_or_create(programme_id=invitation.programme_id, person=person)
    Invitation.objects.open().of_address(email).update(accepted_at=timezone.now())
    record(AuditEntry.Action.PERSON_JOINED, person, by=person, kind=person.kind)
    return person


@transaction.atomic
def change_profile(person: Person, *, by: Person, seen: dt.datetime | None = None, **fields: Any) -> Person:
    """Sets the given fields. `seen` is `updated_at` as the page knew it; raises ValidationError if it moved on."""
    person = lock(person, "user", "department", "grade", "site", "manager")
    changes = {name: [getattr(person, name), new] for name, new in fields.items() if getattr(person, name) != new}
    if not changes:
        return person  # a second press of the button is no second change, however old its page
    refuse_stale(person.updated_at, seen)
    _refuse_circle(person, fields.get("manager"))
    for name, (_, new) in changes.items():
        setattr(person, name, new)
    _save(person)
    record(AuditEntry.Action.PERSON_CHANGED, person, by=by, **{name: _plain(pair) for name, pair in changes.items()})
    if WORKING_HOURS & set(changes):
        meeting_reminders.reschedule_of(person)
        agreed_steps.reschedule_of(person, timezone.now())
    return person


def _save(person: Person) -> None:
    """Two moves at once may close a circle that neither saw; the database does."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != CIRCLE:  # type: ignore[union-attr]
            raise
        raise ValidationError({"manager": "They would report to themselves in the end. Choose another."}) from error


def _refuse_circle(person: Person, manager: Person | None) -> None:
    if manager is None:
        return
    if manager.pk == person.pk:
        raise ValidationError({"manager": "Nobody is their own line manager. Choose somebody else, or leave it empty."})
    if levels_between(person.pk, manager.pk):
        raise ValidationError({"manager": f"{manager} stands below {person} in the line already. Choose another."})


def _plain(values: list[Any]) -> list[Any]:
    """As JSON holds it, and no longer than an audit row needs."""
    return [value if value is None or isinstance(value, int) else str(value)[:LONGEST_RECORDED] for value in values]


@transaction.atomic
def finish_onboarding_step(person: Person, step: int) -> None:
    """Says that this step is done or skipped; going back to an earlier one loses nothing."""
    Person.objects.filter(pk=person.pk, onboarding_step__lte=step).update(onboarding_step=step + 1)


@transaction.atomic
def set_photo(person: Person, image: bytes, *, by: Person) -> None:
    """`image` comes from `photos.square_webp`."""
    person = lock(person)
    Photo.objects.update_or_create(person=person, defaults={"image": image})
    _note_photo(person, timezone.now(), by)


@transaction.atomic
def remove_photo(person: Person, *, by: Person) -> None:
    person = lock(person)
    if Photo.objects.filter(person=person).delete()[0]:
        _note_photo(person, None, by)


def _note_photo(person: Person, at: dt.datetime | None, by: Person) -> None:
    had = person.photo_at is not None
    person.photo_at = at
    person.save(update_fields=["photo_at"])  # not updated_at: a profile page that is open stays valid
    record(AuditEntry.Action.PERSON_CHANGED, person, by=by, photo=[had, at is not None])


@transaction.atomic
def leave(person: Person, *, by: Person | None) -> Person:
    """They have left the company: no sign-in any more, every session ends, and other apps end what they are part of.

    `by` is nobody where a file of the HR system said so.
    """
    person = lock(person, "user")
    if person.has_left:
        raise TransitionError(f"{person} was marked as left before.")
    if by is not None and person.pk == by.pk:
        raise TransitionError("You cannot mark yourself as left. Ask a colleague in HR.")
    take_leave([person], by=by)
    return person


@transaction.atomic
def come_back(person: Person, *, by: Person) -> Person:
    """They can sign in again. Pairs that ended stay ended, and they enrol anew if they want to."""
    person = lock(person, "user")
    if not person.has_left:
        raise TransitionError(f"{person} is here already.")
    left_on, person.left_on = person.left_on, None
    person.save(update_fields=["left_on", "updated_at"])
    User.objects.filter(pk=person.pk).update(is_active=True)
    record(AuditEntry.Action.PERSON_BACK, person, by=by, left_on=[str(left_on), None])
    return person


@transaction.atomic
def set_hr_role(person: Person, is_hr: bool, *, by: Person) -> None:
    """Gives or takes the HR role. Raises TransitionError where nobody in HR would be left."""
    working = User.objects.filter(is_hr=True, is_active=True).order_by("pk").select_for_update()
    in_hr = set(working.values_list("pk", flat=True))
    user = User.objects.select_for_update().get(pk=person.pk)
    if not is_hr and not in_hr - {person.pk}:
        raise TransitionError("Somebody must stay in HR. Give the role to a colleague first.")
    if is_hr and (person.has_left or person.kind == Person.Kind.PARTNER):
        raise TransitionError("The HR role is for the company's own people.")
    if user.is_hr != is_hr:
        record(AuditEntry.Action.PERSON_CHANGED, person, by=by, is_hr=[user.is_hr, is_hr])
        User.objects.filter(pk=person.pk).update(is_hr=is_hr)
