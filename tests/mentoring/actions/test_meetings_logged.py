import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.meetings import (
    LoggedAlready,
    Report,
    keep_notes,
    log,
    log_unplanned,
    plan,
)
from mentoring.models import AuditEntry, Meeting, PrivateNote, TransitionError
from mentoring.signals import meeting_logged
from notifications.models import Message
from tests.builders import make_meeting, make_pair
from tests.mentoring.actions.meetings import audit, in_days, make_past_meeting, make_plan

pytestmark = pytest.mark.django_db


def test_log_keeps_what_happened_and_tells_the_apps_above() -> None:
    pair = make_pair()
    meeting = make_past_meeting(pair)
    heard: list[Meeting] = []

    def listen(meeting: Meeting, **_: object) -> None:
        heard.append(meeting)

    meeting_logged.connect(listen)
    report = Report(
        took_place=True, minutes=50, topic="Hashtags", shared_notes="Try three", private_note="I talked too much"
    )

    logged = log(meeting, by=pair.mentor, report=report)

    meeting_logged.disconnect(listen)
    assert heard == [logged]
    assert (logged.status, logged.minutes, logged.topic, logged.shared_notes) == ("held", 50, "Hashtags", "Try three")
    assert (logged.logged_by, logged.sequence) == (pair.mentor, 1)
    assert audit()[-1] == ("meeting.logged", pair.mentor_id)
    [note] = PrivateNote.objects.all()
    assert (note.author, note.text) == (pair.mentor, "I talked too much")


def test_no_private_word_reaches_audit_or_outbox() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())
    Meeting.objects.update(starts_at=in_days(-1), ends_at=in_days(-0.9))

    log(meeting, by=pair.mentor, report=Report(took_place=True, minutes=45, private_note="xyzzy"))

    assert not any("xyzzy" in str(row) for row in AuditEntry.objects.values_list("object_name", "changes"))
    assert not any("xyzzy" in mail.text for mail in Message.objects.all())


def test_meeting_that_did_not_take_place_says_why_and_is_no_news() -> None:
    pair = make_pair()
    heard: list[object] = []
    meeting_logged.connect(heard.append, weak=False, dispatch_uid="test")

    logged = log(make_past_meeting(pair), by=pair.mentor, report=Report(took_place=False, because="forgotten"))

    meeting_logged.disconnect(dispatch_uid="test")
    assert (logged.status, logged.not_held_because, heard) == ("not_held", "forgotten", [])


@pytest.mark.parametrize("because", ["", "bored"])
def test_log_of_one_that_did_not_take_place_needs_a_reason_from_the_list(because: str) -> None:
    pair = make_pair()

    with pytest.raises(ValidationError, match="Choose what came in between"):
        log(make_past_meeting(pair), by=pair.mentor, report=Report(took_place=False, because=because))


def test_log_of_a_meeting_ahead_is_refused() -> None:
    pair = make_pair()

    with pytest.raises(TransitionError, match="still ahead of you"):
        log(make_meeting(pair=pair), by=pair.mentor, report=Report(took_place=True, minutes=45))


@pytest.mark.parametrize("minutes", [0, 4, 481, -45])
def test_log_refuses_unlikely_lengths(minutes: int) -> None:
    pair = make_pair()

    with pytest.raises(ValidationError, match="from 5 to 480 minutes"):
        log(make_past_meeting(pair), by=pair.mentor, report=Report(took_place=True, minutes=minutes))


def test_log_sent_twice_by_the_same_person_is_one_log() -> None:
    pair = make_pair()
    meeting = make_past_meeting(pair)
    report = Report(took_place=True, minutes=45, shared_notes="Try three")

    log(meeting, by=pair.mentor, report=report)
    log(meeting, by=pair.mentor, report=report)

    assert audit() == [("meeting.logged", pair.mentor_id)]


