"""HR's invitation to join by e-mail."""

import datetime as dt
from typing import ClassVar

from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from mentoring.models.person import Person
from mentoring.models.programme import Programme

LIVES_FOR = dt.timedelta(days=30)
SALT = "mentoring.invitation"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Those that nobody has taken up."""
        return self.filter(accepted_at__isnull=True)

    def of_address(self, email: str) -> "InvitationQuerySet":
        return self.filter(email__iexact=email)


class Invitation(models.Model):
    """Whoever follows its link may sign up with its address, whatever its domain."""

    email = models.EmailField("e-mail address")
    kind = models.CharField(max_length=10, choices=Person.Kind.choices, default=Person.Kind.EMPLOYEE)
    partner_until = models.DateField("partner's access ends on", null=True, blank=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="For which a partner from outside is approved.",
    )  # fmt: skip
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now, help_text="Sending it again makes earlier links void.")
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="invitation_once", violation_error_message="This address is already invited."
            ),
            models.CheckConstraint(
                condition=Q(kind="employee") | Q(partner_until__isnull=False), name="invitation_partner_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def expires_at(self) -> dt.datetime:
        return self.sent_at + LIVES_FOR

    @property
    def token(self) -> str:
        """What its link carries: it opens the sign-up for the address that got the mail, and nothing else."""
        return signing.dumps([self.pk, self.sent_at.timestamp()], salt=SALT)

    @classmethod
    def of_token(cls, token: str, now: dt.datetime) -> "Invitation | None":
        """The invitation whose latest link this is, unless it is too old or was withdrawn."""
        try:
            pk, sent_at = signing.loads(token, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        invitation = cls.objects.filter(pk=pk).first()
        if invitation is None or invitation.sent_at.timestamp() != sent_at or now > invitation.expires_at:
            return None
        return invitation
