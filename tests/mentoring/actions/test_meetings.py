import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar

from mentoring.actions.meetings import (
    LoggedAlready,
    Plan,
    Report,
    accept,
    cancel,
    keep_notes,
    log,
    log_unplanned,
    move,
    plan,
)
from mentoring.models import AuditEntry, Meeting, Pair, Person, PrivateNote, TransitionError
from mentoring.signals import meeting_logged
from notifications.models import Message
from tests.builders import make_alice, make_bob, make_meeting, make_pair, make_programme

pytestmark = pytest.mark.django_db


def in_days(days: float) -> dt.datetime:
    return timezone.now().replace(microsecond=0) + dt.timedelta(days=days)


def make_plan(*, starts_at: dt.datetime | None = None, minutes: int = 45, **fields: str) -> Plan:
    starts_at = starts_at or in_days(3)
    return Plan(starts_at=starts_at, ends_at=starts_at + dt.timedelta(minutes=minutes), **fields)


def make_past_meeting(pair: Pair, **fields: object) -> Meeting:
    return make_meeting(pair=pair, starts_at=in_days(-1), **fields)  # type: ignore[arg-type]


def audit() -> list[tuple[str, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "by"))


def mails_to(person: Person) -> list[Message]:
    return list(person.user.outbox.order_by("pk"))


def calendar_entry(message: Message) -> tuple[str, str, int, str]:
    """(method, UID, SEQUENCE, STATUS) of what the mail carries, read back by a parser."""
    [[_, mime, text]] = message.attachments
    calendar = Calendar.from_ical(text)
    [event] = calendar.events
    assert mime == f"text/calendar; method={calendar['method']}"
    return str(calendar["method"]), str(event["uid"]), int(event["sequence"]), str(event["status"])


def test_plan_keeps_the_meeting_tells_both_and_leaves_a_trace() -> None:
    pair = make_pair()
    wanted = make_plan(topic="A first post", place="Room 4", channel="in_person", agenda="Try one")

    meeting = plan(pair, by=pair.mentor, plan=wanted)

    kept = Meeting.objects.get()
    assert (kept.starts_at, kept.ends_at, kept.minutes) == (wanted.starts_at, wanted.ends_at, 45)
    assert (kept.topic, kept.place, kept.channel, kept.agenda) == ("A first post", "Room 4", "in_person", "Try one")
    assert (kept.planned_by, kept.status, kept.sequence) == (pair.mentor, "planned", 0)
    assert audit() == [("meeting.planned", pair.mentor_id)]
    for person in pair.people:
        [mail] = mails_to(person)
        assert calendar_entry(mail) == ("REQUEST", str(meeting.uid), 0, "CONFIRMED")


def test_plan_is_news_in_the_app_for_the_partner_alone() -> None:
    pair = make_pair()

    plan(pair, by=pair.mentor, plan=make_plan())

    assert [mails_to(person)[0].in_app for person in pair.people] == [False, True]


def test_message_shows_each_their_own_clock() -> None:
    alice = make_alice(time_zone="Europe/London")
    bob = make_bob(time_zone="America/New_York")
    today = timezone.localdate()
    summer = dt.date(today.year + (today >= dt.date(today.year, 7, 6)), 7, 6)
    start = dt.datetime.combine(summer, dt.time(14), tzinfo=dt.UTC)

    plan(make_pair(mentor=alice, mentee=bob), by=alice, plan=make_plan(starts_at=start))

    [to_alice], [to_bob] = mails_to(alice), mails_to(bob)
    assert "15:00 (London)" in to_alice.text
    assert "10:00 in New York" in to_alice.text
    assert "10:00 (New York)" in to_bob.text


@pytest.mark.parametrize(
    ("offset", "minutes", "field", "words"),
    [
        (dt.timedelta(minutes=-1), 45, "starts_at", "That time has passed."),
        (dt.timedelta(days=400), 45, "starts_at", "more than a year ahead"),
        (dt.timedelta(days=1), -45, "ends_at", "must end after it starts"),
        (dt.timedelta(days=1), 0, "ends_at", "must end after it starts"),
        (dt.timedelta(days=1), 44, "ends_at", "Meetings here last 45 to 60 minutes."),
        (dt.timedelta(days=1), 61, "ends_at", "Meetings here last 45 to 60 minutes."),
    ],
)
def test_plan_refuses_impossible_times_at_their_field(
    offset: dt.timedelta, minutes: int, field: str, words: str
) -> None:
    pair = make_pair()

    with pytest.raises(ValidationError) as no:
        plan(pair, by=pair.mentor, plan=make_plan(starts_at=timezone.now() + offset, minutes=minutes))

    assert words in no.value.message_dict[field][0]
    assert (Meeting.objects.count(), Message.objects.count(), audit()) == (0, 0, [])


