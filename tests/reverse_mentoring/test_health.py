"""The site says whether it is alive and whether all its parts are up, and the stack beside the tests runs for real."""

from playwright.sync_api import Page

from tests.support.site import Site


def test_readyz_in_a_real_browser_names_every_part_as_up(site: Site, page: Page) -> None:
    page.goto("/readyz")

    assert page.evaluate("JSON.parse(document.body.innerText)") == {"database": True, "broker": True, "worker": True}
