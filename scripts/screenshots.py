"""Takes the pictures of the documentation from the demo that runs on PORT: `make screenshots`."""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.support.browser import Watch, chromium, open_page

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
PASSWORD = "reverse-mentoring"
# Name of the picture: who looks, at which page, how wide, in the dark.
PICTURES = {
    "dashboard": ("hr@demo.example", "/hr/dashboard/1/", 1280, False),
    "approval": ("hr@demo.example", "/programmes/1/approval/", 1280, False),
    "pair": ("kavita.pillai2@demo.example", "/pairs/12/", 1280, False),
    "home": ("amirah@demo.example", "/", 1280, False),
    "home-phone-dark": ("amirah@demo.example", "/", 390, True),
}


def main() -> None:
    address = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    IMAGES.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for name, (email, path, width, dark) in PICTURES.items():
            take(browser, address, email, path, IMAGES / f"{name}.png", width=width, dark=dark)
            print(f"docs/images/{name}.png")


def take(browser: Browser, address: str, email: str, path: str, target: Path, *, width: int, dark: bool) -> None:
    watch = Watch(address)
    page = open_page(browser, watch, width=width, dark=dark)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    answer = page.goto(path)
    if answer is None or not answer.ok:
        sys.exit(f"{path} is not there for {email}: choose another page.")
    page.screenshot(path=target)
    page.context.close()
    if watch.faults:
        sys.exit(f"{path} has faults: {watch.faults}")


if __name__ == "__main__":
    main()
