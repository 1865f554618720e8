import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mentoring.models import AuditEntry, Department, Grade, Person, Site
from tests.builders import make_alice, make_dana, make_department, make_grade, make_site

pytestmark = pytest.mark.django_db

URL = "/hr/people/organisation/"


@pytest.fixture
def dana(client: Client) -> Person:
    person = make_dana()
    client.force_login(person.user)
    return person


def errors(response: object) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)  # type: ignore[attr-defined]


def test_departments_sites_and_grades_are_added_with_a_record(client: Client, dana: Person) -> None:
    client.post(f"{URL}departments/add/", {"name": " Research  and care "})
    client.post(f"{URL}sites/add/", {"name": "Osaka", "time_zone": "tokyo"})
    client.post(f"{URL}grades/add/", {"name": "Principal", "level": "12"})

    assert Department.objects.filter(name="Research and care").exists()
    assert Site.objects.get(name="Osaka").time_zone == "Asia/Tokyo"
    assert Grade.objects.get(name="Principal").level == 12
    assert [entry.action for entry in AuditEntry.objects.all()] == ["organisation.changed"] * 3


def test_a_name_is_changed_and_the_record_says_from_what(client: Client, dana: Person) -> None:
    department = make_department(name="Sales")

    client.post(f"{URL}departments/{department.pk}/", {"name": "Customers"})

    department.refresh_from_db()
    assert department.name == "Customers"
    assert AuditEntry.objects.get().changes == {"name": ["Sales", "Customers"]}


@pytest.mark.parametrize(
    ("kind", "words", "field", "says"),
    [
        ("departments", {"name": ""}, "name", "Fill this in"),
        ("departments", {"name": "x" * 10_000}, "name", "at most 80"),
        ("departments", {"name": "SALES"}, "name", "already a department"),
        ("sites", {"name": "Osaka", "time_zone": "Nowhere/Land"}, "time_zone", "not a time zone"),
        ("grades", {"name": "Principal", "level": "3"}, "level", "already a grade at this level"),
        ("grades", {"name": "Principal", "level": "0"}, "level", "Use 1 or more"),
        ("grades", {"name": "Principal", "level": "99999999999"}, "level", "Use 1000 or less"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    client: Client, dana: Person, kind: str, words: dict[str, str], field: str, says: str
) -> None:
    make_department(name="Sales")
    make_grade(level=3)

    response = client.post(f"{URL}{kind}/add/", words)

    assert list(errors(response)) == [field]
    assert says in errors(response)[field][0]


def test_only_what_nobody_belongs_to_is_removed(client: Client, dana: Person) -> None:
    empty, full = make_site(name="Empty"), make_alice().site
    assert full is not None

    client.post(f"{URL}sites/{empty.pk}/remove/")
    client.post(f"{URL}sites/{empty.pk}/remove/")
    page = client.post(f"{URL}sites/{full.pk}/remove/", follow=True).content.decode()

    assert list(Site.objects.all()) == [full]
    assert f"People belong to {full}" in page
    assert AuditEntry.objects.count() == 1


def test_there_is_no_other_kind(client: Client, dana: Person) -> None:
    assert client.get(f"{URL}planets/add/").status_code == 404


def test_grades_stand_in_their_order_the_top_first(client: Client, dana: Person) -> None:
    make_grade(level=9)
    make_grade(level=1)

    rows = client.get(URL, {"part": "grades"}).context["rows"]

    assert [grade.level for grade in rows] == [9, 5, 1]


def test_a_thousand_departments_come_in_pages(client: Client, dana: Person) -> None:
    Department.objects.bulk_create(Department(name=f"Department {number:04}") for number in range(1000))

    page = client.get(URL, {"page": "3"})

    assert [row.name for row in page.context["rows"]] == [f"Department {number:04}" for number in range(100, 150)]
    assert "101–150 of" in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_with_one_row_or_three(
    client: Client, dana: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(number):
        make_department(name=f"Department {each}")

    with django_assert_num_queries(5):  # session, account; how many, which, and whose people
        client.get(URL)
