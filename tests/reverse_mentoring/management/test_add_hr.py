"""The first account of a new site."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mentoring.models import AuditEntry, User
from tests.builders import make_person

PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def typed_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


def sign_in(client: Client, email: str) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": PASSWORD})


@pytest.mark.django_db
def test_the_first_account_works_in_hr_and_signs_in_without_another_mail(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("add_hr", "Hanna@Example.com", "Hanna")

    user = User.objects.get()
    assert (user.email, user.is_hr, user.person.name) == ("hanna@example.com", True, "Hanna")
    assert capsys.readouterr().out == "Hanna can sign in as hanna@example.com.\n"
    assert list(AuditEntry.objects.values_list("action", flat=True).order_by("pk")) == [
        AuditEntry.Action.PERSON_JOINED, AuditEntry.Action.PERSON_CHANGED
    ]  # fmt: skip
    assert sign_in(client, "hanna@example.com").url == "/"


@pytest.mark.django_db
def test_a_known_address_is_refused() -> None:
    make_person(email="hanna@example.com")

    with pytest.raises(CommandError, match=r"already an account with the address Hanna@example\.com"):
        call_command("add_hr", "Hanna@example.com", "Hanna")


@pytest.mark.django_db
@pytest.mark.parametrize(("email", "password"), [("hanna", PASSWORD), ("hanna@example.com", "short")])
def test_a_bad_address_or_password_adds_nobody(monkeypatch: pytest.MonkeyPatch, email: str, password: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))

    with pytest.raises(CommandError):
        call_command("add_hr", email, "Hanna")

    assert User.objects.count() == 0