def test_plan_sent_twice_is_one_meeting_and_one_message() -> None:
    pair = make_pair()
    wanted = make_plan()

    first, second = plan(pair, by=pair.mentor, plan=wanted), plan(pair, by=pair.mentor, plan=wanted)

    assert first == second
    assert (Meeting.objects.count(), len(mails_to(pair.mentee))) == (1, 1)


def test_plan_refuses_a_second_meeting_of_the_two_at_the_same_time() -> None:
    pair = make_pair()
    plan(pair, by=pair.mentor, plan=make_plan())

    with pytest.raises(ValidationError, match="have a meeting planned at that time already"):
        plan(pair, by=pair.mentee, plan=make_plan(starts_at=in_days(3) + dt.timedelta(minutes=30)))


def test_meetings_may_follow_each_other_without_a_pause() -> None:
    pair = make_pair()
    first = plan(pair, by=pair.mentor, plan=make_plan())

    second = plan(pair, by=pair.mentor, plan=make_plan(starts_at=first.ends_at))

    assert Meeting.objects.planned().count() == 2
    assert second.starts_at == first.ends_at


@pytest.mark.parametrize(
    ("status", "words"), [("paused", "is paused"), ("completed", "not active"), ("ended", "not active")]
)
def test_plan_refuses_pairs_that_are_not_active(status: str, words: str) -> None:
    pair = make_pair(status=status)

    with pytest.raises(TransitionError, match=words):
        plan(pair, by=pair.mentor, plan=make_plan())


def test_quick_question_has_two_meetings_at_the_most() -> None:
    pair = make_pair(kind="quick")
    make_past_meeting(pair, status="held")
    plan(pair, by=pair.mentor, plan=make_plan(minutes=15))

    with pytest.raises(TransitionError, match="two meetings at the most"):
        plan(pair, by=pair.mentor, plan=make_plan(starts_at=in_days(5), minutes=15))


def test_stranger_plans_nothing() -> None:
    pair, meeting_before = make_pair(), Meeting.objects.count()

    with pytest.raises(ValueError, match="not in the pair"):
        plan(pair, by=make_alice(), plan=make_plan())

    assert Meeting.objects.count() == meeting_before


def test_yes_of_the_other_settles_it_and_tells_the_one_who_planned_it() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())

    accepted = accept(meeting, by=pair.mentee)

    assert accepted.accepted_at is not None
    assert mails_to(pair.mentor)[-1].subject.startswith("Bob says yes to ")
    assert audit()[-1] == ("meeting.accepted", pair.mentee_id)


def test_yes_given_twice_is_one_yes() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())

    first, second = accept(meeting, by=pair.mentee), accept(meeting, by=pair.mentee)

    assert first.accepted_at == second.accepted_at
    assert len(mails_to(pair.mentor)) == 2  # planned, accepted


def test_yes_of_the_one_who_planned_it_settles_nothing() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())

    assert accept(meeting, by=pair.mentor).accepted_at is None


def test_yes_to_what_was_cancelled_says_so() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())
    cancel(meeting, by=pair.mentor)

    with pytest.raises(TransitionError, match="was cancelled"):
        accept(meeting, by=pair.mentee)


def test_move_in_time_asks_the_other_for_a_new_yes() -> None:
    pair = make_pair()
    meeting = accept(plan(pair, by=pair.mentor, plan=make_plan()), by=pair.mentee)

    moved = move(meeting, by=pair.mentee, plan=make_plan(starts_at=in_days(4)))

    assert moved.awaits_yes_of(pair.mentor)
    assert not moved.awaits_yes_of(pair.mentee)


def test_move_of_the_place_alone_keeps_the_yes() -> None:
    pair = make_pair()
    start = in_days(3)
    meeting = accept(plan(pair, by=pair.mentor, plan=make_plan(starts_at=start)), by=pair.mentee)

    moved = move(meeting, by=pair.mentor, plan=make_plan(starts_at=start, place="Room 9"))

    assert moved.accepted_at is not None


def test_move_raises_the_sequence_and_both_calendars_follow() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())
    later = make_plan(starts_at=in_days(4))

    moved = move(meeting, by=pair.mentee, plan=later, seen=0)

    assert (moved.starts_at, moved.sequence) == (later.starts_at, 1)
    for person in pair.people:
        assert calendar_entry(mails_to(person)[-1]) == ("REQUEST", str(meeting.uid), 1, "CONFIRMED")
    assert "moved your meeting to" in mails_to(pair.mentor)[-1].subject
    assert audit()[-1] == ("meeting.moved", pair.mentee_id)


def test_move_that_changes_nothing_tells_nobody() -> None:
    pair = make_pair()
    wanted = make_plan()
    meeting = plan(pair, by=pair.mentor, plan=wanted)

    unmoved = move(meeting, by=pair.mentee, plan=wanted, seen=0)

    assert (unmoved.sequence, len(mails_to(pair.mentor))) == (0, 1)


