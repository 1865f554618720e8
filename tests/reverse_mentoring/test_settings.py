"""The settings are strict in production, and every variable they read is documented."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from reverse_mentoring.embedded.place import CHECKOUT

PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "x" * 60,
    "PRIVATE_TEXT_KEYS": "bG9jYWwtb25seS1rZXktZm9yLXRyeWluZy1pdC1vdXQ=",
    "SITE_URL": "https://mentoring.example/",
    "DATABASE_URL": "postgres://site:secret@database/site",
    "REDIS_URL": "redis://broker/0",
    "ENV_FILE": os.devnull,
}
PRINT = """
import json
from reverse_mentoring import settings
print(json.dumps({name: getattr(settings, name) for name in NAMES}))
"""


def read_settings(environment: dict[str, str], *names: str) -> Any:
    """The values as a fresh process reads them, or the last line of what it says instead."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT.replace("NAMES", repr(names))],
        cwd=CHECKOUT, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return list(json.loads(done.stdout).values()) if done.returncode == 0 else done.stderr.splitlines()[-1]


def test_an_https_address_makes_everything_secure() -> None:
    names = ("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")

    found = read_settings(PRODUCTION, *names, "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")

    assert found == [["mentoring.example"], ["https://mentoring.example"], True, True, True, 31536000]


def test_a_plain_address_works_without_tls() -> None:
    environment = PRODUCTION | {"SITE_URL": "http://localhost:8000"}

    assert read_settings(environment, "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS") == [
        False, False, ["localhost"]
    ]  # fmt: skip


@pytest.mark.parametrize("missing", ["SECRET_KEY", "PRIVATE_TEXT_KEYS", "SITE_URL", "DATABASE_URL", "REDIS_URL"])
def test_production_names_what_is_missing(missing: str) -> None:
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}

    said = read_settings(environment, "PRODUCTION")

    assert said.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert missing in said


@pytest.mark.parametrize("name", ["DEMO", "DEBUG"])
def test_production_refuses_demo_and_debug(name: str) -> None:
    assert read_settings(PRODUCTION | {name: "1"}, "PRODUCTION") == (
        "django.core.exceptions.ImproperlyConfigured: DEMO and DEBUG must be off where PRODUCTION is set."
    )


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    reads = re.compile(r"""(?:env(?:\.\w+)?|required_in_production|environ\.get)\(\s*["']([A-Z_]+)["']""")
    files = ["reverse_mentoring/settings.py", "reverse_mentoring/embedded/place.py", "gunicorn.conf.py"]
    read = {name for file in files for name in reads.findall((CHECKOUT / file).read_text())}
    table = (CHECKOUT / "docs" / "operations.md").read_text().split("## Settings")[1].split("## Secrets")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]

    documented = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}

    assert documented == read
