"""Feedback between the two of a pair: written, slept on or sent at once, thanked for, asked about, kept.

It is between the two, and until it goes out its author's alone: the audit names nobody.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from goals import notices
from goals.models import Feedback
from mentoring.actions.base import hold, lock, record
from mentoring.models import AuditEntry, Pair, Person, TransitionError

A_DAY = dt.timedelta(days=1)
PARTS = ("situation", "saw", "effect", "next")
BATCH = 200
RELATED = ("pair", "author", "receiver__user")
Action, Status = AuditEntry.Action, Feedback.Status


@transaction.atomic
def give(pair: Pair, *, by: Person, words: Mapping[str, str], at_once: bool) -> Feedback:
    """`words` holds PARTS. At once, or after a day's thought; the same words twice are given once."""
    pair = _running(pair, by)
    words = {name: words[name] for name in PARTS}
    now = timezone.now()
    for same in pair.feedback.filter(author=by, written_at__gt=now - dt.timedelta(minutes=10)):
        if same.status != Status.TAKEN_BACK and all(getattr(same, name) == words[name] for name in PARTS):
            return same
    feedback = Feedback.objects.create(
        pair=pair, author=by, receiver=pair.partner_of(by), send_at=now if at_once else now + A_DAY, **words
    )
    record(Action.FEEDBACK_WRITTEN, feedback, by=None)
    if at_once:
        _send(feedback, now)
    return feedback


@transaction.atomic
def take_back(feedback: Feedback, *, by: Person) -> Feedback:
    """Nobody learns that it was there. Not possible once it is sent."""
    feedback = _own(feedback, by)
    if feedback.status == Status.TAKEN_BACK:
        return feedback
    if feedback.status == Status.SENT:
        raise TransitionError("It has gone out already, so it cannot be taken back. You can talk about it.")
    feedback.move_to(Status.TAKEN_BACK)
    feedback.save()
    record(Action.FEEDBACK_TAKEN_BACK, feedback, by=None)
    return feedback


@transaction.atomic
def send_now(feedback: Feedback, *, by: Person) -> Feedback:
    """No need to wait for the rest of the day."""
    _running(feedback.pair, by)
    feedback = _own(feedback, by)
    if feedback.status != Status.SENT:
        _send(feedback, timezone.now())
    return feedback


def send_due(now: dt.datetime) -> int:
    """Sends what has been slept on; how many."""
    return sum(_send_if_due(pk, now) for pk in list(Feedback.objects.due(now).values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _send_if_due(pk: int, now: dt.datetime) -> bool:
    """False where another worker has done it, or it was taken back meanwhile."""
    pair = hold(Pair(pk=Feedback.objects.values_list("pair", flat=True).get(pk=pk)))
    feedback = lock(Feedback(pk=pk), *RELATED)
    if feedback.status != Status.WAITING or feedback.send_at > now or pair.status != Pair.Status.ACTIVE:
        return False
    _send(feedback, now)
    return True


def _send(feedback: Feedback, now: dt.datetime) -> None:
    feedback.move_to(Status.SENT)
    feedback.sent_at = now
    feedback.save()
    record(Action.FEEDBACK_SENT, feedback, by=None)
    notices.feedback_sent(feedback)


@transaction.atomic
def thank(feedback: Feedback, *, by: Person) -> Feedback:
    feedback = _received(feedback, by)
    if feedback.thanked_at is None:
        feedback.thanked_at = timezone.now()
        feedback.save()
        record(Action.FEEDBACK_ANSWERED, feedback, by=None, thanked=True)
        notices.feedback_thanked(feedback)
    return feedback


@transaction.atomic
def keep(feedback: Feedback, *, by: Person, kept: bool) -> Feedback:
    """For the receiver's own list; the author does not see it."""
    feedback = _received(feedback, by)
    if (feedback.saved_at is not None) != kept:
        feedback.saved_at = timezone.now() if kept else None
        feedback.save()
        record(Action.FEEDBACK_ANSWERED, feedback, by=None, kept=kept)
    return feedback


@transaction.atomic
def ask(feedback: Feedback, *, by: Person, question: str) -> Feedback:
    """One question; the rest is for the next meeting."""
    feedback = _received(feedback, by)
    if feedback.asked_at is not None:
        if feedback.question == question:
            return feedback
        raise TransitionError("You have asked already. Talk about the rest when you meet.")
    feedback.question, feedback.asked_at = question, timezone.now()
    feedback.save()
    record(Action.FEEDBACK_ANSWERED, feedback, by=None, asked=True)
    notices.feedback_asked(feedback)
    return feedback


@transaction.atomic
def reply(feedback: Feedback, *, by: Person, answer: str) -> Feedback:
    """The author's answer to that question."""
    feedback = _own(feedback, by)
    if feedback.asked_at is None:
        raise TransitionError("Nothing was asked about it.")
    if feedback.answered_at is not None:
        if feedback.answer == answer:
            return feedback
        raise TransitionError("You have answered already. Talk about the rest when you meet.")
    feedback.answer, feedback.answered_at = answer, timezone.now()
    feedback.save()
    record(Action.FEEDBACK_ANSWERED, feedback, by=None, answered=True)
    notices.feedback_replied(feedback)
    return feedback


def stop(pairs: Sequence[Pair]) -> None:
    """What has not gone out when a pair is over goes nowhere."""
    for feedback in Feedback.objects.waiting().filter(pair__in=pairs).order_by("pk"):
        feedback.move_to(Status.TAKEN_BACK)
        feedback.save()
        record(Action.FEEDBACK_TAKEN_BACK, feedback, by=None)


def _running(pair: Pair, by: Person) -> Pair:
    pair.partner_of(by)
    held = hold(Pair(pk=pair.pk))
    if not held.is_running:
        raise TransitionError("This pair is over, so nothing more is sent in it.")
    return held


def _own(feedback: Feedback, by: Person) -> Feedback:
    feedback = lock(feedback, *RELATED)
    if feedback.author_id != by.pk:
        raise TransitionError("Only who wrote it does that.")
    return feedback


def _received(feedback: Feedback, by: Person) -> Feedback:
    feedback = lock(feedback, "pair", "author__user", "receiver")
    if feedback.receiver_id != by.pk or feedback.status != Status.SENT:
        raise TransitionError("Only who received it does that.")
    return feedback
