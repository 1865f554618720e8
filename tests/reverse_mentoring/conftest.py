"""A browser that looks at this process's own pages: quicker than the whole site, and free to bring addresses along."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from mentoring.models import Person
from tests.support.browser import Watch, open_page


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """`visit("/people/", as_=alice, width=390, dark=True)`; a page that does what no page may do fails the test."""
    watch = Watch(live_server.url)
    pages: list[Page] = []

    def visit_one(address: str = "", *, as_: Person | None = None, **view: object) -> Page:
        page = open_page(browser, watch, **view)  # type: ignore[arg-type]
        pages.append(page)
        if as_ is not None:
            page.context.add_cookies([session_cookie(as_, live_server.url)])
        if address:
            page.goto(address, wait_until="networkidle")
        return page

    yield visit_one
    for page in pages:
        page.context.close()
    assert watch.faults == []


def session_cookie(person: Person, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(person.user)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}
