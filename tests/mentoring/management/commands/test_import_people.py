import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone

from mentoring.actions.imports import start
from mentoring.management.commands.import_people import here_and_now
from mentoring.models import PeopleImport, Person
from tests.builders import make_person

pytestmark = pytest.mark.django_db


def run(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_people", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("employee_number,name,email\n1,Ann,ann@x.example\n")
    return path


def test_it_shows_first_and_writes_when_told(file: Path) -> None:
    assert run(file).splitlines() == [
        "people.csv: 1 row. CSV, UTF-8, separated by commas.",
        "        1 new",
        "Nothing is written. Say --apply to write it.",
    ]
    assert not Person.objects.exists()

    assert run(file, "--apply").splitlines()[-1] == "Written."
    assert Person.objects.get().employee_number == "1"
    assert run(file, "--apply").splitlines()[1] == "        1 as before"


def test_where_a_worker_was_quicker_it_waits_and_takes_over_should_that_one_fall_silent(
    file: Path, settings: LazySettings
) -> None:
    settings.WORKER_SILENT_SECONDS = 1
    with file.open("rb") as opened:
        job = start.upload(opened, file.name, by=None, source=PeopleImport.Source.COMMAND)
    PeopleImport.objects.filter(pk=job.pk).update(attempt=1, heartbeat_at=timezone.now())

    assert here_and_now(job).status == PeopleImport.Status.READY
    assert job.attempt == 2


def test_people_missing_leave_when_told_and_not_too_many_at_once(file: Path) -> None:
    gone = make_person(employee_number="2")

    with pytest.raises(CommandError, match="1 of 1 people would leave"):
        run(file, "--apply", "--leavers")
    run(file, "--apply", "--leavers", "--most-leavers", "100")

    gone.refresh_from_db()
    assert gone.has_left


def test_a_bad_file_is_refused_with_every_bad_cell(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("employee_number,name,email\n1,=1,ann@x.example\n")

    with pytest.raises(CommandError, match="1 cell cannot be used"):
        run(path, "--apply")
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "nothing.csv")
