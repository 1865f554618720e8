"""What pages do where Redis cannot be reached, and which policy all of them have."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.builders import PASSWORD, make_alice, make_dana

pytestmark = pytest.mark.django_db
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture
def no_redis(settings: Settings) -> None:
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": NOBODY_LISTENS}}


def test_every_answer_has_the_policy_of_the_settings(client: Client) -> None:
    answers = [client.get(address) for address in ("/accounts/login/", "/", "/no-such-page/", "/healthz")]

    policies = {answer["Content-Security-Policy"] for answer in answers}

    assert {tuple(sorted(policy.split("; "))) for policy in policies} == {(
        "base-uri 'none'", "connect-src 'self'", "default-src 'self'", "font-src 'self'", "form-action 'self'",
        "frame-ancestors 'none'", "img-src 'self' data:", "object-src 'none'", "script-src 'self'", "style-src 'self'",
    )}  # fmt: skip


@pytest.mark.usefixtures("no_redis")
def test_sign_in_without_redis_asks_for_patience(client: Client) -> None:
    alice = make_alice()

    answer = client.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "what you typed is still there" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_sign_in_with_redis_succeeds(client: Client) -> None:
    alice = make_alice()

    answer = client.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.usefixtures("no_redis")
def test_pages_that_count_nothing_need_no_redis(client: Client) -> None:
    client.force_login(make_alice().user)

    assert client.get("/").status_code == 200


def test_the_address_of_a_button_opened_like_a_page_says_that_nothing_was_done(client: Client) -> None:
    client.force_login(make_alice().user)

    answer = client.get("/profile/photo/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "press the button once more" in answer.content.decode()


@pytest.mark.parametrize("address", ["/skills/?category=%00", "/hr/outbox/?q=a%00b", "/invitations/%00/"])
def test_an_address_with_a_null_character_is_no_page(client: Client, address: str) -> None:
    client.force_login(make_dana().user)

    answer = client.get(address)

    assert answer.status_code == 404
    assert client.get(address.replace("%00", "x")).status_code < 500
