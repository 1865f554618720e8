"""Asks for every address as every role."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring.models import Person
from notifications.models import Message
from notifications.outbox import post
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_check_in,
    make_dana,
    make_pair,
    make_person,
    make_programme,
)
from tests.permissions import goals, insights, matching, meetings, notifications, people, programmes, site
from tests.permissions.matrix import ROLES, Row, World, addresses

# One line for each table, so that two people who add one do not meet.
ROWS: list[Row] = [
    *site.ROWS,
    *notifications.ROWS,
    *insights.ROWS,
    *goals.ROWS,
    *matching.ROWS,
    *meetings.ROWS,
    *people.ROWS,
    *programmes.ROWS,
]


def make_world() -> World:
    cast = {
        "alice": make_alice(),
        "bob": make_bob(),
        "charlie": make_charlie(),
        "dana": make_dana(),
        "pat": make_person(
            name="Pat", kind=Person.Kind.PARTNER, partner_until=timezone.localdate() + dt.timedelta(days=90)
        ),
        "eve": make_person(name="Eve", left_on=timezone.localdate()),
    }
    world = World(cast)
    world.things["programme"] = programme = make_programme()
    people.fill(world)
    programmes.fill(world)
    world.things["pair"] = pair = make_pair(programme=programme, mentor=world.alice, mentee=world.bob)
    matching.fill(world)
    world.things["check_in"] = make_check_in(pair=pair, person=world.alice)
    for name in ("message", "dead_message"):
        post("tests/message", key=name, kind="pair", to=world.alice.user, context={"name": name})
        world.things[name] = Message.objects.get(key=name)
    Message.objects.filter(key="dead_message").update(status=Message.Status.DEAD)
    return world


def client_of(role: str, world: World) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(world.people[role].user)
    if role == "eve":  # she was signed in when she left
        world.people["eve"].user.is_active = False
        world.people["eve"].user.save()
    return client


def ask(row: Row, role: str, world: World) -> HttpResponse:
    """The answer; what asking changed is undone."""
    with transaction.atomic():
        client = client_of(role, world)
        url = reverse(row.name, args=row.args(world))
        with CaptureQueriesContext(connection) as asked:
            answer = (
                client.get(url, row.query(world) if row.query else {})
                if row.post is None
                else client.post(url, row.post(world))
            )
        list(answer)  # a download closes its file at its end
        if answer.streaming:  # a file, which is closed once it is read
            b"".join(answer)
        transaction.set_rollback(True)
    if row.post is None:
        assert len(asked) <= row.queries, [query["sql"] for query in asked]
    return answer  # type: ignore[return-value]


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name}")
def test_address(row: Row) -> None:
    world = make_world()

    answers = {role: ask(row, role, world) for role in ROLES}

    assert {role: answer.status_code for role, answer in answers.items()} == dict(row.expected)
    if row.behind_sign_in:
        assert answers["anonymous"]["Location"].startswith(reverse("account_login"))


def test_every_address_has_a_row() -> None:
    missing = addresses() - {row.name for row in ROWS} - site.GUARDED_BY_ALLAUTH - site.TESTED_ELSEWHERE

    assert missing == set()
