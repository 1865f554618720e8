import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from mentoring.models import ImportProblem, ImportRow, PeopleImport, Person
from tests.builders import make_dana, make_import
from tests.mentoring.actions.imports.files import read, step

pytestmark = pytest.mark.django_db
HEAD = b"employee_number,name,email\n"
Status = PeopleImport.Status


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(make_dana().user)
    return client


def upload(client: Client, data: bytes) -> Any:
    return client.post(reverse("import-list"), {"file": SimpleUploadedFile("people.csv", data)}, follow=True)


def test_a_file_larger_than_any_form_is_uploaded(client: Client) -> None:
    upload(client, HEAD + b"1,Ann," + b"x" * 13 * 2**20 + b"\n")

    assert PeopleImport.objects.get().chunks.count() == 14


def test_what_is_no_table_is_told_at_the_field(client: Client) -> None:
    page = upload(client, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR").content.decode()

    assert "This is not a table. Export the people as CSV or XLSX." in page
    assert not PeopleImport.objects.exists()


def test_the_template_can_be_filled_in_and_uploaded(client: Client) -> None:
    answer = client.get(reverse("import-template", args=["xlsx"]))
    book = load_workbook(io.BytesIO(b"".join(answer)))
    book.active.append(["1", "Ann", "ann@x.example"])
    file = io.BytesIO()
    book.save(file)

    upload(client, file.getvalue())

    assert step(PeopleImport.objects.get()).status == Status.READY


def test_progress_is_asked_for_alone_and_leads_on_when_it_is_over(client: Client) -> None:
    job = make_import(status=Status.READING, phase="Rows read: 5,000", percent=40)
    url = reverse("import-detail", args=[job.pk])

    page = client.get(url, headers={"HX-Request": "true"}).content.decode()
    PeopleImport.objects.update(status=Status.READY)
    answer = client.get(url, headers={"HX-Request": "true"})

    assert ("Waiting for a worker" in page, "<html" in page) == (True, False)
    assert answer["HX-Redirect"] == url


@pytest.mark.parametrize("number", [1, 3])
def test_previews_and_problems_cost_the_same_however_many_rows(
    client: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    ready, faulty = make_import(counts={"new": number}), make_import(status=Status.FAULTY, problem_count=number)
    for line in range(number):
        ImportRow.objects.create(job=ready, line=line, verdict="new", name="Ann", employee_number=str(line))
        ImportProblem.objects.create(job=faulty, line=line, column="name", reason="is empty.")

    for job in (ready, faulty):
        with django_assert_max_num_queries(10):
            client.get(reverse("import-detail", args=[job.pk]))
    with django_assert_max_num_queries(10):
        client.get(reverse("import-list"))


def test_hr_says_what_the_columns_hold_and_then_yes(client: Client) -> None:
    job = read("1,Ann,ann@x.example", head="employee_number,name,Kontakt")
    url = reverse("import-columns", args=[job.pk])
    columns = {"column-0": "employee_number", "column-1": "name", "encoding": "automatic", "date_order": "automatic"}

    opened = client.get(url).content.decode()
    twice = client.post(url, {**columns, "column-2": "name"}).context["form"]
    page = client.post(url, {**columns, "column-2": "unused"}).content.decode()
    client.post(url, {**columns, "column-2": "email"})
    job = step(job)
    client.post(reverse("import-apply", args=[job.pk]), {"seen": job.fingerprint})

    assert "In the file: ann@x.example" in opened
    assert dict(twice.errors) == {"column-2": ["“name” holds this already. Set one to “Not used”."]}
    assert "Choose a column for: E-mail address." in page
    assert step(job).status == Status.DONE
    assert Person.objects.filter(employee_number="1").exists()


def test_the_list_to_mend_can_be_downloaded(client: Client) -> None:
    job = read("1,=1+1,ann@x.example")

    text = b"".join(client.get(reverse("import-problems", args=[job.pk]))).decode()

    assert "2,name,“=1+1” looks like a formula. Write the plain value." in text
