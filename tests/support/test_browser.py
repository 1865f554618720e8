"""The watch over the pages sees what no page may do."""

from playwright.sync_api import Browser, Page

from tests.builders import make_person
from tests.support.browser import Watch, open_page
from tests.support.site import Site

SIGN_IN = "/accounts/login/"


def watched(browser: Browser, site: Site, script: str) -> list[str]:
    """What the watch notes while the script runs on the sign-in page."""
    watch = Watch(site.url)
    page = open_page(browser, watch)
    page.goto(SIGN_IN)
    assert watch.faults == []
    page.evaluate(script)
    page.wait_for_timeout(300)
    page.context.close()
    return watch.faults


def test_watch_notes_an_inline_style(site: Site, browser: Browser) -> None:
    [fault] = watched(
        browser,
        site,
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'p { color: red }'}))",
    )

    assert "Content Security Policy" in fault


def test_watch_notes_a_script_that_fails(site: Site, browser: Browser) -> None:
    assert watched(browser, site, "setTimeout(() => { throw new Error('broken') })") == ["script error: broken"]


def test_watch_notes_a_missing_picture(site: Site, browser: Browser) -> None:
    faults = watched(browser, site, "document.body.append(Object.assign(new Image(), {src: '/static/none.png'}))")

    assert faults == [f"404 from {site.url}/static/none.png"]


def test_watch_notes_what_is_asked_of_another_host(site: Site, browser: Browser) -> None:
    faults = watched(browser, site, "location.assign('http://127.0.0.1:9/')")

    assert faults == ["asked another host: http://127.0.0.1:9/"]


def test_somebody_signed_in_by_the_test_is_signed_in(site: Site, page: Page) -> None:
    site.sign_in(page, make_person(name="Alice"))

    page.goto(SIGN_IN)

    assert page.url != f"{site.url}{SIGN_IN}"
