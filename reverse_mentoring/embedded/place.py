"""Where the embedded services of one checkout keep their data, sockets and logs.

Everything lies in `.run/` of the checkout (or where `RUN_FOLDER` says), with two exceptions. PostgreSQL refuses to run
as root, so root's services run as an unprivileged user; where that user cannot enter the checkout, they live in a
folder under `/var/lib` instead. And the path of a Unix socket may be 103 bytes long at most; where it would be longer,
the sockets lie in a short folder under `/tmp`. Both names are derived from the run folder's path, so every process
finds the same addresses without asking, and two checkouts never meet.
"""

import hashlib
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
LONGEST_SOCKET_PATH = 103
UNPRIVILEGED_USERS = ("nobody", "daemon", "postgres")


class EmbeddedError(Exception):
    """An embedded service cannot start; the message tells a person why and what to do."""


@dataclass(frozen=True)
class Place:
    run: Path
    home: Path
    sockets: Path

    @property
    def cluster(self) -> Path:
        return self.home / "postgres"

    @property
    def logs(self) -> Path:
        return self.run / "logs"

    @property
    def postgres_socket_folder(self) -> Path:
        return self.sockets / "pg"

    @property
    def broker_socket(self) -> Path:
        return self.sockets / "broker" / "redis.sock"


def place_of(run: Path, *, outside: Path = Path("/var/lib")) -> Place:
    """The place that belongs to the run folder, without making anything."""
    tag = hashlib.sha256(os.fsencode(run)).hexdigest()[:12]
    reachable = os.geteuid() != 0 or everyone_can_enter(run.parent)
    home = run if reachable else outside / f"reverse-mentoring-{tag}"
    place = Place(run=run, home=home, sockets=home / "sockets")
    longest = place.postgres_socket_folder / ".s.PGSQL.5432.lock"
    if len(os.fsencode(longest)) <= LONGEST_SOCKET_PATH:
        return place
    return Place(run=run, home=home, sockets=Path("/tmp") / f"reverse-mentoring-{os.geteuid()}-{tag}")


def this_place() -> Place:
    """The place of this checkout."""
    given = os.environ.get("RUN_FOLDER")
    return place_of(Path(given).resolve() if given else CHECKOUT / ".run")


def everyone_can_enter(folder: Path) -> bool:
    """Whether any user may walk down to the folder (what does not exist yet does not count)."""
    return all(not part.exists() or part.stat().st_mode & stat.S_IXOTH for part in (folder, *folder.parents))


def service_user(place: Place) -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as: the present user, or for root the cluster's owner or an unprivileged user."""
    if os.geteuid() != 0:
        return None
    if place.cluster.exists() and place.cluster.stat().st_uid != 0:
        return pwd.getpwuid(place.cluster.stat().st_uid)
    for name in UNPRIVILEGED_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedError(
        "PostgreSQL refuses to run as root, and this machine has no unprivileged user such as 'nobody'. "
        "Start as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
    )


def prepare(place: Place) -> None:
    """Make the folders: readable by the service user, the sockets private to their owner."""
    user = service_user(place)
    made = [folder for folder in (*place.run.parents, *place.home.parents) if not folder.exists()]
    for folder in (place.run, place.home, place.logs):
        folder.mkdir(parents=True, exist_ok=True)
    if user:
        for folder in (place.run, place.home, *made):
            folder.chmod(0o755)
    _make_own_folder(place.sockets, user, mode=0o711 if user else 0o700)
    _make_own_folder(place.broker_socket.parent, user, mode=0o700)
    _make_own_folder(place.postgres_socket_folder, user, mode=0o700)
    if user:
        os.chown(place.postgres_socket_folder, user.pw_uid, user.pw_gid)


def remove(place: Place) -> None:
    """Remove all that the place holds."""
    for folder in (place.sockets, place.home, place.run):
        shutil.rmtree(folder, ignore_errors=True)


def _make_own_folder(folder: Path, user: pwd.struct_passwd | None, *, mode: int) -> None:
    """Make the folder, or take it over where it is ours; never follow somebody else's link in a shared folder."""
    folder.mkdir(parents=True, exist_ok=True)
    found = folder.lstat()
    ours = {os.geteuid(), *((user.pw_uid,) if user else ())}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
        raise EmbeddedError(f"{folder} is not ours. Remove it, or set RUN_FOLDER to a folder of your own.")
    folder.chmod(mode)
