"""Every template compiles, keeps to the Content-Security-Policy, and names icons that exist."""

import re
from pathlib import Path
from zipfile import ZipFile

import lucide
import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
PAGES = [name for name in NAMES if name != "notifications/mail.html"]  # mails need inline styles

INLINE_STYLE = re.compile(r"<style|\sstyle=", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[a-z][^<>{}]*\son[a-z]+=|javascript:|hx-on", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE)
ICON = re.compile(r"""\{% icon ["']([a-z0-9-]+)["']|\bicon=["']([a-z0-9-]+)["']""")


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name: str) -> None:
    assert get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_template_has_nothing_inline(name: str) -> None:
    text = (FOLDER / name).read_text()

    found = [rule.pattern for rule in (INLINE_STYLE, INLINE_HANDLER, INLINE_SCRIPT) if rule.search(text)]

    assert found == []


def test_every_icon_exists() -> None:
    with ZipFile(Path(lucide.__file__).with_name("lucide.zip")) as drawings:
        known = {name.removesuffix(".svg") for name in drawings.namelist()}
    apps = [Path(settings.BASE_DIR) / app for app in ("mentoring", "matching", "goals", "insights", "notifications")]
    files = [FOLDER / name for name in NAMES] + [path for app in apps for path in app.rglob("*.py")]

    used = {icon for path in files for pair in ICON.findall(path.read_text()) for icon in pair if icon}

    assert used - known == set()
    assert len(used) > 40
