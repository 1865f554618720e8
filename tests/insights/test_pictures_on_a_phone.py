"""The pictures of the dashboards in a real browser: their words can be read, however narrow the window."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from insights.actions.refresh import refresh
from tests.builders import make_dana
from tests.insights.history import NOW, make_history

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMALLEST = """[...document.querySelectorAll(".chart__picture text")].reduce((least, text) => Math.min(least,
    parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getScreenCTM().a), 99)"""
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def slid(picture: Locator) -> int:
    """How far, once it rests."""
    return int(picture.evaluate("box => new Promise(rest => setTimeout(() => rest(box.scrollLeft), 500))"))


def test_words_in_pictures_can_be_read_at_every_width_and_the_picture_slides(visit: Callable[..., Page]) -> None:
    programme = make_history(seed=7, pairs=12)
    refresh(programme, NOW)
    page = visit(f"/hr/dashboard/{programme.pk}/pictures/", as_=make_dana())

    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SMALLEST) >= 10, width
        assert not page.evaluate(WIDER_THAN_THE_WINDOW), width
    expect(page.locator(".chart__hint:visible")).to_have_count(0)

    page.set_viewport_size({"width": 390, "height": 900})
    expect(page.locator(".chart__hint").first).to_be_visible()
    picture = page.get_by_role("group", name="Picture: ").first
    picture.focus()
    page.keyboard.press("ArrowRight")
    expect(picture).to_be_focused()
    assert slid(picture) > 0
