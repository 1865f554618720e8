"""The signed-in home page."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.models import Pair, Person
from notifications.models import Message
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_enrolment,
    make_meeting,
    make_pair,
    make_person,
    make_programme,
    make_request,
)

pytestmark = pytest.mark.django_db


def page_of(client: Client, person: Person) -> str:
    client.force_login(person.user)
    return client.get("/").content.decode()


def test_newcomer_is_shown_what_to_do(client: Client) -> None:
    page = page_of(client, make_charlie(onboarded=False))

    assert "Four short steps to your first pair" in page
    assert "No pair yet" in page
    assert "At a glance" not in page


def test_hr_sees_what_waits_for_hr(client: Client) -> None:
    page = page_of(client, make_dana())

    assert "At a glance" in page
    assert "Nothing waits for HR" in page
    assert "No pair yet" not in page


def test_partner_from_outside_is_told_to_wait(client: Client) -> None:
    make_programme(name="Not theirs")
    partner = make_person(kind=Person.Kind.PARTNER, partner_until=timezone.localdate() + dt.timedelta(days=30))

    page = page_of(client, partner)

    assert "HR is looking for the right colleague for you" in page
    assert "Not theirs" not in page


def test_bell_counts_unread_messages_of_this_person(client: Client) -> None:
    alice, bob = make_alice(), make_bob()
    for number, person in enumerate((alice, alice, bob)):
        Message.objects.create(
            key=str(number), kind="pair", recipient=person.user, to=person.user.email, subject="x", text="x",
            next_try_at=timezone.now(), due_at=timezone.now(),
        )  # fmt: skip

    assert "2 unread" in page_of(client, alice)
    assert "unread" not in page_of(client, make_charlie())


def test_hr_in_a_pair_that_begins_asks_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dana, programme = make_dana(), make_programme()
    make_enrolment(person=dana, programme=programme, mentee_capacity=2)
    make_meeting(pair=make_pair(mentee=dana, programme=programme, status=Pair.Status.BEGINNING))
    make_meeting(pair=make_pair(mentor=make_alice(), mentee=dana, programme=programme))
    make_request(asked=dana)
    client.force_login(dana.user)

    with django_assert_max_num_queries(25):
        answer = client.get("/")

    assert "your briefing" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_pairs_and_programmes(
    client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dana, programme = make_dana(), make_programme()
    make_enrolment(person=dana, programme=programme, mentee_capacity=3)
    for _ in range(number):
        make_meeting(pair=make_pair(mentor=make_alice(), mentee=dana, programme=programme))
        make_pair(mentee=dana, status=Pair.Status.ACTIVE, kind=Pair.Kind.QUICK)
        make_programme()
    client.force_login(dana.user)

    with django_assert_max_num_queries(25):
        answer = client.get("/")

    assert answer.status_code == 200
