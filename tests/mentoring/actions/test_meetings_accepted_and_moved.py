import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.meetings import (
    accept,
    cancel,
    move,
    plan,
)
from mentoring.models import TransitionError
from tests.builders import make_pair
from tests.mentoring.actions.meetings import audit, calendar_entry, in_days, mails_to, make_plan

pytestmark = pytest.mark.django_db


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
