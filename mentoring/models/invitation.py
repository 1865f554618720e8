"""HR's invitation to join by e-mail."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from mentoring.models.person import Person


class Invitation(models.Model):
    """Whoever holds one may sign up with its address, whatever its domain."""

    email = models.EmailField("e-mail address")
    kind = models.CharField(max_length=10, choices=Person.Kind.choices, default=Person.Kind.EMPLOYEE)
    partner_until = models.DateField("partner's access ends on", null=True, blank=True)
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at"]
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
