"""HR invites people to join by e-mail."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Invitation, Person, Programme, TransitionError, User
from mentoring.notices import people as notices
from mentoring.permissions import is_company_address

JOINED = "This invitation was taken up meanwhile: the person has joined."


@transaction.atomic
def invite(
    email: str, *, kind: str, partner_until: dt.date | None, by: Person, programme: Programme | None = None
) -> Invitation:
    """Sends an invitation; a partner's is HR's approval for one programme. Raises ValidationError where the address
    cannot be invited, saying why."""
    email = email.strip().lower()
    _refuse_address(email)
    if kind == Person.Kind.PARTNER:
        _refuse_partner(email, partner_until)
    invitation, is_new = Invitation.objects.get_or_create(
        email=email,
        defaults={
            "kind": kind,
            "partner_until": partner_until if kind == "partner" else None,
            "invited_by": by,
            "programme": programme if kind == "partner" else None,
        },
    )
    if not is_new:
        raise ValidationError("This address is already invited. You can send the invitation again from the list.")
    notices.invited(invitation, by)
    told = {"programme": programme.name} if programme is not None and kind == "partner" else {}
    record(AuditEntry.Action.PERSON_INVITED, invitation, by=by, kind=kind, **told)
    return invitation


def _refuse_address(email: str) -> None:
    if len(email) > 254:
        raise ValidationError("This is too long for an e-mail address.")
    validate_email(email)
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError("There is already an account with this address.")


def _refuse_partner(email: str, partner_until: dt.date | None) -> None:
    if is_company_address(email):
        raise ValidationError("This is one of the company's own addresses. Invite the person as an employee.")
    if partner_until is None:
        raise ValidationError("Say until when the partner may come in.")
    if partner_until <= timezone.localdate():
        raise ValidationError("The partner's access must end after today.")


@transaction.atomic
def send_again(invitation: Invitation, *, by: Person) -> Invitation:
    """With a new link; those sent earlier are void. Raises TransitionError where the person has joined."""
    invitation = lock(invitation)
    _refuse_accepted(invitation)
    invitation.sent_at, invitation.invited_by = timezone.now(), by
    invitation.save(update_fields=["sent_at", "invited_by"])
    notices.invited(invitation, by)
    record(AuditEntry.Action.PERSON_INVITED, invitation, by=by, again=True)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person) -> None:
    """Its link is void from now on. Raises TransitionError where the person has joined."""
    invitation = lock(invitation)
    _refuse_accepted(invitation)
    record(AuditEntry.Action.INVITATION_WITHDRAWN, invitation, by=by)
    invitation.delete()


def _refuse_accepted(invitation: Invitation) -> None:
    if invitation.accepted_at is not None:
        raise TransitionError(JOINED)
