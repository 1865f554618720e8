import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from mentoring.actions.meetings import Plan, move
from mentoring.models import Meeting, Pair
from tests.builders import make_alice, make_bob, make_meeting, make_pair
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


def make_ahead(**fields: object) -> Meeting:
    return make_meeting(pair=make_pair(), starts_at=timezone.now() + dt.timedelta(days=3), **fields)  # type: ignore[arg-type]


def filled(**fields: str) -> dict[str, str]:
    day = timezone.localdate() + dt.timedelta(days=9)
    return {"day": day.isoformat(), "clock": "11:00", "minutes": "45", "channel": "video", **fields}


def post_plan(pair: Pair, **fields: str) -> tuple[str, dict[str, list[str]]]:
    """Where it leads, and the errors at their fields."""
    answer = client_of(pair.mentor).post(reverse("meeting-plan", args=[pair.pk]), filled(**fields))
    led_to = answer.headers.get("Location", "")
    return led_to, {} if led_to else answer.context["form"].errors


def test_another_plan_for_the_same_time_is_refused_at_the_time_and_nothing_typed_is_lost() -> None:
    pair = make_pair()
    post_plan(pair, topic="Hashtags")

    again, _ = post_plan(pair, topic="Hashtags")
    led_to, errors = post_plan(pair, topic="Something else")

    assert (bool(again), led_to, list(errors)) == (True, "", ["clock"])
    assert pair.meetings.count() == 1


def test_plan_reads_the_time_on_the_persons_own_clock() -> None:
    pair = make_pair(mentor=make_alice(time_zone="Asia/Tokyo"))

    led_to, _ = post_plan(pair, topic="A first post", place="Room 4", agenda="One thing")

    meeting = Meeting.objects.get()
    assert led_to == reverse("pair-detail", args=[pair.pk])
    assert meeting.starts_at.astimezone(ZoneInfo("Asia/Tokyo")).time() == dt.time(11)
    assert (meeting.minutes, meeting.topic, meeting.place, meeting.agenda) == (
        45,
        "A first post",
        "Room 4",
        "One thing",
    )


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"day": ""}, "day", "Fill this in."),
        ({"day": "soon"}, "day", "Choose a day from the calendar, or write it as 2026-06-30."),
        ({"day": "2020-02-30"}, "day", "Choose a day from the calendar, or write it as 2026-06-30."),
        ({"day": "0001-01-01"}, "day", "That is more than a year ago. Choose a later day."),
        ({"day": "9999-12-31"}, "day", "That is more than a year ahead. Choose an earlier day."),
        ({"clock": "25:00"}, "clock", "Write the time as 14:30."),
        ({"minutes": "500"}, "minutes", "Choose from the list."),
        ({"channel": "pigeon"}, "channel", "Choose from the list."),
        ({"topic": "x" * 201}, "topic", "Use at most 200 characters; these are 201."),
        ({"agenda": "x" * 10_000}, "agenda", "Use at most 2000 characters; these are 10000."),
    ],
)
def test_plan_says_at_the_field_what_is_wrong(fields: dict[str, str], field: str, words: str) -> None:
    _, errors = post_plan(make_pair(), **fields)

    assert errors == {field: [words]}
    assert Meeting.objects.count() == 0


def test_plan_in_the_past_says_so_at_the_time_and_keeps_what_was_typed() -> None:
    pair = make_pair()
    day = timezone.localdate() - dt.timedelta(days=1)

    answer = client_of(pair.mentor).post(
        reverse("meeting-plan", args=[pair.pk]), filled(day=day.isoformat(), topic="A first post")
    )

    assert answer.context["form"].errors == {"clock": ["That time has passed. Choose one that is still to come."]}
    assert 'value="A first post"' in answer.content.decode()


def change_of_clocks_ahead(zone: str, *, forward: bool) -> dt.date:
    """The next day within a year on which the clocks there go forward, or back."""
    here = ZoneInfo(zone)
    days = (timezone.localdate() + dt.timedelta(days=n) for n in range(2, 364))
    for day in days:
        before, after = (
            dt.datetime.combine(day + dt.timedelta(days=n), dt.time(), tzinfo=here).utcoffset() for n in (0, 1)
        )
        assert before is not None
        assert after is not None
        if before != after and (after > before) == forward:
            return day
    raise AssertionError("no change within a year")


