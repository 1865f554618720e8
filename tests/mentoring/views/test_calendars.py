import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from mentoring.actions.calendar_feeds import make_anew
from tests.builders import make_alice, make_bob, make_meeting, make_note, make_pair
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


def feed_at(token: str) -> list[str]:
    answer = Client().get(reverse("calendar-feed", args=[token]))
    assert answer.status_code == 200
    return [str(event["uid"]) for event in Calendar.from_ical(answer.content.decode()).events]


def test_address_is_shown_once_and_shows_ones_meetings_without_sign_in() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair)
    client = client_of(pair.mentor)

    address = client.post(reverse("calendar")).context["address"]

    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert feed_at(token) == [str(meeting.uid)]
    assert client.get(reverse("calendar")).context["address"] == ""


def test_database_holds_no_token() -> None:
    token = make_anew(make_alice())

    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM mentoring_calendarfeed")
        [[stored]] = cursor.fetchall()
    assert token not in stored


def test_new_address_makes_the_old_one_void() -> None:
    alice = make_alice()
    old = make_anew(alice)

    new = make_anew(alice)

    assert Client().get(reverse("calendar-feed", args=[old])).status_code == 404
    assert feed_at(new) == []


def test_revoked_address_finds_nothing() -> None:
    alice = make_alice()
    token = make_anew(alice)

    client_of(alice).post(reverse("calendar-revoke"))

    assert Client().get(reverse("calendar-feed", args=[token])).status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 2000, "%00", "тест"])
def test_unknown_address_finds_nothing(token: str) -> None:
    make_anew(make_alice())

    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_address_of_somebody_who_has_left_finds_nothing() -> None:
    alice = make_alice()
    token = make_anew(alice)
    alice.left_on = timezone.localdate()
    alice.save()

    assert Client().get(reverse("calendar-feed", args=[token])).status_code == 404


def test_feed_holds_what_is_planned_and_held_and_nothing_of_others() -> None:
    pair, other = make_pair(), make_pair(mentor=make_alice(), mentee=make_bob())
    planned = make_meeting(pair=pair)
    held = make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=9), status="held")
    make_meeting(pair=pair, starts_at=timezone.now() + dt.timedelta(days=3), status="cancelled")
    make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=200), status="held")
    make_meeting(pair=other)

    assert feed_at(make_anew(pair.mentor)) == [str(held.uid), str(planned.uid)]


def test_feed_holds_no_private_word() -> None:
    pair = make_pair()
    make_meeting(pair=pair, status="held", shared_notes="sesame")
    make_note(pair=pair, text="sesame")

    answer = Client().get(reverse("calendar-feed", args=[make_anew(pair.mentor)]))

    assert "sesame" not in answer.content.decode()


def test_feed_asks_as_many_questions_for_three_meetings_as_for_one(django_assert_num_queries: object) -> None:
    pair = make_pair()
    token = make_anew(pair.mentor)
    for days in (1, 2, 3):
        make_meeting(pair=pair, starts_at=timezone.now() + dt.timedelta(days=days))
        with django_assert_num_queries(2):  # type: ignore[operator]
            feed_at(token)


def test_page_with_the_address_is_kept_by_no_cache() -> None:
    answer = client_of(make_alice()).post(reverse("calendar"))

    assert answer.headers["Cache-Control"] == "no-store"
