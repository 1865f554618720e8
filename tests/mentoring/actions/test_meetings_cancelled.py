import pytest

from mentoring.actions.meetings import Report, cancel, log, move, plan
from mentoring.models import TransitionError
from tests.builders import make_meeting, make_pair
from tests.mentoring.actions.meetings import audit, calendar_entry, in_days, mails_to, make_past_meeting, make_plan

pytestmark = pytest.mark.django_db


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
