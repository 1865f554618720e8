"""The beginning of a pair: both read their briefing, meet once, and say privately whether to go on.

What somebody says is told to nobody, and acted on in one of two ways only. Both would like to go on: then the pair
starts. Or the day comes by which both were to answer: then it ends. So a no, a second no, a silence and a briefing that
was never read end a pair at the same moment and in the same words, for the other of the two and for HR; no audit row
tells them apart, and the answers are deleted with the end.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from mentoring.actions import decision_times
from mentoring.actions.base import record
from mentoring.actions.meetings import cancel_all_ahead
from mentoring.actions.new_pairs import offer
from mentoring.actions.starting import finish, locked, start
from mentoring.models import AuditEntry, IntroductionAnswer, Meeting, Pair, Person, Programme, TransitionError
from mentoring.notices import beginnings as notices

Action, Status = AuditEntry.Action, Pair.Status
BATCH = 200
OVER = "This beginning is over, so there is nothing to say any more. Reload the page to see where it stands."


def begin(pair: Pair, *, by: Person | None) -> Pair:
    """Both have said yes to a locked pair of a programme, or to one that is not saved yet."""
    assert pair.programme is not None
    now = timezone.now()
    pair.status, pair.begun_at, pair.both_know_since = Status.BEGINNING, now, pair.both_know_since or now
    pair.with_introduction = pair.programme.has_introduction
    decision_times.set_times(pair, now)
    pair.save()
    record(Action.PAIR_BEGUN, pair, by=by, skill=pair.skill.name)
    notices.begun(pair)
    return pair


@transaction.atomic
def confirm_briefing(pair: Pair, *, by: Person) -> Pair:
    """Once is enough. No audit row: of a pair that did not go on, it would show who had not got that far."""
    pair = _locked_of(pair, by)
    if pair.briefed_at(by) is not None:
        return pair
    if not pair.is_beginning:
        raise TransitionError(OVER)
    role = "mentor" if by.pk == pair.mentor_id else "mentee"
    setattr(pair, f"{role}_briefed_at", timezone.now())
    pair.save(update_fields=[f"{role}_briefed_at"])
    return _start_if_ready(pair)


@transaction.atomic
def say(pair: Pair, *, by: Person, goes_on: bool) -> Pair:
    """Private, and may be changed until it is acted on. No audit row says that there was an answer."""
    pair = _locked_of(pair, by)
    if not pair.is_beginning:
        raise TransitionError(OVER)
    if goes_on and not may_go_on(pair, by, timezone.now()):
        raise TransitionError("Read your briefing and meet first; then say whether you would like to go on.")
    IntroductionAnswer.objects.update_or_create(pair=pair, person=by, defaults={"goes_on": goes_on})
    return _start_if_ready(pair)


def may_go_on(pair: Pair, person: Person, now: dt.datetime) -> bool:
    """They have read their briefing, and the time of the introduction has come."""
    if not pair.with_introduction or pair.briefed_at(person) is None:
        return False
    meeting = decision_times.introduction_of(pair)
    return meeting is not None and (meeting.status == Meeting.Status.HELD or meeting.starts_at <= now)


def _start_if_ready(pair: Pair) -> Pair:
    """In nobody's name: it would say who came last."""
    said = dict(pair.introduction_answers.values_list("person", "goes_on"))
    if not pair.are_briefed or False in said.values() or (pair.with_introduction and len(said) < 2):
        return pair
    if pair.programme and pair.programme.status != Programme.Status.LAUNCHED:
        return pair  # the sweep takes it back
    pair.introduction_answers.all().delete()
    return start(pair, by=None)


def part(pair: Pair, *, tell: Iterable[Person]) -> None:
    """The end of a locked beginning."""
    cancel_all_ahead(pair)
    pair.introduction_answers.all().delete()
    finish(pair, Status.PARTED)
    record(Action.PAIR_PARTED, pair, by=None)
    offer(pair)
    for person in tell:
        notices.parted(pair, person)


@transaction.atomic
def decide(pair: Pair, *, now: dt.datetime | None = None) -> Pair:
    """Ends a beginning whose time is up. Raises TransitionError while there is time."""
    pair = locked(pair)
    if not pair.is_beginning or pair.answer_by is None or pair.answer_by > (now or timezone.now()):
        raise TransitionError("There is still time to answer.")
    part(pair, tell=pair.people)
    return pair


def decide_due(now: dt.datetime) -> int:
    """Ends the beginnings whose time is up; how many."""
    return sum(_decided(pair, now) for pair in Pair.objects.decision_due(now).order_by("answer_by")[:BATCH])


def _decided(pair: Pair, now: dt.datetime) -> bool:
    try:
        decide(pair, now=now)
    except TransitionError:
        return False  # started or moved meanwhile
    return True


def remind_due(now: dt.datetime) -> int:
    """Reminds both of what is due, whatever they have said; how many pairs."""
    due = Pair.objects.decision_reminder_due(now).with_people().order_by("remind_at")
    return sum(_remind(pair, now) for pair in due[:BATCH])


@transaction.atomic
def _remind(pair: Pair, now: dt.datetime) -> bool:
    due = pair.remind_at
    assert due is not None
    following = decision_times.next_reminder(pair, now, after=due)
    if not Pair.objects.beginning().filter(pk=pair.pk, remind_at=due).update(remind_at=following):
        return False
    notices.reminder(pair, due=due, now=now)
    return True


def _locked_of(pair: Pair, person: Person) -> Pair:
    """Raises ValueError for somebody who is not in it."""
    pair.partner_of(person)
    return locked(pair)
