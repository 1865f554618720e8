"""Pages for what went wrong, in the product's own look."""

from typing import NoReturn

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import path

from reverse_mentoring.urls import handler500
from reverse_mentoring.urls import urlpatterns as site_urls
from tests.builders import make_alice

__all__ = ["handler500"]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@login_not_required
def too_slow(request: HttpRequest) -> NoReturn:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 20")
        cursor.execute("SELECT pg_sleep(5)")
    raise AssertionError("the database should have given up")


@login_not_required
def broken(request: HttpRequest) -> NoReturn:
    raise RuntimeError("broken on purpose")


@login_not_required
def forbidden(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


@login_not_required
def nonsense(request: HttpRequest) -> NoReturn:
    raise SuspiciousOperation


urlpatterns = [
    *site_urls,
    path("too-slow", too_slow),
    path("broken", broken),
    path("forbidden", forbidden),
    path("nonsense", nonsense),
]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/no-such-page", 404, "There is no page at this address"),
        ("/forbidden", 403, "This page is for somebody else"),
        ("/nonsense", 400, "What your browser sent was not what we expected"),
        ("/broken", 500, "It is not your doing"),
        ("/too-slow", 503, "Nothing that you saved before is lost"),
    ],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_error_has_a_page_of_our_own(address: str, status: int, words: str, signed_in: bool) -> None:
    client = Client(raise_request_exception=False)
    if signed_in:
        client.force_login(make_alice().user)

    answer = client.get(address)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "css/tokens.css" in answer.content.decode()


def test_page_that_was_open_for_too_long_says_to_go_back() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/accounts/login/", {"login": "alice@demo.example", "password": "x"})

    assert answer.status_code == 403
    assert "go back, and send it again" in answer.content.decode()
    assert "csrftoken" in answer.cookies, "the page must bring a fresh token, so that sending again succeeds"


def test_wrong_host_is_refused_before_anybody_is_known() -> None:
    answer = Client().get("/", headers={"host": "other.example"})

    assert answer.status_code == 400
    assert "What your browser sent was not what we expected" in answer.content.decode()
