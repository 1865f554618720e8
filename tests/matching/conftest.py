"""What the tests of matching may use."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from matching.models import Suggestion
from mentoring.models import Programme
from reverse_mentoring import embedded
from reverse_mentoring.celery import app
from reverse_mentoring.embedded import processes
from reverse_mentoring.embedded.place import CHECKOUT
from tests.builders import make_programme, make_suggestion
from tests.matching.people import make_mentee, make_mentor
from tests.matching.workers import QUEUE, SILENT, StartWorker


@pytest.fixture(scope="session", autouse=True)
def _compiled_engine(compiled_engine: None) -> None:
    """For every test here."""


@pytest.fixture
def programme(db: None) -> Programme:
    return make_programme()


@pytest.fixture
def ann_and_bo(programme: Programme) -> Suggestion:
    """Ann could mentor Bo."""
    return make_suggestion(
        programme=programme, mentor=make_mentor(programme, "Ann"), mentee=make_mentee(programme, "Bo")
    )


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[StartWorker]:
    """Starts real workers on this test's database and broker."""
    address = (os.environ.get("DATABASE_URL") or embedded.database_url()).rpartition("/")[0]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"{address}/{connection.settings_dict['NAME']}",
        "PYTHONPATH": str(CHECKOUT),
        "WORKER_SILENT_SECONDS": str(SILENT),
    }
    started: list[processes.Child] = []

    def start(name: str) -> processes.Child:
        command = [sys.executable, "-m", "celery", "--app", "reverse_mentoring", "worker", "--pool", "solo"]
        queues = ["--queues", f"{QUEUE},celery", "--without-gossip", "--without-mingle", "--hostname", f"{name}@test"]
        started.append(
            processes.start(
                name, [*command, *queues], log=tmp_path / f"{name}.log", environment=environment, folder=CHECKOUT
            )
        )
        return started[-1]

    yield start
    for child in started:
        child.stop(patience=5)
    app.control.purge()
