"""What this app knows of the people who read its messages: no more than it needs."""

from typing import Protocol

from django.http import HttpRequest


class Reader(Protocol):
    """An account."""

    pk: int
    email: str
    is_hr: bool


class ReaderRequest(HttpRequest):
    """A request behind the sign-in."""

    user: Reader  # type: ignore[assignment]
