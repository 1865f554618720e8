"""A real Chromium for the tests: found, started, and watched for what no page may do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
IN_APPLICATIONS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
MISSING = "no Chromium on this machine; install one, or set CHROMIUM to its path"
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
WIDTHS = {"phone": 390, "desktop": 1280}


def find_chromium() -> str | None:
    found = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *NAMES) if name)
    return next(filter(None, found), str(IN_APPLICATIONS) if IN_APPLICATIONS.exists() else None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless, with no sandbox as root, who cannot have one."""
    arguments = QUIET + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        yield browser
        browser.close()


@dataclass
class Watch:
    """Notes what no page may do: report an error, break the security policy, answer 500, ask another host."""

    site: str
    faults: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._hear)
        context.on("weberror", lambda problem: self.faults.append(f"script error: {problem.error}"))
        context.on("request", self._see_request)
        context.on("response", self._see_response)

    def _hear(self, message: ConsoleMessage) -> None:
        # What failed to load is judged by its answer, below.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:", "about:")):
            self.faults.append(f"asked another host: {request.url}")

    def _see_response(self, response: Response) -> None:
        page_or_part = response.request.resource_type in ("document", "xhr", "fetch")
        if response.status >= (500 if page_or_part else 400):
            self.faults.append(f"{response.status} from {response.url}")


def open_page(browser: Browser, watch: Watch, *, width: int = WIDTHS["desktop"], dark: bool = False) -> Page:
    """A page with cookies of its own, as one more person's browser."""
    context = browser.new_context(
        base_url=watch.site,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(10_000)
    watch.follow(context)
    return context.new_page()
