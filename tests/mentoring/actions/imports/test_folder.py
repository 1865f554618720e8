import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from mentoring.actions.imports import folder, start, work
from mentoring.models import PeopleImport, Person
from notifications.models import Message
from tests.builders import make_dana, make_person

pytestmark = pytest.mark.django_db
HEAD = "employee_number,name,email\n"
Status = PeopleImport.Status


@pytest.fixture
def drop(tmp_path: Path, settings: Any) -> Path:
    settings.IMPORT_FOLDER = str(tmp_path)
    return tmp_path


def leave(drop: Path, name: str, text: str, *, age: int = 300) -> None:
    (drop / name).write_text(text)
    at = timezone.now().timestamp() - age
    os.utime(drop / name, (at, at))


def sweep(rounds: int = 4) -> None:
    """What beat and a worker do within some minutes."""
    for _ in range(rounds):
        folder.look(timezone.now())
        for job in PeopleImport.objects.working():
            work.carry_out(job.pk)


def files(drop: Path) -> list[str]:
    return sorted(str(path.relative_to(drop)) for path in drop.rglob("*") if path.is_file())


def test_a_dropped_file_is_applied_once_and_hr_hears_of_it(drop: Path) -> None:
    dana = make_dana()
    leave(drop, "people.csv", f"{HEAD}1,Ann,ann@x.example\n")

    sweep()

    assert files(drop) == ["done/people.csv"]
    assert (PeopleImport.objects.get().status, Person.objects.filter(employee_number="1").count()) == (Status.DONE, 1)
    assert [message.recipient_id for message in Message.objects.all()] == [dana.pk]
    sweep()
    assert PeopleImport.objects.count() == 1


def test_a_file_that_is_still_on_its_way_is_left_alone(drop: Path) -> None:
    leave(drop, "young.csv", HEAD, age=5)
    leave(drop, ".hidden.csv", HEAD)
    leave(drop, "people.csv.part", HEAD)

    sweep()

    assert files(drop) == [".hidden.csv", "people.csv.part", "young.csv"]
    assert not PeopleImport.objects.exists()


def test_a_bad_file_and_one_that_is_no_table_are_refused_with_a_report(drop: Path) -> None:
    make_dana()
    leave(drop, "bad.csv", f"{HEAD}1,Ann,nonsense\n")
    leave(drop, "not.xlsx", "PK\x03\x04nonsense")

    sweep()

    assert files(drop) == ["refused/bad.csv", "refused/not.xlsx"]
    told = " ".join(Message.objects.values_list("text", flat=True))
    assert "Line 2, email: “nonsense” is not an e-mail address." in told
    assert "This workbook cannot be read." in told


def test_nothing_is_written_where_too_many_would_leave(drop: Path) -> None:
    make_dana()
    for number in range(10):
        make_person(employee_number=f"old{number}")
    leave(drop, "cut-off.csv", f"{HEAD}1,Ann,ann@x.example\n")

    sweep()

    job = PeopleImport.objects.get()
    assert (job.status, files(drop)) == (Status.READY, ["refused/cut-off.csv"])
    assert job.problem.startswith("10 of 10 people are missing from it, more than 5 %")
    assert not Person.objects.filter(employee_number="1").exists()


@pytest.mark.parametrize("standing", [False, True])
def test_those_missing_leave_by_a_dropped_file_only_with_the_operators_standing_word(
    drop: Path, settings: Any, standing: bool
) -> None:
    settings.IMPORT_LEAVERS, settings.IMPORT_STOP_PERCENT = standing, 60
    make_dana()
    gone = make_person(employee_number="2")
    make_person(employee_number="1", email="ann@x.example", name="Ann")
    leave(drop, "people.csv", f"{HEAD}1,Ann,ann@x.example\n")

    sweep()

    gone.refresh_from_db()
    assert (gone.has_left, PeopleImport.objects.get().leavers_wait) == (standing, not standing)


def test_a_newer_file_of_the_same_name_is_another_file(drop: Path) -> None:
    leave(drop, "people.csv", f"{HEAD}1,Ann,ann@x.example\n")
    sweep()
    leave(drop, "people.csv", f"{HEAD}1,Anna,ann@x.example\n", age=int(dt.timedelta(minutes=2).total_seconds()))
    sweep()

    assert files(drop) == ["done/people-2.csv", "done/people.csv"]
    assert Person.objects.get(employee_number="1").name == "Anna"


def test_a_file_named_in_other_letters_is_taken_in_and_holds_up_no_other(drop: Path) -> None:
    make_dana()
    strange = drop / os.fsdecode(b"leute-\xe4.csv")
    leave(drop, strange.name, f"{HEAD}1,Ann,ann@x.example\n")
    leave(drop, "second.csv", f"{HEAD}2,Ben,nonsense\n")

    sweep()

    assert files(drop) == ["done/leute-_.csv", "refused/second.csv"]
    assert Person.objects.filter(employee_number="1").exists()


def test_a_dropped_file_that_hr_stopped_in_the_middle_waits_for_hr(drop: Path) -> None:
    dana = make_dana()
    leave(drop, "people.csv", f"{HEAD}1,Ann,ann@x.example\n")
    sweep(rounds=1)
    job = PeopleImport.objects.get(status=Status.APPLYING)

    start.cancel(job, by=dana)
    sweep()

    job.refresh_from_db()
    assert (job.status, job.problem) == (Status.READY, work.STOPPED)
    assert not Person.objects.filter(employee_number="1").exists()
    assert Message.objects.get(recipient=dana.user).text.startswith(work.STOPPED)
