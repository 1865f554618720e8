import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.actions.agreed_steps import MOST_OPEN, agree, remind_due, reminder_of, take_back, tick
from mentoring.actions.people import change_profile
from mentoring.models import AgreedStep, AuditEntry, Pair, TransitionError
from notifications.choices import stop_mail
from notifications.models import Message
from tests.builders import make_alice, make_meeting, make_pair, make_step

pytestmark = pytest.mark.django_db
QUARTER = dt.timedelta(minutes=15)
TUESDAY = dt.date.fromisocalendar(timezone.now().year + 1, 20, 2)


def test_either_writes_down_what_either_does() -> None:
    pair = make_pair()
    meeting = make_meeting(pair=pair, status="held")
    friday = timezone.localdate() + dt.timedelta(days=4)

    agree(pair, by=pair.mentor, owner=pair.mentee, text="Post once", due_on=friday, meeting=meeting)

    step = AgreedStep.objects.get()
    assert (step.owner, step.text, step.due_on, step.meeting) == (pair.mentee, "Post once", friday, meeting)
    assert [row.changes for row in AuditEntry.objects.all()] == [{"next_steps": "added"}]


def test_the_same_step_sent_twice_is_one() -> None:
    pair = make_pair()

    for _ in range(2):
        agree(pair, by=pair.mentor, owner=pair.mentor, text="Post once")

    assert AgreedStep.objects.count() == 1


def test_stranger_takes_nothing_on() -> None:
    pair = make_pair()

    with pytest.raises(ValueError, match="not in the pair"):
        agree(pair, by=pair.mentor, owner=make_alice(), text="Post once")


@pytest.mark.parametrize(("text", "days", "words"), [(" ", 1, "Write down"), ("Post", 400, "more than a year ahead")])
def test_unlikely_steps_are_refused(text: str, days: int, words: str) -> None:
    pair = make_pair()

    with pytest.raises(ValidationError, match=words):
        agree(
            pair, by=pair.mentor, owner=pair.mentor, text=text, due_on=timezone.localdate() + dt.timedelta(days=days)
        )  # fmt: skip


def test_a_list_that_nobody_could_work_off_grows_no_longer() -> None:
    pair = make_pair()
    for number in range(MOST_OPEN):
        make_step(pair=pair, text=f"Step {number}")

    with pytest.raises(ValidationError, match="are open already"):
        agree(pair, by=pair.mentor, owner=pair.mentor, text="One more")


def test_owner_ticks_it_off_and_opens_it_again() -> None:
    step = make_step(pair=make_pair())

    done = tick(step, by=step.owner, done=True).done_at
    again = tick(step, by=step.owner, done=False).done_at

    assert (done is not None, again) == (True, None)


def test_partner_does_not_tick_it_off() -> None:
    pair = make_pair()

    with pytest.raises(TransitionError, match="Only who took it on"):
        tick(make_step(pair=pair), by=pair.mentee, done=True)


def test_step_that_stands_there_once_more_is_not_opened_again() -> None:
    pair = make_pair()
    step = tick(make_step(pair=pair), by=pair.mentor, done=True)
    make_step(pair=pair)

    with pytest.raises(TransitionError, match="once more"):
        tick(step, by=pair.mentor, done=False)


def test_either_takes_it_back() -> None:
    pair = make_pair()

    take_back(make_step(pair=pair), by=pair.mentee)

    assert AgreedStep.objects.count() == 0


def taken_on(due_on: dt.date, **fields: object) -> AgreedStep:
    pair = make_pair(mentor=make_alice(time_zone="Asia/Tokyo"))
    AgreedStep.objects.create(
        pair=pair, owner=pair.mentor, text="Post once", due_on=due_on,
        remind_at=reminder_of(pair.mentor, due_on, timezone.now()), **fields,
    )  # fmt: skip
    return AgreedStep.objects.select_related("owner", "pair").get()


@pytest.mark.parametrize(("day", "reminded_on"), [(1, 0), (0, -3), (-1, -3)])
def test_its_owner_is_reminded_on_the_working_day_before_at_their_own_morning(day: int, reminded_on: int) -> None:
    monday = TUESDAY - dt.timedelta(days=1)
    step = taken_on(monday + dt.timedelta(days=day))

    morning = dt.datetime.combine(monday + dt.timedelta(days=reminded_on), dt.time(9), tzinfo=step.owner.zone)

    assert step.remind_at == morning


def test_one_for_today_or_without_a_day_is_not_reminded_of() -> None:
    alice = make_alice()
    now = dt.datetime.combine(TUESDAY, dt.time(16), tzinfo=alice.zone)

    assert reminder_of(alice, TUESDAY, now) is None
    assert reminder_of(alice, None, now) is None
    assert reminder_of(alice, TUESDAY, now - dt.timedelta(hours=10)) == now - dt.timedelta(hours=7)


@pytest.mark.parametrize(
    ("due_on", "reminded_at"),
    [
        ((2028, 3, 1), (2028, 2, 29, 9, 0)),  # on the leap day
        ((2027, 3, 29), (2027, 3, 26, 9, 0)),  # a Monday after the clocks went forward
        ((2027, 11, 1), (2027, 10, 29, 8, 0)),  # a Monday after they went back: Friday was still summer time
    ],
)
def test_it_comes_at_nine_however_the_clocks_change(due_on: tuple[int, ...], reminded_at: tuple[int, ...]) -> None:
    at = reminder_of(make_alice(), dt.date(*due_on), timezone.now())

    assert at == dt.datetime(*reminded_at, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]


def test_reminder_goes_once_to_its_owner_alone() -> None:
    step = taken_on(TUESDAY)
    due = step.remind_at
    assert due is not None

    sent = [remind_due(now) for now in (due - QUARTER, due, due, due - QUARTER, due + QUARTER)]

    [message] = Message.objects.all()
    assert sent == [0, 1, 0, 0, 0]
    assert (message.recipient, message.kind, message.next_try_at) == (step.owner.user, "step", due)
    assert message.subject == "By Tuesday: what you took on with Bob"
    assert "Post once" in message.text


@pytest.mark.parametrize("status", ["paused", "ended"])
def test_nobody_is_reminded_while_their_pair_pauses_or_of_what_is_done(status: str) -> None:
    step = taken_on(TUESDAY)
    Pair.objects.update(status=status)
    later = step.remind_at + QUARTER  # type: ignore[operator]

    assert remind_due(later) == 0
    Pair.objects.update(status="active")
    tick(step, by=step.owner, done=True)
    assert remind_due(later) == 0


def test_who_does_not_want_them_gets_none_by_mail() -> None:
    step = taken_on(TUESDAY)
    stop_mail(step.owner_id, ["step"])

    remind_due(step.remind_at)  # type: ignore[arg-type]

    assert Message.objects.get().status == Message.Status.NOT_MAILED


def test_who_moves_is_reminded_at_their_new_morning() -> None:
    step = taken_on(TUESDAY)

    change_profile(step.owner, by=step.owner, time_zone="America/Los_Angeles")

    step.refresh_from_db()
    there = step.remind_at.astimezone(ZoneInfo("America/Los_Angeles"))  # type: ignore[union-attr]
    assert (there.date(), there.hour) == (TUESDAY - dt.timedelta(days=1), 9)


@pytest.mark.parametrize("count", [1, 3])
def test_reminders_that_are_due_are_read_at_once(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    pair = make_pair()
    for number in range(count):
        make_step(pair=pair, text=f"Step {number}", due_on=TUESDAY, remind_at=timezone.now() + QUARTER)

    with django_assert_num_queries(1):
        remind_due(timezone.now())
