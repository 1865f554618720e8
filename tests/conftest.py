"""What every test may use.

`site` is the whole site as processes of their own (web, worker, beat, mail server) on this test's database; `page` and
`new_page` are a real Chromium that looks at it, `visit` one that looks at this process's own pages. A page
that reports an error, breaks the Content-Security-Policy, asks another host or gets a 500 fails its test.
"""

import os
from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from matching import engine
from mentoring.models import Person
from tests.support.browser import MISSING, Watch, chromium, find_chromium, open_page
from tests.support.site import Site, nothing_runs, running_site, wait_until

FAILED = pytest.StashKey[bool]()
# How long an example takes says more of the machine than of the code. Developers' runs look for new examples; the gate
# ("ci" is Hypothesis's own) tries the same ones each time, so that it judges the change and not the day's luck.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("ci" if "CI" in os.environ else "any machine")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Tests empty tables after them, which the database forbids for these two; `test_audit.py` tries that itself."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("ALTER TABLE mentoring_auditentry DISABLE TRIGGER audit_is_never_emptied")
        cursor.execute("ALTER TABLE mentoring_reading DISABLE TRIGGER readings_are_never_emptied")


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Rate limits and cached answers of one test do not reach the next."""
    yield
    cache.clear()


@pytest.fixture(scope="session")
def compiled_engine() -> None:
    """Compiled before any test opens a transaction, which would wait for it until the database gives up on it."""
    engine.warm_up()


@pytest.fixture(scope="session")
def _site(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    with django_db_blocker.unblock(), running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(_site: Site, transactional_db: None) -> Iterator[Site]:
    """The site with an empty database of its own, and a clock and a worker that run."""
    _site.wake()
    yield _site
    print(f"web said:\n{_site.said('web')}\n\nworker said:\n{_site.said('worker')}")
    _site.rest()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs its own loop in this thread; we use none.
    with chromium() as running:
        yield running


@pytest.fixture
def new_page(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens pages, each as another person's browser: `new_page(width=390, dark=True)`."""
    watch = Watch(site.url)
    pages: list[Page] = []

    def open_one(**view: object) -> Page:
        pages.append(open_page(browser, watch, **view))
        return pages[-1]

    yield open_one
    for number, page in enumerate(pages):
        if request.node.stash.get(FAILED, False):
            page.screenshot(path=f".run/failed/{request.node.name}-{number}.png", full_page=True)
        page.context.close()
    assert watch.faults == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """`visit("/people/", as_=alice, width=390, dark=True)`: this process's own pages, quicker than the whole site."""
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
    wait_until(nothing_runs, seconds=5)  # a page that was still asked for holds tables that are emptied next
    assert watch.faults == []


def session_cookie(person: Person, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(person.user)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[pytest.TestReport]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("REQUIRE_BROWSER") == "1" and find_chromium() is None:
        raise pytest.UsageError(f"REQUIRE_BROWSER is set, and there is {MISSING}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks follow from the fixtures: `browser` where Chromium is looked at, `stack` where the site runs.

    The gate tries what failed in a browser once more, and lists it: such a test has found a race, or is one, and
    should be looked into; it must not hold up a change that has nothing to do with it. The long fault tests run where
    they are asked for by their mark alone.
    """
    if "faults" not in config.option.markexpr:
        items[:] = [item for item in items if not item.get_closest_marker("faults")]
    missing = find_chromium() is None
    for item in items:
        used = getattr(item, "fixturenames", ())
        if "browser" in used:
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=int("CI" in os.environ)))
        if "_site" in used:
            item.add_marker("stack")
        if "browser" in used and missing:
            item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if MISSING in str(report.longrepr)]
    if skipped:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} tests were skipped: {MISSING}.")
