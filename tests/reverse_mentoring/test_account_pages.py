"""allauth's pages in the product's look, for those who may see them signed out and for those signed in."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from tests.builders import PASSWORD, make_alice
from tests.reverse_mentoring.test_look import WCAG

SIGNED_OUT = ("login/", "signup/", "password/reset/", "password/reset/done/", "inactive/")
SIGNED_IN = ("email/", "password/change/", "sessions/", "reauthenticate/", "2fa/", "logout/")


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def open_where_asked_once_more(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Go on").click()


def findings(page: Page) -> list[str]:
    return [found["id"] for found in Axe().run(page, options=WCAG).response["violations"]]


@pytest.mark.django_db
@pytest.mark.parametrize("address", SIGNED_OUT)
def test_page_opens_signed_out_in_our_look(client: Client, address: str) -> None:
    answer = client.get(f"/accounts/{address}")

    assert answer.status_code == 200
    assert "css/account.css" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("dark", [False, True])
def test_pages_have_no_accessibility_findings(visit: Callable[..., Page], dark: bool) -> None:
    alice, page, found = make_alice(), visit(dark=dark, width=390), {}

    for address in SIGNED_OUT:
        page.goto(f"/accounts/{address}")
        found[address] = findings(page)
    sign_in(page, alice.user.email)
    for address in SIGNED_IN:
        page.goto(f"/accounts/{address}")
        assert page.url.endswith(address)
        found[address] = findings(page)

    assert found == {address: [] for address in SIGNED_OUT + SIGNED_IN}


@pytest.mark.django_db(transaction=True)
def test_passkey_is_added_and_asked_for_at_the_next_sign_in(visit: Callable[..., Page]) -> None:
    alice, page = make_alice(), visit()
    with_a_finger(page)
    sign_in(page, alice.user.email)

    open_where_asked_once_more(page, "/accounts/2fa/webauthn/add/")
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("The security key is added.").wait_for()
    page.context.clear_cookies()
    sign_in(page, alice.user.email)
    page.get_by_role("button", name="Use a security key or passkey").click()
    page.get_by_role("navigation", name="Main").wait_for()

    assert page.get_by_role("heading", level=1).inner_text().endswith(", Alice")
    assert Authenticator.objects.filter(user=alice.user, type="webauthn").count() == 1


@pytest.mark.django_db(transaction=True)
def test_key_that_is_refused_says_so_on_the_page(visit: Callable[..., Page]) -> None:
    alice, page = make_alice(), visit()
    sign_in(page, alice.user.email)

    open_where_asked_once_more(page, "/accounts/2fa/webauthn/add/")
    page.evaluate(
        "() => { navigator.credentials.create = () => Promise.reject(new DOMException('', 'NotAllowedError')) }"
    )
    page.get_by_role("button", name="Add it").click()

    assert page.get_by_role("alert").inner_text() == "It was cancelled, or it took too long. Try once more."


def with_a_finger(page: Page) -> None:
    """A fingerprint reader in the browser."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    reader = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": reader})
