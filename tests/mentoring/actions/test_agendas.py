import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions.agendas import add_point, set_agenda
from mentoring.actions.meetings import Plan, move
from mentoring.models import Meeting, TransitionError
from notifications.models import Message
from tests.builders import make_meeting, make_pair

pytestmark = pytest.mark.django_db


def planned(**fields: object) -> Meeting:
    """Alice is the junior."""
    return make_meeting(pair=make_pair(), **fields)  # type: ignore[arg-type]


def test_the_junior_sets_the_agenda_and_both_calendars_follow() -> None:
    meeting = planned()

    set_agenda(meeting, by=meeting.pair.junior, text="Try one thing", seen=0)
    set_agenda(meeting, by=meeting.pair.junior, text="Try one thing", seen=0)

    row = Meeting.objects.get()
    assert (row.agenda, row.sequence) == ("Try one thing", 1)
    sent = Message.objects.order_by("pk")
    assert [(message.recipient, len(message.attachments), message.in_app) for message in sent] == [
        (meeting.pair.mentor.user, 1, False), (meeting.pair.mentee.user, 1, True),
    ]  # fmt: skip


def test_the_senior_adds_points_and_changes_nothing_of_it() -> None:
    meeting = planned(agenda="Try one thing")
    senior = meeting.pair.senior

    with pytest.raises(TransitionError, match="Alice sets the agenda"):
        set_agenda(meeting, by=senior, text="My budget", seen=0)
    add_point(meeting, by=senior, text="My budget")
    add_point(meeting, by=senior, text="My budget")

    assert Meeting.objects.get().agenda == "Try one thing\nMy budget (Bob)"


def test_a_senior_who_moves_a_meeting_leaves_its_agenda() -> None:
    meeting = planned(agenda="Try one thing")
    day = dt.timedelta(days=1)
    later = Plan(starts_at=meeting.starts_at + day, ends_at=meeting.ends_at + day, agenda="My budget")

    move(meeting, by=meeting.pair.senior, plan=later)
    assert Meeting.objects.get().agenda == "Try one thing"
    move(meeting, by=meeting.pair.junior, plan=later)

    assert Meeting.objects.get().agenda == "My budget"


def test_an_agenda_from_a_stale_page_is_refused_and_so_is_one_too_long() -> None:
    meeting = planned(agenda="x" * 1999)
    junior = meeting.pair.junior

    with pytest.raises(ValidationError, match="Somebody changed"):
        set_agenda(meeting, by=junior, text="Try one thing", seen=7)
    with pytest.raises(ValidationError, match="too long"):
        add_point(meeting, by=junior, text="One more")


def test_the_agenda_of_what_is_over_stays() -> None:
    meeting = planned(status="held", starts_at=timezone.now() - dt.timedelta(days=1))

    with pytest.raises(TransitionError, match="not planned"):
        add_point(meeting, by=meeting.pair.junior, text="One more")
