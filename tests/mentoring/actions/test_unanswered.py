import datetime as dt
import itertools

import pytest
from django.utils import timezone

from mentoring.actions.pairs import accept, open_pair
from mentoring.actions.programmes import close
from mentoring.actions.unanswered import expire_due, remind_due, take_back_in_closed
from mentoring.models import Pair, Person, Programme
from notifications.models import Message
from tests.builders import make_alice, make_bob, make_dana, make_enrolment, make_programme, make_skill

pytestmark = pytest.mark.django_db
ALL_WEEK = {"working_days": [1, 2, 3, 4, 5, 6, 7], "work_starts": dt.time(9), "work_ends": dt.time(17)}


def invite(alice: Person | None = None, bob: Person | None = None) -> Pair:
    programme = make_programme()
    alice, bob = alice or make_alice(**ALL_WEEK), bob or make_bob(**ALL_WEEK)
    for person in (alice, bob):
        make_enrolment(person=person, programme=programme)
    return open_pair(programme, mentor=alice, mentee=bob, skill=make_skill(), by=make_dana())


def reminders() -> list[str]:
    found = Message.objects.filter(key__startswith="pair_reminder").order_by("pk")
    return list(found.values_list("recipient__person__name", flat=True))


def hours(number: float) -> dt.timedelta:
    return dt.timedelta(hours=number)


def test_a_reminder_goes_when_it_is_due_and_once() -> None:
    pair = invite()
    assert pair.remind_at is not None

    assert remind_due(pair.remind_at - hours(1)) == 0
    assert remind_due(pair.remind_at) == 1
    assert remind_due(pair.remind_at) == 0

    assert reminders() == ["Alice"]
    message = Message.objects.get(key__startswith="pair_reminder")
    assert "A no is private and needs no reason." in message.text


def test_a_reminder_that_two_workers_found_is_one_message() -> None:
    pair = invite()
    assert pair.remind_at is not None
    due = pair.remind_at

    remind_due(due)
    Pair.objects.update(remind_at=due)  # as if the second had read the row before the first wrote it
    remind_due(due)

    assert reminders() == ["Alice"]


def test_reminders_come_at_ever_shorter_distances_and_stop_before_the_end() -> None:
    pair = invite()
    due: list[dt.datetime] = []

    while pair.remind_at is not None:
        due.append(pair.remind_at)
        remind_due(pair.remind_at)
        pair.refresh_from_db()

    assert pair.answer_by is not None
    distances = [later - earlier for earlier, later in itertools.pairwise(due)]
    assert 2 <= len(due) <= 3
    assert distances == sorted(distances, reverse=True)
    assert due[-1] < pair.answer_by


def test_a_reminder_lies_in_the_working_hours_of_the_one_who_is_asked() -> None:
    alice = make_alice(time_zone="Asia/Tokyo", working_days=[2, 3], work_starts=dt.time(10), work_ends=dt.time(12))

    pair = invite(alice)

    for moment in (pair.remind_at, pair.answer_by):
        assert moment is not None
        here = moment.astimezone(alice.zone)
        assert here.isoweekday() in (2, 3)
        assert dt.time(10) <= here.time() <= dt.time(12)


def test_a_reminder_that_is_late_waits_for_working_hours() -> None:
    alice = make_alice(time_zone="Europe/London", **ALL_WEEK)
    pair = invite(alice)
    assert pair.remind_at is not None
    night = dt.datetime.combine(pair.remind_at.date() + dt.timedelta(days=1), dt.time(3), tzinfo=dt.UTC)

    remind_due(night)

    message = Message.objects.get(key__startswith="pair_reminder")
    assert message.due_at.astimezone(alice.zone).time() == dt.time(9)


def test_the_senior_is_reminded_only_once_the_junior_said_yes() -> None:
    pair = invite()
    accept(pair, by=pair.mentor)
    pair.refresh_from_db()
    assert pair.remind_at is not None

    remind_due(pair.remind_at)

    assert reminders() == ["Bob"]


def test_what_is_not_answered_in_time_ends_once() -> None:
    pair = invite()
    assert pair.answer_by is not None

    assert expire_due(pair.answer_by - hours(1)) == 0
    assert expire_due(pair.answer_by) == 1
    assert expire_due(pair.answer_by) == 0

    pair.refresh_from_db()
    assert pair.status == "expired"


def test_after_a_long_standstill_what_is_over_ends_without_a_reminder() -> None:
    pair = invite()
    late = timezone.now() + dt.timedelta(days=60)

    assert (expire_due(late), remind_due(late)) == (1, 0)

    pair.refresh_from_db()
    assert (pair.status, reminders()) == ("expired", [])


def test_the_invitations_of_a_closed_programme_are_taken_back() -> None:
    asking, other = invite(), invite(make_alice(), make_bob())
    assert asking.programme is not None
    close(asking.programme, by=make_dana())

    assert take_back_in_closed() == 1
    assert take_back_in_closed() == 0

    asking.refresh_from_db()
    other.refresh_from_db()
    assert (asking.status, other.status) == ("withdrawn", "asking_junior")


def test_a_programme_that_opened_again_keeps_its_invitations() -> None:
    pair = invite()
    Programme.objects.update(status=Programme.Status.LAUNCHED)

    assert take_back_in_closed() == 0
    assert accept(pair, by=pair.mentor).status == "asking_senior"
