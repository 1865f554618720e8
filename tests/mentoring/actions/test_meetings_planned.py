import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions.meetings import (
    plan,
)
from mentoring.models import Meeting, TransitionError
from notifications.models import Message
from tests.builders import make_alice, make_bob, make_pair, make_programme
from tests.mentoring.actions.meetings import audit, calendar_entry, in_days, mails_to, make_past_meeting, make_plan

pytestmark = pytest.mark.django_db


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


def test_programme_sets_how_long_meetings_are() -> None:
    pair = make_pair(programme=make_programme(meeting_minutes_from=30, meeting_minutes_to=30))

    with pytest.raises(ValidationError, match="Meetings here last 30 minutes"):
        plan(pair, by=pair.mentor, plan=make_plan(minutes=45))
