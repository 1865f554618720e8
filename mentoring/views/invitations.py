"""The link in HR's invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring import sign_up
from mentoring.models import Invitation


@login_not_required
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Opens the sign-up for the invited address. It changes nothing, for mail scanners follow links too."""
    invitation = Invitation.of_token(token, timezone.now())
    if invitation is None:
        return render(request, "mentoring/invitation_accept.html", status=404)
    if invitation.accepted_at is not None:
        messages.info(request, "You have joined already. Sign in with your address and password.")
        return redirect("account_login")
    sign_up.remember(request, invitation)
    return redirect("account_signup")
