"""Messages about joining."""

from django.urls import reverse

from mentoring.models import Invitation, Person
from notifications.kinds import Kind
from notifications.outbox import post


def invited(invitation: Invitation, by: Person) -> None:
    post(
        "mentoring/messages/invited",
        key=f"invited:{invitation.pk}:{invitation.sent_at.timestamp()}",
        kind=Kind.ACCOUNT,
        to=invitation.email,
        context={"invitation": invitation, "by": by, "is_partner": invitation.kind == Person.Kind.PARTNER},
        url=reverse("invitation-accept", args=[invitation.token]),
        button="Join",
        in_app=False,
    )
