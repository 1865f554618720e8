"""What this app does on news from below, in the transaction of the action that sends it."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from goals.actions import agreements, check_ins, feedback, pace, surveys
from mentoring.models import Meeting, Pair, Person, Programme
from mentoring.signals import meeting_logged, pair_started, pairs_ended, people_left, programme_copied


@receiver(pair_started)
def begin(pair: Pair, **_: Any) -> None:
    agreements.begin(pair)
    check_ins.begin(pair)
    pace.begin(pair)
    surveys.begin(pair)


@receiver(meeting_logged)
def begin_sooner(meeting: Meeting, **_: Any) -> None:
    if meeting.status == Meeting.Status.HELD:
        check_ins.begin_sooner(meeting)


@receiver(pairs_ended)
def stop(pairs: Sequence[Pair], **_: Any) -> None:
    check_ins.stop(pairs)
    pace.stop(pairs)
    feedback.stop(pairs)


@receiver(people_left)
def forget(people: Sequence[Person], **_: Any) -> None:
    check_ins.forget(people)
    surveys.forget(people)


@receiver(programme_copied)
def copy(programme: Programme, of: Programme, **_: Any) -> None:
    surveys.copy_all(of, programme)
