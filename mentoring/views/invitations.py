"""HR's invitations to join, and the link in them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mentoring import sign_up
from mentoring.actions import invitations
from mentoring.forms.hr import InviteForm
from mentoring.models import Invitation, Person, TransitionError
from mentoring.permissions import PersonRequest, hr_required
from mentoring.views.tools import page_of, posted

PAGE = 50


@hr_required
def invitation_list(request: PersonRequest) -> HttpResponse:
    """Who is invited; a post invites more. What could not be sent stays in the form, each with its reason."""
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        refused = _invite(form, request.user.person)
        sent = len(form.cleaned_data["emails"]) - len(refused)
        if sent:
            messages.success(
                request, "One invitation is on its way." if sent == 1 else f"{sent} invitations are on their way."
            )
        if not refused:
            return redirect("invitation-list")
        form = _with_what_is_left(form, refused)
    rows = Invitation.objects.open().select_related("invited_by", "programme")
    context = {"form": form, "page": page_of(request, rows, PAGE), "now": timezone.now()}
    return render(request, "mentoring/invitation_list.html", context)


def _invite(form: InviteForm, by: Person) -> dict[str, str]:
    """Sends what can be sent; address → why not for the others."""
    refused: dict[str, str] = {}
    words = form.cleaned_data
    for email in words["emails"]:
        try:
            invitations.invite(
                email, kind=words["kind"], partner_until=words["partner_until"], by=by, programme=words["programme"]
            )
        except ValidationError as error:
            refused[email] = " ".join(error.messages)
    return refused


def _with_what_is_left(form: InviteForm, refused: dict[str, str]) -> InviteForm:
    words = form.cleaned_data
    kept = {name: words[name] for name in ("kind", "partner_until", "programme")}
    left = InviteForm({"emails": "\n".join(refused), **kept})
    for email, why in refused.items():
        left.add_error("emails", f"{email[:80]}: {why}")
    return left


@require_POST
@hr_required
def invitation_again(request: PersonRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        invitations.send_again(invitation, by=request.user.person)
        messages.success(request, f"Sent again to {invitation.email}. Earlier links are void.")
    except TransitionError as error:
        messages.error(request, str(error))
    return redirect("invitation-list")


@require_POST
@hr_required
def invitation_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    invitation = Invitation.objects.filter(pk=pk).first()
    try:
        if invitation is not None:
            invitations.withdraw(invitation, by=request.user.person)
        messages.success(request, "The invitation is withdrawn.")
    except TransitionError as error:
        messages.error(request, str(error))
    return redirect("invitation-list")


@login_not_required
@require_safe
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
