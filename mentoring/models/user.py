"""The account: an e-mail address that signs in."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from mentoring import working_hours
from notifications.models import Message


class UserManager(BaseUserManager["User"]):
    """Makes accounts. Each comes with its person, for no page works without one."""

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, *, name: str = "", **fields: Any) -> "User":
        from mentoring.models.person import Person  # noqa: PLC0415  (a person points at its user)

        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        Person.objects.create(user=user, name=name or email.split("@")[0])
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, is_hr=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Who signs in. What a person is like stands in Person."""

    email = models.EmailField("e-mail address")
    is_hr = models.BooleanField("works in HR", default=False)
    is_staff = models.BooleanField("may open the admin pages", default=False)
    is_active = models.BooleanField("may sign in", default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message="There is already an account with this e-mail address.",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @cached_property
    def unread(self) -> int:
        """How many messages the bell counts; who is signed in was loaded with it."""
        return Message.objects.filter(recipient=self.pk).on_the_bell(timezone.now()).count()

    def takes_mail(self, at: dt.datetime) -> bool:
        """Who has left, or whose time as a partner is over, could open nothing of what it leads to."""
        return self.person.may_sign_in(at.astimezone(self.person.zone).date())

    def mail_time(self, at: dt.datetime) -> dt.datetime:
        """The first moment from `at` on that lies in their working hours."""
        return working_hours.next_working_time(self.person, at)

    def next_morning(self, at: dt.datetime) -> dt.datetime:
        return working_hours.next_morning(self.person, at)

    def next_week(self, at: dt.datetime) -> dt.datetime:
        return working_hours.next_week(self.person, at)
