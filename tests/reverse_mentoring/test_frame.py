"""What stands around every page: the bar, the ways to go, the menus; and Django's admin under the same policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.builders import PASSWORD, make_alice, make_dana

pytestmark = pytest.mark.django_db(transaction=True)


def test_ways_to_go_stand_at_the_side_of_a_wide_page(visit: Callable[..., Page]) -> None:
    page = visit("/", as_=make_alice(), width=1280)

    expect(page.get_by_role("link", name="People")).to_be_visible()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()


def test_menu_of_a_phone_opens_by_keyboard_and_closes_with_escape(visit: Callable[..., Page]) -> None:
    page = visit("/", as_=make_alice(), width=390)
    people = page.get_by_role("link", name="People")
    hidden_at_first = people.is_hidden()

    page.get_by_role("button", name="Menu").press("Enter")
    expect(people).to_be_visible()
    page.keyboard.press("Escape")

    assert hidden_at_first
    expect(people).to_be_hidden()


def test_menus_and_signing_out_need_no_script(browser: Browser, live_server: LiveServer) -> None:
    alice = make_alice()
    page = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email").fill(alice.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Skills", exact=True).click()
    page.get_by_role("button", name="Your profile and settings").click()
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.context.close()


def test_admin_pages_keep_to_the_policy(visit: Callable[..., Page]) -> None:
    dana = make_dana()
    dana.user.is_staff = dana.user.is_superuser = True
    dana.user.save()
    page = visit("/admin/", as_=dana)

    page.get_by_role("link", name="Persons", exact=True).first.click()
    page.get_by_role("link", name=dana.name, exact=True).click()

    expect(page.get_by_role("link", name="Close")).to_be_visible()
