import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.models import AuditEntry, Person
from tests.builders import make_alice, make_bob, make_charlie, make_dana, make_grade, make_partner, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(client: Client) -> Person:
    person = make_dana()
    client.force_login(person.user)
    return person


def found(client: Client, **query: object) -> list[str]:
    return [person.name for person in client.get("/hr/people/", query).context["people"]]


def test_everybody_here_is_listed_partners_too(client: Client, dana: Person) -> None:
    make_alice()
    make_partner()
    make_person(name="Gina", left_on=dt.date(2025, 1, 1))

    assert found(client) == ["Alice", "Dana", "Paula"]
    assert found(client, who="left") == ["Gina"]
    assert found(client, who="hr") == ["Dana"]


def test_filters_and_search_narrow_the_list(client: Client, dana: Person) -> None:
    alice = make_alice(email="archer@demo.example")
    bob = make_bob(onboarded=False)
    make_partner()

    assert found(client, q="ARCHER@") == ["Alice"]
    assert found(client, q="bob") == ["Bob"]
    assert found(client, department=bob.department_id) == ["Bob"]
    assert found(client, grade=alice.grade_id) == ["Alice"]
    assert found(client, kind="partner") == ["Paula"]
    assert found(client, onboarded="no") == ["Bob"]
    assert found(client, onboarded="yes", kind="employee") == ["Alice", "Dana"]


def test_the_list_is_sorted_by_what_is_asked_for(client: Client, dana: Person) -> None:
    make_alice(level=9)
    make_bob(level=1)

    assert found(client, sort="grade") == ["Bob", "Dana", "Alice"]
    assert found(client, sort="-name") == ["Dana", "Bob", "Alice"]
    assert found(client, sort="password") == ["Alice", "Bob", "Dana"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_person_or_three(
    client: Client, dana: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for make in (make_alice, make_bob, make_charlie)[:number]:
        make()

    with django_assert_num_queries(6):  # session, account, scales, how many, which, who
        client.get("/hr/people/")


def test_hr_corrects_what_stands_in_a_profile(client: Client, dana: Person) -> None:
    alice, grade = make_alice(), make_grade(level=6)

    client.post(f"/people/{alice.pk}/edit/", {"name": "Alice", "grade": grade.pk, "employee_number": "E-1"})

    alice.refresh_from_db()
    assert (alice.grade, alice.employee_number) == (grade, "E-1")
    assert AuditEntry.objects.get().by == dana


def test_an_employee_number_that_is_taken_is_said_at_its_field(client: Client, dana: Person) -> None:
    make_bob(employee_number="E-1")
    alice = make_alice()

    response = client.post(f"/people/{alice.pk}/edit/", {"name": "Alice", "employee_number": "E-1"})

    assert list(response.context["form"].errors) == ["employee_number"]


def test_many_have_no_employee_number(client: Client, dana: Person) -> None:
    for person in (make_alice(), make_bob()):
        client.post(f"/people/{person.pk}/edit/", {"name": person.name, "employee_number": ""})

    assert Person.objects.filter(employee_number__isnull=True).count() == 3


def test_a_partner_needs_an_end(client: Client, dana: Person) -> None:
    partner = make_partner()
    url = f"/people/{partner.pk}/edit/"

    assert list(client.post(url, {"name": "Paula"}).context["form"].errors) == ["partner_until"]
    client.post(url, {"name": "Paula", "partner_until": "2031-05-01"})
    partner.refresh_from_db()
    assert partner.partner_until == dt.date(2031, 5, 1)


def test_marking_as_left_tells_what_happened_and_twice_does_no_harm(client: Client, dana: Person) -> None:
    alice = make_alice()

    first = client.post(f"/people/{alice.pk}/leave/", follow=True).content.decode()
    second = client.post(f"/people/{alice.pk}/leave/", follow=True).content.decode()

    alice.refresh_from_db()
    assert alice.left_on == timezone.localdate()
    assert "can no longer sign in" in first
    assert "was marked as left before" in second
    assert AuditEntry.objects.filter(action="person.left").count() == 1


def test_nobody_in_hr_marks_themselves_or_takes_their_own_role(client: Client, dana: Person) -> None:
    assert client.post(f"/people/{dana.pk}/leave/").status_code == 403
    assert client.post(f"/people/{dana.pk}/hr-role/", {"is_hr": "no"}).status_code == 403


def test_the_hr_role_is_given_and_taken(client: Client, dana: Person) -> None:
    alice = make_alice()

    client.post(f"/people/{alice.pk}/hr-role/", {"is_hr": "yes"})
    alice.user.refresh_from_db()
    assert alice.user.is_hr

    client.post(f"/people/{alice.pk}/hr-role/", {"is_hr": "no"})
    alice.user.refresh_from_db()
    assert not alice.user.is_hr
