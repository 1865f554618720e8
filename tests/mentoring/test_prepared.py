"""Queries that are written once."""

import datetime as dt

import pytest
from django.utils import timezone

from mentoring.models import Meeting, Pair
from mentoring.prepared import KEY, MOMENT, WORD, prepared
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
