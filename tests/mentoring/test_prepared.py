"""Queries that are written once."""

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from pytest_django import Settings

from mentoring.models import Meeting, Pair, Person
from mentoring.prepared import KEY, KEYS, MOMENT, WORD, prepared
from tests.builders import make_alice, make_meeting, make_note, make_pair

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_rows_are_what_the_query_itself_gives() -> None:
    pairs = [make_pair(), make_pair()]
    make_meeting(pair=pairs[0], starts_at=NOW + dt.timedelta(days=2))
    with_mentor = Meeting.objects.select_related("pair__mentor")
    ahead = prepared(lambda person, now: with_mentor.of(person).ahead(now), KEY, MOMENT)

    asked = [ahead(pair.mentor.pk, NOW) for pair in pairs]

    assert asked == [list(Meeting.objects.of(pair.mentor).ahead(NOW)) for pair in pairs]
    assert asked[0][0].pair.mentor == pairs[0].mentor


def test_rows_come_with_annotations_and_in_clear() -> None:
    note = make_note(pair=make_pair(), text="for me alone")
    notes = prepared(lambda author: type(note).objects.filter(author=author).only("text"), KEY)

    [found] = notes(note.author_id)

    assert (found.text, found.get_deferred_fields() > {"updated_at"}) == ("for me alone", True)


def test_values_come_as_values_list_has_them() -> None:
    pair = make_pair()
    one = prepared(lambda key: Pair.objects.filter(pk=key).values_list("pk", "mentor__name"), KEY)
    flat = prepared(lambda name: Pair.objects.filter(mentor__name=name).values_list("pk", flat=True), WORD)

    assert (one(pair.pk), flat(pair.mentor.name)) == ([(pair.pk, pair.mentor.name)], [pair.pk])


def test_values_that_the_query_would_change_are_refused() -> None:
    yesterday = prepared(lambda now: Meeting.objects.ahead(now - dt.timedelta(days=1)), MOMENT)

    with pytest.raises(TypeError):
        yesterday(NOW)


def test_as_many_values_are_given_as_are_asked_for() -> None:
    alice = make_alice()

    with pytest.raises(TypeError):
        prepared(lambda person: Pair.objects.of(person), KEY)(alice.pk, NOW)


def test_many_keys_are_one_value_however_many() -> None:
    people = [make_alice(), *(pair.mentor for pair in (make_pair(), make_pair()))]
    among = prepared(
        lambda keys: Person.objects.filter(pk__among=keys).order_by("pk").values_list("pk", flat=True), KEYS
    )
    paired = prepared(lambda keys: Pair.objects.filter(mentor__among=keys).order_by().values_list("mentor"), KEYS)

    assert [among({person.pk for person in people[:n]}) for n in (0, 1, 3)] == [
        sorted(person.pk for person in people[:n]) for n in (0, 1, 3)
    ]
    assert sorted(paired([person.pk for person in people])) == sorted((person.pk,) for person in people[1:])


@pytest.mark.parametrize("prepares", [True, False])
def test_a_connection_plans_a_query_once_unless_a_pooler_would_lose_it(prepares: bool, settings: Settings) -> None:
    settings.DATABASE_PREPARES = prepares
    alice = make_alice()
    named = prepared(lambda name, since: Person.objects.filter(name=name, updated_at__lt=since), WORD, MOMENT)
    before = plans()

    found = [named(alice.name, NOW + dt.timedelta(hours=hours)) for hours in (1, -1, 1)]

    assert found == [[alice], [], [alice]]
    assert plans() - before == (1 if prepares else 0)


def plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return int(cursor.fetchone()[0])


def test_a_number_that_no_key_can_be_finds_nothing() -> None:
    make_alice()
    by_key = prepared(lambda key: Person.objects.filter(pk=key), KEY)

    assert by_key(10**30) == []


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_between_two_requests_is_made_anew() -> None:
    alice = make_alice()
    by_key = prepared(lambda key: Person.objects.filter(pk=key), KEY)
    by_key(alice.pk)

    connection.health_check_done = False  # as Django says before each request
    with_the_same = connection.connection
    kill(connection)

    assert by_key(alice.pk) == [alice]
    assert connection.connection is not with_the_same


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_dies_in_the_midst_of_a_request_is_an_error() -> None:
    by_key = prepared(lambda key: Person.objects.filter(pk=key), KEY)
    by_key(1)

    kill(connection)

    with pytest.raises(OperationalError):
        by_key(1)
    connection.close()


def kill(one: BaseDatabaseWrapper) -> None:
    process = one.connection.info.backend_pid
    other = one.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 30000)", [process])
    other.close()


def test_a_query_is_counted_and_told_like_any_other(django_assert_num_queries: Any) -> None:
    by_key = prepared(lambda key: Person.objects.filter(pk=key), KEY)
    by_key(1)

    with django_assert_num_queries(2):
        by_key(1)
        by_key(2)
    by_key(1)
