"""Exits with 0 where this container does its work: `python scripts/healthcheck.py web|worker|beat`."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

BEAT_MEMORY = Path("/tmp/beat-schedule")
LONGEST_SILENCE_OF_BEAT = 600


def web() -> bool:
    """Asks under the site's own name, as other names are refused."""
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=5)
    connection.request(
        "GET", "/healthz", headers={"Host": urlsplit(os.environ.get("SITE_URL", "")).netloc or "localhost"}
    )
    return connection.getresponse().status == 200


def worker() -> bool:
    name = f"celery@{socket.gethostname()}"
    command = [sys.executable, "-m", "celery", "--app", "reverse_mentoring", "inspect", "ping", "--destination", name]
    return subprocess.run(command, capture_output=True, timeout=25, check=False).returncode == 0


def beat() -> bool:
    """Beat writes down every few minutes what it has woken up."""
    found = [path.stat().st_mtime for path in BEAT_MEMORY.parent.glob(f"{BEAT_MEMORY.name}*")]
    return bool(found) and time.time() - max(found) < LONGEST_SILENCE_OF_BEAT


def main() -> None:
    part = {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]
    try:
        well = part()
    except (OSError, http.client.HTTPException, subprocess.TimeoutExpired) as problem:
        sys.exit(f"{sys.argv[1]} does not answer: {problem}")
    sys.exit(None if well else f"{sys.argv[1]} does not do its work")


if __name__ == "__main__":
    main()