def test_move_of_the_place_alone_is_no_move_in_time() -> None:
    pair = make_pair()
    start = in_days(3)
    meeting = plan(pair, by=pair.mentor, plan=make_plan(starts_at=start))

    move(meeting, by=pair.mentor, plan=make_plan(starts_at=start, place="Room 9"), seen=0)

    assert "changed the plan for" in mails_to(pair.mentee)[-1].subject
    assert "Room 9" in mails_to(pair.mentee)[-1].text


def test_move_from_a_stale_page_is_refused() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())
    move(meeting, by=pair.mentee, plan=make_plan(starts_at=in_days(4)), seen=0)

    with pytest.raises(ValidationError, match="Somebody changed this while you had the page open"):
        move(meeting, by=pair.mentor, plan=make_plan(starts_at=in_days(5)), seen=0)


def test_move_may_overlap_its_own_old_time() -> None:
    pair = make_pair()
    start = in_days(3)
    meeting = plan(pair, by=pair.mentor, plan=make_plan(starts_at=start))

    moved = move(meeting, by=pair.mentor, plan=make_plan(starts_at=start + dt.timedelta(minutes=15)))

    assert moved.starts_at == start + dt.timedelta(minutes=15)


def test_cancel_keeps_who_did_it_and_takes_it_out_of_both_calendars() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())

    cancelled = cancel(meeting, by=pair.mentee, word="My train is late.")

    assert (cancelled.status, cancelled.cancelled_by, cancelled.sequence) == ("cancelled", pair.mentee, 1)
    for person in pair.people:
        assert calendar_entry(mails_to(person)[-1]) == ("CANCEL", str(meeting.uid), 1, "CANCELLED")
    assert "> My train is late." in mails_to(pair.mentor)[-1].text
    assert audit()[-1] == ("meeting.cancelled", pair.mentee_id)
    assert meeting.reminders.count() == 0


def test_cancel_sent_twice_is_one_cancellation() -> None:
    pair = make_pair()
    meeting = plan(pair, by=pair.mentor, plan=make_plan())

    cancel(meeting, by=pair.mentor)
    cancel(meeting, by=pair.mentor)

    assert len(mails_to(pair.mentee)) == 2  # planned, cancelled


def test_senior_who_cancels_twice_in_a_row_gets_a_kind_note_that_nobody_else_sees() -> None:
    pair = make_pair()
    for days in (3, 4):
        cancel(plan(pair, by=pair.mentor, plan=make_plan(starts_at=in_days(days))), by=pair.mentee)

    assert mails_to(pair.mentee)[-1].subject == "A thought on your meetings with Alice"
    assert not any("A thought" in mail.subject for mail in mails_to(pair.mentor))


@pytest.mark.parametrize("between", ["held", "cancelled"])
def test_senior_who_cancels_now_and_then_gets_no_note(between: str) -> None:
    pair = make_pair()
    cancel(plan(pair, by=pair.mentor, plan=make_plan(starts_at=in_days(3))), by=pair.mentee)
    make_meeting(pair=pair, starts_at=in_days(4), status=between, cancelled_by=pair.mentor)

    cancel(plan(pair, by=pair.mentor, plan=make_plan(starts_at=in_days(5))), by=pair.mentee)

    assert not any("A thought" in mail.subject for mail in mails_to(pair.mentee))


def test_junior_who_cancels_twice_is_left_alone() -> None:
    pair = make_pair()
    for days in (3, 4):
        cancel(plan(pair, by=pair.mentee, plan=make_plan(starts_at=in_days(days))), by=pair.mentor)

    assert not any("A thought" in mail.subject for mail in mails_to(pair.mentor))


def test_meeting_whose_time_has_come_is_logged_and_not_cancelled() -> None:
    pair = make_pair()

    with pytest.raises(TransitionError, match="Its time has come already"):
        cancel(make_past_meeting(pair), by=pair.mentor)


def test_cancelled_meeting_neither_moves_nor_is_logged() -> None:
    pair = make_pair()
    meeting = make_past_meeting(pair, status="cancelled")

    with pytest.raises(TransitionError, match="was cancelled"):
        move(meeting, by=pair.mentor, plan=make_plan())
    with pytest.raises(TransitionError, match="was cancelled"):
        log(meeting, by=pair.mentor, report=Report(took_place=True, minutes=45))


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
    [(1, "still to come"), (-32, "Your pair started on")],
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


def test_programme_sets_how_long_meetings_are() -> None:
    pair = make_pair(programme=make_programme(meeting_minutes_from=30, meeting_minutes_to=30))

    with pytest.raises(ValidationError, match="Meetings here last 30 minutes"):
        plan(pair, by=pair.mentor, plan=make_plan(minutes=45))
