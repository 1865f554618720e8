import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions.agreed_steps import MOST_OPEN, agree, take_back, tick
from mentoring.models import AgreedStep, AuditEntry, TransitionError
from tests.builders import make_alice, make_meeting, make_pair, make_step

pytestmark = pytest.mark.django_db


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
