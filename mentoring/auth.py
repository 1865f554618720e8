"""Signing in and signing up: the backend that brings the person along, and allauth's adapter."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from mentoring.models import User


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail address and loads the person with the account, in one query."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("person__grade").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Where allauth asks how this product does things."""
