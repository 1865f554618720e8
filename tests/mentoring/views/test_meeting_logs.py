import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring.actions.meetings import Report, keep_notes, log
from mentoring.models import Meeting, PrivateNote
from tests.builders import make_meeting, make_pair
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


def make_to_log(**fields: object) -> Meeting:
    return make_meeting(pair=make_pair(), starts_at=timezone.now() - dt.timedelta(days=1), **fields)  # type: ignore[arg-type]


def filled(**fields: str) -> dict[str, str]:
    return {"took_place": "yes", "minutes": "50", "topic": "Hashtags", "shared_notes": "Try three", **fields}


def test_log_keeps_what_was_said_and_leads_to_the_meeting() -> None:
    meeting = make_to_log()

    answer = client_of(meeting.pair.mentor).post(reverse("meeting-log", args=[meeting.pk]), filled(private_note="Mine"))

    meeting.refresh_from_db()
    assert answer.headers["Location"] == reverse("meeting-detail", args=[meeting.pk])
    assert (meeting.status, meeting.minutes, meeting.shared_notes) == ("held", 50, "Try three")
    assert PrivateNote.objects.get().author == meeting.pair.mentor


def test_log_of_one_that_did_not_take_place_needs_no_minutes() -> None:
    meeting = make_to_log()

    client_of(meeting.pair.mentor).post(
        reverse("meeting-log", args=[meeting.pk]), {"took_place": "no", "because": "forgotten", "minutes": ""}
    )

    meeting.refresh_from_db()
    assert (meeting.status, meeting.not_held_because) == ("not_held", "forgotten")


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"took_place": ""}, {"took_place", "because"}),
        ({"minutes": ""}, {"minutes"}),
        ({"minutes": "an hour"}, {"minutes"}),
        ({"minutes": "-5"}, {"minutes"}),
        ({"minutes": "100000"}, {"minutes"}),
        ({"took_place": "no", "because": ""}, {"because"}),
        ({"took_place": "no", "because": "bored"}, {"because"}),
        ({"shared_notes": "x" * 4001}, {"shared_notes"}),
    ],
)
def test_log_says_at_the_field_what_is_wrong(fields: dict[str, str], errors: set[str]) -> None:
    meeting = make_to_log()

    answer = client_of(meeting.pair.mentor).post(reverse("meeting-log", args=[meeting.pk]), filled(**fields))

    assert set(answer.context["form"].errors) == errors
    assert Meeting.objects.get().status == "planned"


def test_log_after_the_partners_keeps_what_was_typed_and_lets_it_be_added() -> None:
    meeting = make_to_log()
    log(meeting, by=meeting.pair.mentee, report=Report(took_place=True, minutes=45, shared_notes="One"))

    answer = client_of(meeting.pair.mentor).post(
        reverse("meeting-log", args=[meeting.pk]), filled(shared_notes="Two", private_note="Mine")
    )

    form = answer.context["form"]
    assert answer.status_code == 409
    assert "Bob has logged this meeting already" in answer.content.decode()
    assert (form["shared_notes"].value(), form["private_note"].value()) == ("One\n\nTwo", "Mine")


def test_log_after_the_partner_said_it_did_not_take_place_leads_to_the_meeting() -> None:
    meeting = make_to_log()
    log(meeting, by=meeting.pair.mentee, report=Report(took_place=False, because="forgotten"))

    answer = client_of(meeting.pair.mentor).post(reverse("meeting-log", args=[meeting.pk]), filled())

    assert answer.headers["Location"] == reverse("meeting-detail", args=[meeting.pk])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "cancelled"}, "was cancelled, so there is nothing to log"),
        ({"status": "held"}, "has logged this meeting already"),
    ],
)
def test_log_page_of_what_needs_no_log_says_why(fields: dict[str, str], words: str) -> None:
    meeting = make_to_log(**fields)

    answer = client_of(meeting.pair.mentor).get(reverse("meeting-log", args=[meeting.pk]), follow=True)

    assert words in answer.content.decode()


def test_log_page_of_a_meeting_ahead_says_so() -> None:
    meeting = make_meeting(pair=make_pair())

    answer = client_of(meeting.pair.mentor).get(reverse("meeting-log", args=[meeting.pk]), follow=True)

    assert "still ahead of you" in answer.content.decode()


def test_record_keeps_a_meeting_without_a_plan() -> None:
    pair = make_pair(started_at=timezone.now() - dt.timedelta(days=9))
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    answer = client_of(pair.mentor).post(
        reverse("meeting-record", args=[pair.pk]),
        {"day": yesterday.isoformat(), "clock": "12:30", "minutes": "30", "channel": "in_person"},
    )

    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == reverse("meeting-detail", args=[meeting.pk])
    assert meeting.status == "held"


def test_record_of_a_time_to_come_is_refused_at_the_time() -> None:
    pair = make_pair()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    answer = client_of(pair.mentor).post(
        reverse("meeting-record", args=[pair.pk]),
        {"day": tomorrow.isoformat(), "clock": "12:30", "minutes": "30", "channel": "in_person"},
    )

    assert answer.context["form"].errors == {"clock": ["That time is still to come. Plan the meeting instead."]}


def test_notes_are_kept() -> None:
    meeting = make_to_log(status="held")

    client_of(meeting.pair.mentor).post(
        reverse("meeting-notes", args=[meeting.pk]), {"shared_notes": "Both", "private_note": "Mine", "seen": "0"}
    )

    meeting.refresh_from_db()
    assert (meeting.shared_notes, PrivateNote.objects.get().text) == ("Both", "Mine")


def test_notes_from_a_stale_page_show_what_stands_there_now_and_keep_what_was_typed() -> None:
    meeting = make_to_log(status="held")
    keep_notes(meeting, by=meeting.pair.mentee, shared="Theirs", private="", seen=0)

    answer = client_of(meeting.pair.mentor).post(
        reverse("meeting-notes", args=[meeting.pk]), {"shared_notes": "Mine", "private_note": "", "seen": "0"}
    )

    page = answer.content.decode()
    assert "Somebody changed this while you had the page open" in page
    assert "Theirs" in page
    assert answer.context["form"]["shared_notes"].value() == "Mine"


def test_notes_of_what_did_not_take_place_lead_to_the_meeting() -> None:
    meeting = make_to_log(status="not_held")

    answer = client_of(meeting.pair.mentor).get(reverse("meeting-notes", args=[meeting.pk]))

    assert answer.headers["Location"] == reverse("meeting-detail", args=[meeting.pk])