def test_log_after_the_partners_says_in_plain_words_who_was_quicker() -> None:
    pair = make_pair()
    meeting = make_past_meeting(pair)
    log(meeting, by=pair.mentor, report=Report(took_place=True, minutes=45))

    with pytest.raises(LoggedAlready, match="Alice has logged this meeting already"):
        log(meeting, by=pair.mentee, report=Report(took_place=False, because="forgotten"))

    meeting.refresh_from_db()
    assert meeting.status == "held"


def test_log_is_possible_after_the_pair_has_ended() -> None:
    pair = make_pair(status="ended")

    assert log(make_past_meeting(pair), by=pair.mentor, report=Report(took_place=True, minutes=45)).status == "held"


def test_meeting_without_a_plan_is_kept_as_held() -> None:
    pair = make_pair(started_at=in_days(-30))
    start = in_days(-2)

    meeting = log_unplanned(
        pair, by=pair.mentee, starts_at=start, channel="phone", report=Report(took_place=True, minutes=30)
    )

    assert (meeting.status, meeting.starts_at, meeting.minutes) == ("held", start, 30)
    assert (meeting.channel, meeting.logged_by) == ("phone", pair.mentee)


def test_meeting_without_a_plan_sent_twice_is_one_meeting() -> None:
    pair = make_pair(started_at=in_days(-30))
    start, report = in_days(-2), Report(took_place=True, minutes=30)

    for _ in range(2):
        log_unplanned(pair, by=pair.mentee, starts_at=start, channel="phone", report=report)

    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "still to come"), (-33, "Your pair began on")],
)
def test_meeting_without_a_plan_has_a_likely_time(days: int, words: str) -> None:
    pair = make_pair(started_at=in_days(-30))

    with pytest.raises(ValidationError, match=words):
        log_unplanned(
            pair, by=pair.mentor, starts_at=in_days(days), channel="phone", report=Report(took_place=True, minutes=30)
        )


@pytest.mark.parametrize(
    ("status", "words"), [("held", "is logged already"), ("planned", "had planned a meeting for then")]
)
def test_meeting_without_a_plan_does_not_double_one_that_is_there(status: str, words: str) -> None:
    pair = make_pair(started_at=in_days(-30))
    meeting = make_past_meeting(pair, status=status)

    with pytest.raises(ValidationError, match=words):
        log_unplanned(
            pair, by=pair.mentor, starts_at=meeting.starts_at + dt.timedelta(minutes=10), channel="phone",
            report=Report(took_place=True, minutes=30),
        )  # fmt: skip


def test_notes_for_both_are_changed_by_either() -> None:
    pair = make_pair()
    meeting = log(
        make_past_meeting(pair), by=pair.mentor, report=Report(took_place=True, minutes=45, shared_notes="One")
    )

    keep_notes(meeting, by=pair.mentee, shared="One and two", private="Mine", seen=meeting.sequence)

    meeting.refresh_from_db()
    assert meeting.shared_notes == "One and two"
    assert [(note.author, note.text) for note in PrivateNote.objects.all()] == [(pair.mentee, "Mine")]


def test_notes_for_both_from_a_stale_page_are_refused() -> None:
    pair = make_pair()
    meeting = log(make_past_meeting(pair), by=pair.mentor, report=Report(took_place=True, minutes=45))
    keep_notes(meeting, by=pair.mentee, shared="Two", private="", seen=meeting.sequence)

    with pytest.raises(ValidationError, match="Somebody changed this"):
        keep_notes(meeting, by=pair.mentor, shared="Three", private="", seen=meeting.sequence)


def test_own_note_is_kept_from_a_stale_page_too() -> None:
    pair = make_pair()
    meeting = log(make_past_meeting(pair), by=pair.mentor, report=Report(took_place=True, minutes=45))
    keep_notes(meeting, by=pair.mentee, shared="Two", private="", seen=meeting.sequence)

    keep_notes(meeting, by=pair.mentor, shared="Two", private="Mine", seen=meeting.sequence)

    assert PrivateNote.objects.get().text == "Mine"
