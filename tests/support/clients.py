"""A browser without a screen, signed in as somebody, and what its page says."""

from typing import Any

from django.test import Client

from mentoring.models import Person


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def text_of(answer: Any) -> str:
    """The page's source with single spaces."""
    return " ".join(answer.content.decode().split())
