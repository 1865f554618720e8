import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from mentoring.actions.pair_life import complete, end, end_all_of, pause, resume
from mentoring.actions.people import leave
from mentoring.models import AuditEntry, CalendarFeed, Meeting, Pair, Person, Role, Seat, TransitionError
from mentoring.signals import pairs_ended
from tests.builders import make_alice, make_dana, make_meeting, make_pair

pytestmark = pytest.mark.django_db


def messages(person: Person) -> list[str]:
    return [key.split(":")[0] for key in person.user.outbox.order_by("pk").values_list("key", flat=True)]


def audit() -> list[tuple[str, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "by"))


def heard_by(action: Callable[[], object]) -> list[Pair]:
    """Which pairs the apps above were told of."""
    heard: list[Pair] = []
    pairs_ended.connect(lambda pairs, **_: heard.extend(pairs), weak=False, dispatch_uid="test")
    action()
    pairs_ended.disconnect(dispatch_uid="test")
    return heard


def free_seats(pair: Pair) -> list[str]:
    seats = Seat.objects.free().filter(enrolment__programme=pair.programme)
    return list(seats.filter(enrolment__person=pair.mentor, role=Role.MENTOR).values_list("role", flat=True)) + list(
        seats.filter(enrolment__person=pair.mentee, role=Role.MENTEE).values_list("role", flat=True)
    )


def test_pause_tells_the_partner_and_takes_meetings_out_of_both_calendars() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair)

    paused = pause(pair, by=pair.mentor)

    meeting.refresh_from_db()
    assert (paused.status, meeting.status, meeting.cancelled_by) == ("paused", "cancelled", None)
    assert messages(pair.mentor) == ["meeting_taken_out"]
    assert messages(pair.mentee) == ["meeting_taken_out", "pair_paused"]
    assert audit() == [("meeting.cancelled", None), ("pair.paused", pair.mentor_id)]


def test_pause_leaves_a_meeting_of_yesterday_to_be_logged() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=1))

    pause(pair, by=pair.mentor)

    meeting.refresh_from_db()
    assert meeting.status == "planned"


def test_paused_pair_keeps_its_seats() -> None:
    pair = make_pair()

    pause(pair, by=pair.mentor)

    assert free_seats(pair) == []


def test_resume_is_open_to_either() -> None:
    pair = make_pair(status="paused")

    assert resume(pair, by=pair.mentee).status == "active"
    assert messages(pair.mentor) == ["pair_resumed"]


def test_pair_may_pause_more_than_once_and_says_so_each_time() -> None:
    pair = make_pair()

    for _ in range(2):
        pause(pair, by=pair.mentor)
        resume(pair, by=pair.mentor)

    assert messages(pair.mentee) == ["pair_paused", "pair_resumed"] * 2


def test_complete_thanks_the_partner_and_frees_both_seats() -> None:
    pair = make_pair()
    make_meeting(pair=pair, status="held")

    assert heard_by(lambda: complete(pair, by=pair.mentee)) == [pair]

    pair.refresh_from_db()
    assert pair.status == "completed"
    assert pair.finished_at is not None
    assert messages(pair.mentor) == ["pair_completed"]
    assert free_seats(pair) == ["mentor", "mentee"]
    assert audit() == [("pair.completed", pair.mentee_id)]


def test_complete_wants_one_meeting_at_least() -> None:
    pair = make_pair()

    with pytest.raises(ValidationError, match="You have logged no meeting yet"):
        complete(pair, by=pair.mentor)


def test_quick_question_may_be_answered_without_a_meeting() -> None:
    pair = make_pair(kind="quick")

    assert complete(pair, by=pair.mentee).status == "completed"
    assert messages(pair.mentor) == ["question_completed"]


def test_early_end_is_kind_to_the_other_and_private_to_the_one_who_ended_it() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair)

    assert heard_by(lambda: end(pair, by=pair.mentor, because="We did not click")) == [pair]

    pair.refresh_from_db()
    meeting.refresh_from_db()
    assert (pair.status, pair.ended_by, pair.ended_because) == ("ended", pair.mentor, "We did not click")
    assert (meeting.status, meeting.cancelled_by) == ("cancelled", None)
    assert messages(pair.mentee) == ["meeting_taken_out", "pair_ended"]
    assert messages(pair.mentor) == ["meeting_taken_out"]
    assert free_seats(pair) == ["mentor", "mentee"]


def test_early_end_names_nobody_in_the_audit() -> None:
    pair = make_pair()
    make_meeting(pair=pair)

    end(pair, by=pair.mentor, because="We did not click")

    assert audit() == [("meeting.cancelled", None), ("pair.ended", None)]


def test_message_of_an_early_end_neither_blames_nor_gives_a_reason() -> None:
    pair = make_pair()

    end(pair, by=pair.mentor, because="We did not click")

    text = pair.mentee.user.outbox.get().text
    assert "your pair with Alice ends here, earlier than planned" in text
    assert "it says nothing about you" in text
    assert "click" not in text
    assert "ended it" not in text


def test_reason_of_an_early_end_is_encrypted_in_the_database() -> None:
    pair = make_pair()

    end(pair, by=pair.mentor, because="We did not click")

    with connection.cursor() as cursor:
        cursor.execute("SELECT ended_because FROM mentoring_pair")
        [[stored]] = cursor.fetchall()
    assert "click" not in stored


def test_end_by_both_at_once_is_one_end() -> None:
    pair = make_pair()
    end(pair, by=pair.mentor)

    end(pair, by=pair.mentee)

    assert (messages(pair.mentor), messages(pair.mentee)) == ([], ["pair_ended"])


@pytest.mark.parametrize("action", [pause, resume, complete, end])
@pytest.mark.parametrize("status", ["asking_junior", "declined", "withdrawn"])
def test_pair_that_has_not_started_has_no_life_yet(action: Callable[..., Pair], status: str) -> None:
    pair = make_pair(status=status)
    make_meeting(pair=pair, status="held")

    with pytest.raises(TransitionError):
        action(pair, by=pair.mentor)


@pytest.mark.parametrize("action", [pause, resume, complete, end])
def test_stranger_changes_nothing(action: Callable[..., Pair]) -> None:
    pair = make_pair()

    with pytest.raises(ValueError, match="not in the pair"):
        action(pair, by=make_alice())


def test_completed_pair_cannot_end_early() -> None:
    pair = make_pair(status="completed")

    with pytest.raises(TransitionError, match="completed"):
        end(pair, by=pair.mentor)


def test_person_who_leaves_ends_their_running_pairs_gently() -> None:
    pair, other = make_pair(), make_pair(mentor=make_alice())
    make_meeting(pair=pair)
    CalendarFeed.objects.create(person=pair.mentor, digest="x")

    assert heard_by(lambda: leave(pair.mentor, by=make_dana())) == [pair]

    pair.refresh_from_db()
    other.refresh_from_db()
    assert (pair.status, pair.ended_by, other.status) == ("ended", None, "active")
    assert messages(pair.mentee) == ["meeting_taken_out", "pair_partner_left"]
    assert Meeting.objects.planned().count() == 0
    assert CalendarFeed.objects.count() == 0


def test_person_who_leaves_keeps_what_was_completed() -> None:
    pair = make_pair(status="completed")

    end_all_of(pair.mentor)

    pair.refresh_from_db()
    assert (pair.status, messages(pair.mentee)) == ("completed", [])