@pytest.mark.parametrize(("forward", "words"), [(True, "does not exist in London"), (False, "comes twice in London")])
def test_plan_at_a_time_that_the_clocks_skip_or_show_twice_gets_a_plain_word(forward: bool, words: str) -> None:
    pair = make_pair(mentor=make_alice(time_zone="Europe/London"))
    day = change_of_clocks_ahead("Europe/London", forward=forward)

    _, errors = post_plan(pair, day=day.isoformat(), clock="01:30")

    assert words in errors["clock"][0]
    assert Meeting.objects.count() == 0


def test_plan_posted_twice_is_one_meeting() -> None:
    pair = make_pair()

    assert post_plan(pair)[0] == post_plan(pair)[0]
    assert Meeting.objects.count() == 1


def test_plan_page_offers_times_that_suit_both_and_one_click_plans_them() -> None:
    pair = make_pair(mentee=make_bob(time_zone="Europe/Berlin"))
    client = client_of(pair.mentor)

    page = client.get(reverse("meeting-plan", args=[pair.pk]))

    first = page.context["times"][0].astimezone(pair.mentor.zone)
    client.post(
        reverse("meeting-plan", args=[pair.pk]),
        {"day": f"{first:%Y-%m-%d}", "clock": f"{first:%H:%M}", "minutes": "45", "channel": "video"},
    )
    assert Meeting.objects.get().starts_at == first


def test_plan_page_fills_in_the_suggested_agenda_when_asked() -> None:
    pair = make_pair()

    page = client_of(pair.mentor).get(reverse("meeting-plan", args=[pair.pk]), {"agenda": "1"})

    assert "What each wants" in page.context["form"]["agenda"].value()


def test_plan_page_leaves_the_first_word_on_an_introduction_to_the_junior() -> None:
    pair = make_pair(status="beginning")
    address = reverse("meeting-plan", args=[pair.pk])

    page = client_of(pair.senior).get(address, follow=True)
    answer = client_of(pair.senior).post(address, filled())

    words = "Alice has the first word on when you meet. If you have heard nothing by"
    assert (page.redirect_chain[0][0], words in page.content.decode()) == (reverse("pair-detail", args=[pair.pk]), True)
    assert (words in str(answer.context["form"].errors), pair.meetings.exists()) == (True, False)
    assert client_of(pair.junior).get(address).status_code == 200


def test_plan_of_a_paused_pair_says_what_to_do() -> None:
    pair = make_pair(status="paused")

    _, errors = post_plan(pair)

    assert errors == {"__all__": ["Your pair is paused. Take it up again, then plan."]}


@pytest.mark.parametrize(("clock", "words"), [("14:30", "within working hours"), ("23:00", "outside working hours")])
def test_clock_of_the_partner_is_shown(clock: str, words: str) -> None:
    pair = make_pair(mentee=make_bob(time_zone="America/New_York"))
    monday = timezone.localdate() + dt.timedelta(days=7 - timezone.localdate().weekday())

    answer = client_of(pair.mentor).get(
        reverse("meeting-clock", args=[pair.pk]), {"day": monday.isoformat(), "clock": clock, "minutes": "45"}
    )

    assert "in New York" in answer.content.decode()
    assert words in answer.content.decode()


def test_clock_of_the_partner_waits_for_a_time() -> None:
    pair = make_pair()

    answer = client_of(pair.mentor).get(reverse("meeting-clock", args=[pair.pk]), {"day": "soon", "clock": ""})

    assert (answer.status_code, answer.content.decode().strip()) == (200, "")


def test_one_click_says_yes() -> None:
    meeting = make_ahead()
    client = client_of(meeting.pair.mentee)

    asked = client.get(reverse("meeting-detail", args=[meeting.pk])).content.decode()
    answer = client.post(reverse("meeting-accept", args=[meeting.pk]), follow=True).content.decode()

    assert ("It suits me" in asked, "It suits me" in answer) == (True, False)
    assert "Both said yes" in answer


def test_yes_that_comes_too_late_says_why() -> None:
    meeting = make_meeting(pair=make_pair(), starts_at=timezone.now() - dt.timedelta(minutes=1))

    answer = client_of(meeting.pair.mentee).post(reverse("meeting-accept", args=[meeting.pk]), follow=True)

    assert "Its time has come already" in answer.content.decode()


