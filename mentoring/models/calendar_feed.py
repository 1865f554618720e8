"""A person's private calendar address. The database holds only a digest of its secret, so nobody can read it there."""

import hashlib
import secrets
from typing import ClassVar

from django.db import models

from mentoring.models.person import Person


def digest(token: str) -> str:
    """A token is 256 random bits, so that a plain hash of it cannot be tried out backwards."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def of_token(self, token: str) -> "CalendarFeedQuerySet":
        """The address with this secret, of somebody who is still here."""
        return self.filter(digest=digest(token), person__left_on__isnull=True, person__user__is_active=True)


class CalendarFeed(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[CalendarFeedQuerySet] = CalendarFeedQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"Calendar address of person {self.person_id}"
