"""Starts the embedded services for the whole test run, in a temporary folder that is removed at its end."""

import os
from pathlib import Path

import pytest

from reverse_mentoring.embedded.place import place_of, remove
from reverse_mentoring.embedded.services import Services

RUNNING = pytest.StashKey[Services]()


def pytest_configure(config: pytest.Config) -> None:
    """Only the first process starts them; the processes of pytest-xdist find them through the environment."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    run = Path(os.environ["TEST_RUN_FOLDER"])
    run.parent.mkdir(mode=0o700)
    run.parent.chmod(0o711)
    place = place_of(run)
    given = os.environ
    services = Services(place, careless=True, database=not given["DATABASE_URL"], broker=not given["REDIS_URL"])
    services.start()
    config.stash[RUNNING] = services


def pytest_unconfigure(config: pytest.Config) -> None:
    if services := config.stash.get(RUNNING, None):
        services.stop()
        remove(services.place)
        services.place.run.parent.rmdir()
