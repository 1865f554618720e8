import datetime as dt
import re
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from icalendar import Calendar

from notifications.calendar import Entry, Guest, cancellation, feed, invitation

LONDON = zoneinfo.ZoneInfo("Europe/London")
START = dt.datetime(2026, 3, 27, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def make_entry(**fields) -> Entry:
    return Entry(
        **{
            "uid": "meeting-1@mentoring.example",
            "sequence": 0,
            "starts_at": START,
            "ends_at": START + dt.timedelta(minutes=45),
            "changed_at": dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC),
            "title": "Alice and Bob: Social media",
            "guests": (
                Guest(name="Alice", email="alice@demo.example", has_accepted=True),
                Guest(name="Bob", email="bob@demo.example"),
            ),
            **fields,
        }
    )


def read_back(text: str) -> Calendar:
    return Calendar.from_ical(text)


def test_invitation_is_a_request_with_its_method_in_the_mime_type():
    name, mime, text = invitation(make_entry(), LONDON)

    assert (name, mime) == ("meeting.ics", "text/calendar; method=REQUEST")
    assert read_back(text)["method"] == "REQUEST"


def test_invitation_reads_back_as_it_was_written():
    entry = make_entry(
        words="Try a first post;\nwhat, then?",
        place="https://meet.example/abc?x=1,2",
        url="https://mentoring.example/meetings/1/",
    )

    (event,) = read_back(invitation(entry, LONDON)[2]).events

    assert event["uid"] == "meeting-1@mentoring.example"
    assert event["sequence"] == 0
    assert event["summary"] == "Alice and Bob: Social media"
    assert event["description"] == "Try a first post;\nwhat, then?"
    assert event["location"] == "https://meet.example/abc?x=1,2"
    assert event["url"] == "https://mentoring.example/meetings/1/"
    assert event["status"] == "CONFIRMED"
    assert event.decoded("dtstart") == START
    assert event.decoded("dtend") == START + dt.timedelta(minutes=45)


def test_times_stand_in_the_zone_of_the_reader_which_the_file_explains():
    text = invitation(make_entry(), zoneinfo.ZoneInfo("America/New_York"))[2]

    assert re.findall(r"DT(?:START|END);TZID=(\S+)", text) == [
        "America/New_York:20260327T043000", "America/New_York:20260327T051500",
    ]  # fmt: skip
    assert [component.name for component in read_back(text).subcomponents] == ["VTIMEZONE", "VEVENT"]


@pytest.mark.parametrize("zone", ["UTC", "Africa/Casablanca"])
def test_times_stand_in_utc_where_no_rule_says_the_zone(zone):
    text = invitation(make_entry(), zoneinfo.ZoneInfo(zone))[2]

    assert re.findall(r"DT(?:START|END):(\S+)", text) == ["20260327T083000Z", "20260327T091500Z"]
    assert "VTIMEZONE" not in text


def test_time_that_the_clocks_show_twice_stands_in_utc():
    twice = dt.datetime(2026, 10, 25, 1, 15, tzinfo=dt.UTC)  # 01:15 in London, and it was 01:15 an hour before

    text = invitation(make_entry(starts_at=twice, ends_at=twice + dt.timedelta(hours=1)), LONDON)[2]

    event = text.partition("BEGIN:VEVENT")[2]
    assert re.findall(r"DT(?:START|END):(\S+)", event) == ["20261025T011500Z", "20261025T021500Z"]


def test_organizer_is_the_site_and_nobody_has_to_reply(settings):
    settings.DEFAULT_FROM_EMAIL = "Reverse mentoring <mentoring@demo.example>"

    (event,) = read_back(invitation(make_entry(), LONDON)[2]).events

    assert str(event["organizer"]) == "mailto:mentoring@demo.example"
    assert event["organizer"].params["CN"] == "Reverse mentoring"
    assert [(str(a), a.params["CN"], a.params["PARTSTAT"], a.params["RSVP"]) for a in event["attendee"]] == [
        ("mailto:alice@demo.example", "Alice", "ACCEPTED", "FALSE"),
        ("mailto:bob@demo.example", "Bob", "NEEDS-ACTION", "FALSE"),
    ]


def test_cancellation_takes_the_same_entry_out():
    name, mime, text = cancellation(make_entry(sequence=2), LONDON)

    (event,) = read_back(text).events
    assert (name, mime) == ("meeting.ics", "text/calendar; method=CANCEL")
    assert read_back(text)["method"] == "CANCEL"
    assert (event["uid"], event["sequence"], event["status"]) == ("meeting-1@mentoring.example", 2, "CANCELLED")


def test_feed_publishes_meetings_and_invites_nobody():
    calendar = read_back(feed("My meetings", [make_entry(), make_entry(uid="meeting-2@mentoring.example")], LONDON))

    assert (calendar["method"], calendar["x-wr-calname"]) == ("PUBLISH", "My meetings")
    assert [event["uid"] for event in calendar.events] == ["meeting-1@mentoring.example", "meeting-2@mentoring.example"]
    assert [event.get("attendee") for event in calendar.events] == [None, None]


def test_feed_without_meetings_is_a_calendar_too():
    assert read_back(feed("My meetings", [], LONDON)).events == []


@pytest.mark.parametrize("name", ['Al "the Pal" O\'Neill', "Ö, Ä; Ü: ß", "A\nEND:VCALENDAR", "李雷", "Zoë 👩‍💻"])
def test_odd_names_break_no_file(name):
    entry = make_entry(guests=(Guest(name=name, email="a@demo.example"),), title=name)

    (event,) = read_back(invitation(entry, LONDON)[2]).events

    assert event["summary"] == name
    assert event["attendee"].params["CN"] == name.replace('"', "'").replace("\n", " ")


@hypothesis(deadline=None)  # the first file works out its zone
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_whatever_people_write_stays_one_event(title, words, name):
    entry = make_entry(title=title, words=words, place=words, guests=(Guest(name=name, email="a@demo.example"),))

    calendar = read_back(invitation(entry, LONDON)[2])

    assert [event["uid"] for event in calendar.events] == [entry.uid]
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]


def test_no_line_is_longer_than_calendars_take():
    text = invitation(make_entry(words="A long agenda, indeed. " * 40), LONDON)[2]

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
