"""Signing in and signing up: the backend that brings the person along, and allauth's adapter."""

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import clear_login
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mentoring.actions.people import join
from mentoring.models import User
from mentoring.permissions import sign_up_is_by_invitation_only
from mentoring.prepared import KEY, MOMENT, prepared
from mentoring.sign_up import has_proved_address, invitation_of
from notifications.kinds import Kind
from notifications.models import Message
from notifications.outbox import post

# Where allauth's words name an address to go to, in the order of what helps most, and what the button says.
BUTTONS = {
    "activate_url": "Confirm my address",
    "password_reset_url": "Choose a new password",
    "signup_url": "Sign up",
}

LONGEST_ADDRESS = 254


def _account(key: int, now: dt.datetime) -> QuerySet[User]:
    unread = Message.objects.filter(recipient=OuterRef("pk")).on_the_bell(now).order_by().values("recipient")
    counted = Coalesce(Subquery(unread.values(n=Count("pk"))), 0)
    accounts = User.objects.select_related("person__grade").filter(pk=key)
    return accounts.annotate(unread=counted)  # type: ignore[no-redef]  # spares the property its query


_ACCOUNT = prepared(_account, KEY, MOMENT)


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail address. Loads with the account what every page shows, in one query: the person, and how
    many messages are unread.
    """

    def get_user(self, user_id: Any) -> User | None:
        user = next(iter(_ACCOUNT(user_id, timezone.now())), None)
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User) -> bool:
        return user.person.may_sign_in(timezone.localdate())


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Where allauth asks how this product does things."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return not sign_up_is_by_invitation_only() or invitation_of(request) is not None

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        words, invitation = form.cleaned_data, invitation_of(request)
        return join(
            email=words["email"],
            password=words["password1"],
            name=words["name"],
            invitation=invitation if invitation and invitation.email.lower() == words["email"] else None,
            is_confidential=words.get("is_confidential", False),
        ).user

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever comes in for the first time is led to their first steps; HR, who may take no part, to its desk."""
        user = request.user
        is_new = user.is_authenticated and not user.is_hr and user.person.onboarding_step == 1
        return reverse("onboarding") if is_new else str(super().get_login_redirect_url(request))

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whoever came by the link in an invitation need not confirm its address again."""
        return has_proved_address(request, email)

    def clean_email(self, email: str) -> str:
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError("This is too long for an e-mail address.")
        return email

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:
        """allauth looks at `is_active` only; whoever has left or whose time is over does not come in either."""
        if not user.person.may_sign_in(timezone.localdate()):
            clear_login(request)
            return redirect("account_inactive")
        return super().pre_login(request, user, **login)  # type: ignore[no-any-return]

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """With the account that was changed: allauth leaves it out."""
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, from `templates/mentoring/messages/account/`; every request is a message of its own."""
        name = template_prefix.rpartition("/")[2]
        link = next((key for key in BUTTONS if key in context), "")
        address = urlsplit(context[link]) if link else None
        post(
            f"mentoring/messages/account/{name}",
            key=f"account:{name}:{uuid.uuid4()}",
            kind=Kind.ACCOUNT,
            to=email,
            context={**context, "email": email},
            url=address.path if address else "",
            button=BUTTONS.get(link, ""),
            in_app=False,
        )
