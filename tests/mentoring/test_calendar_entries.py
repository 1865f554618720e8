import datetime as dt

import pytest
from django.utils import timezone
from icalendar import Calendar

from mentoring.calendar_entries import entry_of, feed_of
from tests.builders import make_meeting, make_pair

pytestmark = pytest.mark.django_db


def test_entry_says_who_meets_what_about_and_where_it_is_in_the_app() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair, topic="Hashtags", agenda="Try one", place="Room 4")

    entry = entry_of(meeting, accepted_by=pair.mentor)

    assert (entry.title, entry.place) == ("Alice and Bob: Hashtags", "Room 4")
    assert entry.words == f"Try one\n\n{entry.url}"
    assert entry.url.endswith(f"/meetings/{meeting.pk}/")
    assert [(guest.name, guest.has_accepted) for guest in entry.guests] == [("Alice", True), ("Bob", False)]


def test_entry_without_topic_and_place_names_the_skill_and_the_channel() -> None:
    entry = entry_of(make_meeting(pair=make_pair(), channel="phone"))

    assert (entry.title, entry.place) == ("Alice and Bob: Social media", "Phone")


def test_entry_keeps_its_uid_when_the_meeting_moves() -> None:
    meeting = make_meeting(pair=make_pair())
    before = entry_of(meeting).uid

    meeting.starts_at += dt.timedelta(days=1)
    meeting.sequence += 1

    assert (entry_of(meeting).uid, entry_of(meeting).sequence) == (before, 1)


def test_feed_is_the_same_as_long_as_nothing_changes() -> None:
    pair = make_pair()
    make_meeting(pair=pair)
    now = timezone.now()

    first, second = feed_of(pair.mentor, now), feed_of(pair.mentor, now + dt.timedelta(minutes=5))

    assert first == second
    assert len(Calendar.from_ical(first).events) == 1
