"""Every component of the design system, looked at in a real browser under the site's Content-Security-Policy."""

import gzip
from collections.abc import Callable
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.reverse_mentoring.styleguide")]

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (360, 390, 768, 1280, 1920)


@pytest.fixture
def show(visit: Callable[..., Page]) -> Callable[..., Page]:
    return partial(visit, "/styleguide")


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


def test_a_word_that_is_longer_than_a_phone_breaks(show: Callable[..., Page]) -> None:
    page = show(width=390)

    page.locator("h1, .card__head h2, .page-head__words a, .list__words > *").evaluate_all(
        "all => all.forEach(one => { one.textContent = 'Donaudampfschiff'.repeat(8) })"
    )

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def colour(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


LIGHT, DARK = "rgb(250, 247, 243)", "rgb(24, 20, 22)"


def test_colours_follow_the_device_until_the_switch_says_otherwise(show: Callable[..., Page]) -> None:
    page = show(dark=True)
    before = colour(page)

    with page.expect_response("**/theme"):
        page.get_by_role("button", name="Light").click()
    switched = colour(page)
    page.reload()

    assert (before, switched, colour(page)) == (DARK, LIGHT, LIGHT)


def test_switch_works_without_script_and_comes_back_to_the_page(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(java_script_enabled=False, color_scheme="dark").new_page()
    page.goto(f"{live_server.url}/styleguide?sort=name")

    page.get_by_role("button", name="Light").click()
    after = page.url, page.locator("html").get_attribute("data-theme")
    page.get_by_role("button", name="As the device").click()

    assert after == (f"{live_server.url}/styleguide?sort=name", "light")
    assert page.locator("html").get_attribute("data-theme") is None
    page.context.close()


def test_dialog_opens_closes_and_gives_the_focus_back(show: Callable[..., Page]) -> None:
    page = show()
    opener = page.get_by_role("link", name="End the pair…")

    opener.click()
    opened = page.get_by_role("dialog", name="End this pair?").is_visible()
    page.keyboard.press("Escape")

    assert opened
    assert page.get_by_role("dialog").count() == 0
    assert opener.evaluate("element => element === document.activeElement")


def test_dialog_opens_and_closes_without_script(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/styleguide")

    page.get_by_role("link", name="End the pair…").click()
    opened = page.get_by_role("heading", name="End this pair?").is_visible()
    page.locator("#end-pair").get_by_role("link", name="Cancel").click()

    assert opened
    assert page.get_by_role("heading", name="End this pair?").is_hidden()
    page.context.close()


def test_ranking_moves_by_keyboard_and_sends_the_places(show: Callable[..., Page]) -> None:
    page = show()

    page.get_by_role("button", name="Move Phone up").press("Enter")
    page.get_by_role("button", name="Move Phone up").press("Enter")

    names = page.locator(".ranking__name").all_inner_texts()
    places = page.locator("[data-ranking] select").evaluate_all("all => all.map(one => [one.name, one.value])")
    assert names == ["Phone", "Video call", "In person"]
    assert places == [["channels_phone", "1"], ["channels_video", "2"], ["channels_in_person", "3"]]
    assert page.get_by_role("button", name="Move Phone up").is_disabled()
    assert page.get_by_role("button", name="Move Phone down").evaluate("one => one === document.activeElement")


def test_ticking_one_for_all_shows_the_bar_with_the_count(show: Callable[..., Page]) -> None:
    page = show()
    bar = page.locator("[data-bulk-bar]")
    at_first = bar.inner_text().split("\n")[0]

    page.get_by_role("checkbox", name="All").uncheck()
    none_ticked = bar.is_hidden()
    page.get_by_role("checkbox", name="Choose Charlie").check()

    assert (at_first, none_ticked, bar.inner_text().split("\n")[0]) == ("2 chosen", True, "1 chosen")


def test_slider_tells_its_number(show: Callable[..., Page]) -> None:
    page = show()
    slider = page.locator("#id_weight")

    slider.focus()
    slider.press("ArrowRight")

    assert page.locator("output[for=id_weight]").inner_text() == "5"


def test_error_is_tied_to_its_field(show: Callable[..., Page]) -> None:
    field = show().get_by_role("textbox", name="Name", exact=True).first

    described = field.evaluate(
        "one => one.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).innerText.trim())"
    )

    assert described == ["As your colleagues know you.", "Fill this in."]
    assert field.get_attribute("aria-invalid") == "true"


def test_first_key_leads_past_the_navigation(show: Callable[..., Page]) -> None:
    page = show()

    page.keyboard.press("Tab")
    seen = page.get_by_role("link", name="Skip to the content").is_visible()
    page.keyboard.press("Enter")

    assert seen
    assert page.evaluate("document.activeElement.id") == "main"


def test_form_goes_out_once_however_often_the_button_is_pressed(show: Callable[..., Page]) -> None:
    page = show()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)

    with page.expect_navigation(wait_until="networkidle"):
        page.get_by_role("button", name="Save").dblclick(no_wait_after=True)

    assert sent == ["POST"]


def test_first_view_is_under_150_kb(visit: Callable[..., Page]) -> None:
    """The page as it is, and its files as production compresses them."""
    page, answers = visit(), list[Response]()
    page.on("response", lambda answer: answers.append(answer))

    page.goto("/accounts/login/", wait_until="networkidle")

    sizes = {answer.url: transferred(answer) for answer in answers}
    assert {url.rpartition(".")[2] for url in sizes} >= {"css", "js", "woff2", "svg"}
    assert sum(sizes.values()) < 150_000


def transferred(answer: Response) -> int:
    body = answer.body()
    is_compressed_once = "/static/" in answer.url and not answer.url.endswith(".woff2")
    return len(gzip.compress(body)) if is_compressed_once else len(body)


def test_nothing_moves_while_the_page_loads(show: Callable[..., Page]) -> None:
    page = show()

    moved = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list => done(
            list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
        )).observe({type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 500))"""
    )

    assert moved < 0.02