def test_move_page_starts_from_the_plan() -> None:
    meeting = make_ahead(topic="Hashtags")

    form = client_of(meeting.pair.mentor).get(reverse("meeting-move", args=[meeting.pk])).context["form"]

    assert (form["topic"].value(), form["minutes"].value()) == ("Hashtags", 45)


def test_move_from_a_stale_page_is_refused_and_the_next_try_passes() -> None:
    meeting = make_ahead()
    later = timezone.now() + dt.timedelta(days=5)
    move(meeting, by=meeting.pair.mentee, plan=Plan(starts_at=later, ends_at=later + dt.timedelta(minutes=45)))
    client, url = client_of(meeting.pair.mentor), reverse("meeting-move", args=[meeting.pk])

    refused = client.post(url, filled(seen="0"))
    [shown] = re.findall(r'name="seen" value="([0-9]+)"', refused.content.decode())
    again = client.post(url, filled(seen=shown))

    assert "Somebody changed this while you had the page open" in refused.content.decode()
    assert again.headers["Location"] == reverse("meeting-detail", args=[meeting.pk])


def test_meeting_whose_time_has_come_is_not_moved() -> None:
    meeting = make_meeting(pair=make_pair(), starts_at=timezone.now() - dt.timedelta(minutes=1))

    answer = client_of(meeting.pair.mentor).get(reverse("meeting-move", args=[meeting.pk]))

    assert answer.headers["Location"] == reverse("meeting-detail", args=[meeting.pk])


def test_cancel_leads_back_to_the_pair() -> None:
    meeting = make_ahead()

    answer = client_of(meeting.pair.mentor).post(reverse("meeting-cancel", args=[meeting.pk]), {"word": "Ill"})

    meeting.refresh_from_db()
    assert answer.headers["Location"] == reverse("pair-detail", args=[meeting.pair_id])
    assert meeting.status == "cancelled"


def test_cancel_of_what_the_partner_has_logged_says_so() -> None:
    meeting = make_ahead(status="held")

    answer = client_of(meeting.pair.mentor).post(reverse("meeting-cancel", args=[meeting.pk]))

    assert "This meeting was logged already" in answer.content.decode()


def test_meeting_page_keeps_the_partners_private_note_to_the_partner() -> None:
    meeting = make_ahead(status="held", shared_notes="For both")
    meeting.private_notes.create(pair=meeting.pair, author=meeting.pair.mentee, text="Between me and me")

    mine = client_of(meeting.pair.mentor).get(reverse("meeting-detail", args=[meeting.pk])).content.decode()
    theirs = client_of(meeting.pair.mentee).get(reverse("meeting-detail", args=[meeting.pk])).content.decode()

    assert ("For both" in mine, "Between me and me" in mine) == (True, False)
    assert ("For both" in theirs, "Between me and me" in theirs) == (True, True)


@pytest.mark.parametrize(
    ("place", "is_link"),
    [("https://meet.example/abc", True), ("javascript:alert(1)", False), ("Room 4", False), ("https://a b", False)],
)
def test_place_becomes_a_link_only_where_it_is_one(place: str, is_link: bool) -> None:
    meeting = make_ahead(place=place)

    page = client_of(meeting.pair.mentor).get(reverse("meeting-detail", args=[meeting.pk])).content.decode()

    assert (f'href="{place}"' in page) == is_link


def test_file_for_the_calendar_reads_back() -> None:
    meeting = make_ahead()

    answer = client_of(meeting.pair.mentee).get(reverse("meeting-file", args=[meeting.pk]))

    [event] = Calendar.from_ical(answer.content.decode()).events
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(event["uid"]) == str(meeting.uid)


@pytest.mark.parametrize("name", ["meeting-plan", "meeting-record"])
def test_pages_of_a_pair_ask_few_questions_however_many_meetings(
    name: str, django_assert_max_num_queries: object
) -> None:
    pair = make_pair()
    client = client_of(pair.mentor)
    for days in (-9, -5, 4):
        make_meeting(pair=pair, starts_at=timezone.now() + dt.timedelta(days=days), status="held")

    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get(reverse(name, args=[pair.pk]))
