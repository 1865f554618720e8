"""What this app knows of the people who read its messages: no more than it needs."""

import datetime as dt
from typing import Protocol

from django.http import HttpRequest


class Reader(Protocol):
    """An account."""

    pk: int
    email: str
    is_hr: bool

    def takes_mail(self, at: dt.datetime) -> bool:
        """Not once they have left."""

    def mail_time(self, at: dt.datetime) -> dt.datetime:
        """The first moment from `at` on that lies in their working hours."""

    def next_morning(self, at: dt.datetime) -> dt.datetime:
        """When their next working day begins, after the day of `at`."""

    def next_week(self, at: dt.datetime) -> dt.datetime:
        """When the first working day of their next week begins."""


class ReaderRequest(HttpRequest):
    """A request behind the sign-in."""

    user: Reader  # type: ignore[assignment]
