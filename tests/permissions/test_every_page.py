"""Every page there is, in a real Chromium: nobody is shut out of it, nothing overflows, no policy is broken."""

from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from mentoring.models import Person
from tests.permissions import goals, insights, matching, meetings, notifications, people, programmes, site
from tests.permissions.matrix import Row, World
from tests.permissions.test_matrix import make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLES = (goals, insights, matching, meetings, notifications, people, programmes, site)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

IDS_THAT_STAND_TWICE = """[...document.querySelectorAll("[id]")].map(one => one.id)
    .filter((id, at, all) => all.indexOf(id) !== at)"""


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__.rpartition(".")[2])
def test_every_page_is_open_to_all_and_fits_a_phone(table: ModuleType, visit: Callable[..., Page]) -> None:
    world = make_world()
    views = {role: visit(as_=world.people.get(role)) for role in ("anonymous", "alice", "dana")}

    faults = [
        fault for row, role, address in pages(table.ROWS, world) for fault in look(views[role], row.name, address)
    ]

    assert faults == []


def pages(rows: list[Row], world: World) -> Iterator[tuple[Row, str, str]]:
    """Each page that a person may read, with one who may: HR where HR may, for their pages hold the most."""
    seen: set[str] = set()
    for row in rows:
        readers = [role for role in ("dana", "alice", "anonymous") if row.expected[role] == 200]
        if row.post is not None or not readers:
            continue
        query = row.query(world) if row.query else {}
        address = reverse(row.name, args=row.args(world), query=query)
        if address not in seen and is_page(address, world.people.get(readers[0])):
            seen.add(address)
            yield row, readers[0], address


def is_page(address: str, reader: Person | None) -> bool:
    """A whole page: not a file, and not a part that another page takes in."""
    client = Client()
    if reader is not None:
        client.force_login(reader.user)
    answer = client.get(address)
    words = b"".join(answer)  # type: ignore[arg-type]  (a file is closed once it is read)
    return answer.headers.get("Content-Type", "").startswith("text/html") and b"<html" in words


def look(page: Page, name: str, address: str) -> Iterator[str]:
    """What is wrong with the page, in the light on a desk and in the dark on a phone."""
    page.goto(address)
    if twice := page.evaluate(IDS_THAT_STAND_TWICE):
        yield f"{name}: these ids stand twice: {twice}"
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if page.evaluate(WIDER_THAN_THE_WINDOW):
            yield f"{name} at {width} px: wider than the window"
        for found in Axe().run(page, options=WCAG).response["violations"]:
            yield f"{name} at {width} px, {scheme}: {found['id']}: {found['nodes'][0]['html'][:200]}"
