"""HR approves by keyboard alone, and two HR people at the same table never do the same thing twice."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from matching.models import Suggestion
from mentoring.models import Pair, Programme
from tests.builders import make_dana, make_person, make_programme, make_suggestion
from tests.support.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def make_suggestions(count: int) -> Programme:
    programme = make_programme()
    for number in range(count):
        make_suggestion(
            programme=programme, score=count - number,
            mentor=make_person(name=f"Junior {number:03}", level=2),
            mentee=make_person(name=f"Senior {number:03}", level=7),
        )  # fmt: skip
    return programme


def approved() -> int:
    return Suggestion.objects.filter(status="approved").count()


def test_two_hundred_suggestions_are_decided_on_by_keyboard(site: Site, new_page: Callable[..., Page]) -> None:
    programme = make_suggestions(200)
    page = new_page()
    site.sign_in(page, make_dana())
    page.goto(f"/programmes/{programme.pk}/approval/")
    press = page.keyboard.press

    press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    press("Escape")
    press("j")
    press("s")
    expect(page.get_by_role("heading", name="Junior 000 and Senior 000")).to_be_visible()
    page.goto(f"/programmes/{programme.pk}/approval/")
    press("j")
    for done in range(1, 6):  # one by one: the next one that waits is at hand after each
        press("a")
        expect(page.locator("tr[data-row]:not([data-waits])")).to_have_count(done)
    press("r")
    page.keyboard.type("They share an office.")
    press("Enter")
    expect(page.locator("tr[data-row]:not([data-waits])")).to_have_count(6)
    press("k")
    press("u")
    expect(page.locator("tr[data-row]:not([data-waits])")).to_have_count(5)
    press("*")
    press("*")  # the rest: all that match, on every page
    press("A")
    expect(page.locator("main")).to_contain_text("195")
    page.get_by_role("button", name=re.compile("^Approve")).focus()
    press("Enter")

    site.wait_until(lambda: approved() == 200, seconds=60)
    assert Pair.objects.asking().count() == 200
    assert Suggestion.objects.filter(status="rejected").count() == 0


def test_two_hr_people_at_the_same_table_see_who_was_first(site: Site, new_page: Callable[..., Page]) -> None:
    programme = make_suggestions(2)
    dana, dora = new_page(), new_page()
    site.sign_in(dana, make_dana())
    site.sign_in(dora, make_dana(name="Dora"))
    for page in (dana, dora):
        page.goto(f"/programmes/{programme.pk}/approval/")

    dana.get_by_role("button", name="Approve Junior 000").click()
    expect(dana.locator("main")).to_contain_text("Being asked")
    dora.get_by_role("button", name="Approve Junior 000").click()
    expect(dora.get_by_role("alert")).to_contain_text("Dana approved this")
    dora.get_by_role("button", name="Approve Junior 001").click()
    site.wait_until(lambda: approved() == 2)

    dana.reload()
    dana.get_by_role("link", name=re.compile("^Approved")).click()
    dana.get_by_role("button", name="Undo the decision on Junior 001").click()
    site.wait_until(lambda: approved() == 1)
    assert Pair.objects.asking().count() == 1
