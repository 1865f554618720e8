"""Every component of the design system, looked at in a real browser under the site's Content-Security-Policy."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.support.browser import Watch, open_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.reverse_mentoring.styleguide")]

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (360, 390, 768, 1280, 1920)


@pytest.fixture
def show(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Opens the page of all components; a broken policy, an error or a missing file fails the test."""
    watch = Watch(live_server.url)
    pages: list[Page] = []

    def open_one(address: str = "/styleguide", **view: object) -> Page:
        page = open_page(browser, watch, **view)  # type: ignore[arg-type]
        pages.append(page)
        page.goto(address, wait_until="networkidle")
        return page

    yield open_one
    for page in pages:
        page.context.close()
    assert watch.faults == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_accessibility_findings(show: Callable[..., Page], width: int, dark: bool) -> None:
    page = show(width=width, dark=dark)

    found = Axe().run(page, options=WCAG).response["violations"]

    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(show: Callable[..., Page], width: int) -> None:
    page = show(width=width)

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
