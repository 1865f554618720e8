"""What a container is asked about its part, asked of real parts."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

from reverse_mentoring.embedded.place import CHECKOUT
from tests.support.site import Site, free_port


def health(part: str, **environment: str) -> int:
    command = [sys.executable, "scripts/healthcheck.py", part]
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(CHECKOUT), **environment}
    return subprocess.run(command, cwd=CHECKOUT, env=given, capture_output=True, check=False).returncode


def test_web_is_well_where_it_answers_and_is_not_where_nobody_does(site: Site) -> None:
    port = str(urlsplit(site.url).port)

    assert (health("web", PORT=port, SITE_URL=site.url), health("web", PORT=str(free_port()))) == (0, 1)


def test_web_is_not_well_where_it_refuses_its_own_name(site: Site) -> None:
    assert health("web", PORT=str(urlsplit(site.url).port), SITE_URL="https://elsewhere.example") == 1


def test_worker_is_well_while_it_answers(site: Site) -> None:
    assert health("worker") == 0
