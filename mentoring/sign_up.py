"""Which invitation a visitor came with: its link was followed in this browser, so its address is theirs."""

from django.http import HttpRequest

from mentoring.models import Invitation

SESSION_KEY = "invitation"


def remember(request: HttpRequest, invitation: Invitation) -> None:
    request.session[SESSION_KEY] = invitation.pk


def invitation_of(request: HttpRequest) -> Invitation | None:
    """The open one; none any more once it was taken up or withdrawn."""
    pk = request.session.get(SESSION_KEY)
    return Invitation.objects.open().filter(pk=pk).first() if pk else None


def has_proved_address(request: HttpRequest, email: str) -> bool:
    pk = request.session.get(SESSION_KEY)
    return Invitation.objects.of_address(email).filter(pk=pk).exists() if pk else False
