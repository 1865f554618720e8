import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mentoring.models import Person
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_offer,
    make_pair,
    make_partner,
    make_person,
    make_skill,
    make_wish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> Person:
    person = make_alice()
    client.force_login(person.user)
    return person


def found(client: Client, **query: object) -> list[str]:
    return [person.name for person in client.get("/people/", query).context["cards"]]


def test_colleagues_who_are_here_are_listed_by_name(client: Client, alice: Person) -> None:
    make_charlie()
    make_bob()
    make_person(name="Gina", left_on=dt.date(2025, 1, 1))
    make_partner()

    assert found(client) == ["Alice", "Bob", "Charlie"]


def test_people_are_found_by_name_and_by_skill_with_typing_mistakes(client: Client, alice: Person) -> None:
    make_bob(name="Bob Falconer")
    make_offer(person=make_charlie(), skill=make_skill(name="Falconry"))

    assert found(client, q="falconer bob") == ["Bob Falconer"]
    assert found(client, q="falcnry") == ["Charlie"]
    assert found(client, q="nobody at all") == []


def test_filters_narrow_the_list_together(client: Client, alice: Person) -> None:
    bob, charlie = make_bob(site="Berlin"), make_charlie(open_to_quick_questions=False)

    assert found(client, department=bob.department_id) == ["Bob"]
    assert found(client, site=bob.site_id, department=charlie.department_id) == []
    assert found(client, grade=charlie.grade_id) == ["Charlie"]
    assert found(client, quick="on") == ["Alice", "Bob"]


@pytest.mark.parametrize("query", [{"department": "x"}, {"site": "9999999"}, {"q": "x" * 10_000}, {"page": "-3"}])
def test_a_filter_that_makes_no_sense_filters_nothing(client: Client, alice: Person, query: dict[str, str]) -> None:
    assert found(client, **query) == ["Alice"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_person_or_three(
    client: Client, alice: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for make in (make_bob, make_charlie, make_dana)[:number]:
        make_offer(person=make())

    with django_assert_num_queries(7):  # session, account, scales, how many, which, who, their offers
        client.get("/people/")


def test_a_person_shows_what_they_teach_and_want_and_how_to_meet(client: Client, alice: Person) -> None:
    bob = make_bob(introduction="I walk while I think.", pronouns="he/him", channels=["phone", "video"])
    make_offer(person=bob, skill=make_skill(name="Falconry"), learned="From my aunt")
    make_wish(person=bob, skill=make_skill(name="Hawking"))

    page = client.get(f"/people/{bob.pk}/").content.decode()

    for words in ("I walk while I think.", "he/him", "Falconry", "From my aunt", "Hawking", "Phone", "English"):
        assert words in page
    assert bob.user.email not in page


def test_a_person_is_asked_for_a_quick_question_only_if_open_to_it(client: Client, alice: Person) -> None:
    bob, charlie = make_bob(), make_charlie(open_to_quick_questions=False)

    assert client.get(f"/people/{bob.pk}/").context["may_ask_quickly"]
    assert not client.get(f"/people/{charlie.pk}/").context["may_ask_quickly"]
    assert not client.get(f"/people/{alice.pk}/").context["may_ask"]


def test_hr_sees_more_and_may_do_more(client: Client) -> None:
    bob = make_bob(employee_number="E-77")
    client.force_login(make_dana().user)

    page = client.get(f"/people/{bob.pk}/").content.decode()

    for words in (bob.user.email, "E-77", "Mark as left", "Give the HR role"):
        assert words in page


def test_a_partner_sees_only_whom_they_are_paired_with(client: Client) -> None:
    partner, alice, bob = make_partner(), make_alice(), make_bob()
    make_pair(mentor=partner, mentee=alice)
    client.force_login(partner.user)

    assert client.get(f"/people/{alice.pk}/").status_code == 200
    assert client.get(f"/people/{bob.pk}/").status_code == 404
    assert client.get("/people/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_a_person_costs_the_same_with_one_skill_or_three(
    client: Client, alice: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bob = make_bob(manager=make_charlie())
    for name in ("Falconry", "Hawking", "Archery")[:number]:
        make_offer(person=bob, skill=make_skill(name=name))
        make_wish(person=bob, skill=make_skill(name=name))

    with django_assert_num_queries(5):  # session, account, the person, offers, wishes
        client.get(f"/people/{bob.pk}/")
