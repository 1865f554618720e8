import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.models import Person, Programme
from tests.builders import make_alice, make_bob, make_dana, make_enrolment, make_pair, make_programme

pytestmark = pytest.mark.django_db


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person.user)
    return client


def test_a_draft_is_launched_and_closed_and_opened_again(client: Client) -> None:
    programme = make_programme(status=Programme.Status.DRAFT)
    signed_in(client, make_dana())
    statuses = []

    for step in ("launch", "launch", "close", "close", "launch"):
        client.post(f"/programmes/{programme.pk}/{step}/")
        programme.refresh_from_db()
        statuses.append((programme.status, programme.announcing))

    assert statuses == [("launched", False)] * 2 + [("closed", False)] * 2 + [("launched", False)]


def test_only_a_tick_tells_everybody(client: Client) -> None:
    programme = make_programme(status=Programme.Status.DRAFT)

    signed_in(client, make_dana()).post(f"/programmes/{programme.pk}/launch/", {"announce": "on"})

    programme.refresh_from_db()
    assert programme.announcing


@pytest.mark.parametrize("path", ["new/", "preview/", "{pk}/design/purpose/", "{pk}/launch/", "{pk}/close/"])
def test_programmes_are_designed_by_hr_alone(client: Client, path: str) -> None:
    programme = make_programme()

    response = signed_in(client, make_alice()).post("/programmes/" + path.format(pk=programme.pk), {"name": "Mine"})

    programme.refresh_from_db()
    assert (response.status_code, programme.status, programme.version) == (403, "launched", 1)


def test_a_draft_is_hidden_from_all_but_hr(client: Client) -> None:
    programme = make_programme(status=Programme.Status.DRAFT)

    statuses = [
        signed_in(client, person).get(f"/programmes/{programme.pk}/").status_code
        for person in (make_alice(), make_dana())
    ]

    assert statuses == [404, 200]


def test_a_partner_from_outside_sees_only_what_they_are_enrolled_in(client: Client) -> None:
    paula = make_bob(kind=Person.Kind.PARTNER, partner_until=dt.date(2099, 1, 1))
    theirs, other = make_programme(), make_programme()
    make_enrolment(person=paula, programme=theirs)

    statuses = [signed_in(client, paula).get(f"/programmes/{p.pk}/").status_code for p in (theirs, other)]

    assert statuses == [200, 404]


def test_the_page_of_a_programme_makes_its_guide_safe(client: Client) -> None:
    programme = make_programme(guide="# Hello\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1))")

    page = signed_in(client, make_alice()).get(f"/programmes/{programme.pk}/").content.decode()

    assert "<h1>Hello</h1>" in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


def test_the_list_puts_each_programme_where_the_reader_looks_for_it(client: Client) -> None:
    alice, today = make_alice(), timezone.localdate()
    mine = make_programme(name="Mine")
    make_enrolment(person=alice, programme=mine)
    make_programme(name="To join")
    make_programme(name="Too late", enrol_until=today - dt.timedelta(days=1))
    make_programme(name="Last year", starts_on=today - dt.timedelta(days=400), ends_on=today - dt.timedelta(days=200))
    make_programme(name="Draft", status=Programme.Status.DRAFT)

    groups = signed_in(client, alice).get("/programmes/").context["groups"]

    assert {group.title: [row.programme.name for row in group.rows] for group in groups} == {
        "Open for enrolment": ["To join"],
        "Mine": ["Mine"],
        "Running": ["Too late"],
        "Over": ["Last year"],
    }


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_few_questions_for_any_number(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dana = make_dana()
    for _ in range(number):
        make_enrolment(person=dana, programme=make_programme())
    signed_in(client, dana)

    with django_assert_num_queries(5):
        client.get("/programmes/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_of_hr_asks_the_same_few_questions_for_any_number(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = make_programme()
    for _ in range(number):
        make_pair(programme=programme)
    signed_in(client, make_dana())

    with django_assert_num_queries(8):
        page = client.get(f"/programmes/{programme.pk}/")

    figures = page.context["figures"]
    assert (figures.enrolled, figures.in_pair, figures.running) == (2 * number, 2 * number, number)
