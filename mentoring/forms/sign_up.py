"""Signing up: allauth's form, with a name, and open to the company's addresses and to those whom HR invited."""

from typing import Any

from allauth.account.forms import AddEmailForm as AllauthAddEmailForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.core import context
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from mentoring.forms.fields import OneLineField
from mentoring.models import Invitation, Person, User
from mentoring.permissions import may_sign_up
from mentoring.sign_up import invitation_of


def company_addresses() -> str:
    """As a person reads it: "@one.example or @two.example"."""
    return " or ".join(f"@{domain}" for domain in settings.COMPANY_EMAIL_DOMAINS)


class SignUpForm(AllauthSignupForm):  # type: ignore[misc]
    name = OneLineField(
        label="Your name",
        max_length=120,
        help_text="As your colleagues know it.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    is_confidential = forms.BooleanField(
        label="I keep to myself what I hear about the company and the people I meet here.",
        error_messages={"required": "Partners from outside can join only with this promise."},
    )
    field_order = ("name", "email", "password1", "is_confidential")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.invitation = invitation_of(context.request)
        super().__init__(*args, **kwargs)
        if self.invitation is None or self.invitation.kind != Person.Kind.PARTNER:
            del self.fields["is_confidential"]
        if self.invitation is not None:
            self.fields["email"].initial = self.invitation.email
        elif settings.COMPANY_EMAIL_DOMAINS:
            self.fields["email"].help_text = f"Your company address, ending in {company_addresses()}."

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if self.invitation is None or self.invitation.email.lower() != email:
            self._refuse_strangers(email)
        return str(super().clean_email())

    def _refuse_strangers(self, email: str) -> None:
        """The same words for every outside address, invited or not: they tell nothing about who is known here."""
        if not may_sign_up(email):
            raise ValidationError(_closed_to(self.invitation))
        if Invitation.objects.open().of_address(email).filter(kind=Person.Kind.PARTNER).exists():
            raise ValidationError("HR has invited this address. Open the link in that e-mail to sign up with it.")

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """A second click while the first is still at work finds the account there, like any other."""
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[no-any-return]
        except IntegrityError:
            return None, prevent_enumeration(request, email=self.cleaned_data["email"])


class AddEmailForm(AllauthAddEmailForm):  # type: ignore[misc]
    """Changing one's address: to another of the company's."""

    def clean_email(self) -> str:
        if settings.COMPANY_EMAIL_DOMAINS and not may_sign_up(str(self.cleaned_data["email"])):
            raise ValidationError(f"Choose an address ending in {company_addresses()}, or ask HR.")
        return str(super().clean_email())


def _closed_to(invitation: Invitation | None) -> str:
    if invitation is not None:
        return f"Your invitation is for {invitation.email}. Sign up with that address."
    if settings.COMPANY_EMAIL_DOMAINS:
        return (
            f"Use your company address, ending in {company_addresses()}. "
            "If HR has invited you at another address, open the link in that e-mail."
        )
    return "You can join by invitation only. Open the link in the e-mail that HR sent you, or ask HR for one."
