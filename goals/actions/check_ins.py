"""Check-ins: asked for, reminded of, answered or lapsed; each of these schedules what comes next.

Every function may run twice, late or in two workers: a message is claimed by a conditional update, an answer and a
lapse by the row's lock. Nothing of an answer is written anywhere but into its own row, and the audit does not say whose
it is.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from goals import notices, rhythm
from goals.actions import hands, pace
from goals.models import CheckIn, Hand
from goals.models.check_in import LAST, CheckInQuerySet
from goals.rhythm import Rhythm
from mentoring.actions.base import hold, lock, record
from mentoring.models import AuditEntry, Meeting, Pair, Person, TransitionError

BATCH = 200
ANSWERS = ("happiness", "information", "progress", "help_wanted", "words", "share_with_hr")


def begin(pair: Pair, now: dt.datetime | None = None) -> None:
    """Schedules the first of both. Quick questions have none."""
    if not pair.is_quick:
        for person in pair.people:
            _schedule(pair, person, number=1, now=now or timezone.now())


def begin_sooner(meeting: Meeting, now: dt.datetime | None = None) -> None:
    """After a meeting, the first check-in does not wait for the rhythm; one that was asked for already stays."""
    now, pair = now or timezone.now(), meeting.pair
    if pair.is_quick or pair.programme is None:
        return
    step = Rhythm.of(pair.programme)
    for person in pair.people:
        due = rhythm.after_meeting(person, meeting.ends_at, now)
        first = CheckIn.objects.waiting().filter(pair=pair, person=person, number=1, asked=0, due_at__gt=due)
        first.exclude(occasion__in=LAST).update(
            due_at=due, remind_at=due, lapses_at=rhythm.lapse(step, person, due), occasion=CheckIn.Occasion.REGULAR
        )


def stop(pairs: Sequence[Pair]) -> None:
    """Nobody is asked about a pair that ended early; of one that was completed, once more now and six months later."""
    completed = [pair for pair in pairs if pair.status == Pair.Status.COMPLETED and not pair.is_quick]
    for pair in completed:
        _come_to_the_end(pair, timezone.now())
    if others := [pair.pk for pair in pairs if pair not in completed]:
        _let_go(CheckIn.objects.filter(pair__in=others))


def forget(people: Sequence[Person]) -> None:
    """Nobody who has left is asked."""
    _let_go(CheckIn.objects.filter(person__in=people))


def _let_go(check_ins: CheckInQuerySet) -> None:
    check_ins.waiting().update(status=CheckIn.Status.LAPSED, remind_at=None)


def _come_to_the_end(pair: Pair, now: dt.datetime) -> None:
    """What waits on the way becomes the one at the end."""
    assert pair.programme is not None
    step = Rhythm.of(pair.programme)
    for row in CheckIn.objects.waiting().filter(pair=pair).exclude(occasion__in=LAST).select_related("person"):
        row.occasion = CheckIn.Occasion.END
        if not row.asked:
            row.due_at = row.remind_at = rhythm.after_meeting(row.person, now, now)
            row.lapses_at = rhythm.lapse(step, row.person, row.due_at)
        row.save()


def ask_due(now: dt.datetime) -> int:
    """Sends the questions and reminders that are due; how many."""
    rows = CheckIn.objects.message_due(now).select_related("pair__programme", "person__user")
    due = rows.select_related("pair__mentor", "pair__mentee").order_by("remind_at", "pk")
    return sum(_ask(check_in, now) for check_in in due[:BATCH])


@transaction.atomic
def _ask(check_in: CheckIn, now: dt.datetime) -> bool:
    """False where another worker has done it, or the answer came meanwhile."""
    assert check_in.pair.programme is not None
    step, sent = Rhythm.of(check_in.pair.programme), check_in.asked
    changes: dict[str, object] = {
        "asked": sent + 1,
        "remind_at": rhythm.reminder(step, check_in.person, now, sent=sent + 1),
    }
    if not sent:  # who is asked late has the whole time all the same
        check_in.lapses_at = max(check_in.lapses_at, rhythm.lapse(step, check_in.person, now))
        changes["lapses_at"] = check_in.lapses_at
    # The row's own columns only: what a subquery says is not looked at again after waiting for another worker.
    if not CheckIn.objects.waiting().filter(pk=check_in.pk, asked=sent).update(**changes):
        return False
    notices.check_in_asked(check_in, number=sent, now=now)
    return True


def lapse_due(now: dt.datetime) -> int:
    """Lets go of those whose time is up, and schedules the next; how many."""
    return sum(_lapse(check_in, now) for check_in in CheckIn.objects.lapse_due(now).order_by("lapses_at", "pk")[:BATCH])


@transaction.atomic
def _lapse(check_in: CheckIn, now: dt.datetime) -> bool:
    check_in = _locked(check_in)
    if check_in.status != CheckIn.Status.WAITING:
        return False
    check_in.move_to(CheckIn.Status.LAPSED)
    check_in.remind_at = None
    check_in.save()
    _schedule_next(check_in, now)
    return True


@transaction.atomic
def answer(check_in: CheckIn, *, by: Person, answers: Mapping[str, object], now: dt.datetime | None = None) -> CheckIn:
    """Writes what its author answers to the questions in ANSWERS, and schedules the next.

    Raises TransitionError where it was answered already, is no longer asked for, or is not asked for yet.
    """
    now, check_in = now or timezone.now(), _locked(check_in)
    if check_in.person_id != by.pk:
        raise TransitionError("A check-in is answered by its author alone.")
    if check_in.status == CheckIn.Status.ANSWERED:
        raise TransitionError("You have answered this check-in already. Your first answer counts.")
    if check_in.due_at > now:
        raise TransitionError("This check-in is not open yet. We write to you when it is.")
    check_in.move_to(CheckIn.Status.ANSWERED)
    for name in ANSWERS:
        setattr(check_in, name, answers[name])
    check_in.answered_at, check_in.remind_at = now, None
    check_in.save()
    record(AuditEntry.Action.CHECK_IN_ANSWERED, check_in, by=None)  # whose it is, and when they wrote, is theirs
    if check_in.help_wanted == CheckIn.Help.HR:
        _raise_hand(check_in)
    pace.after_answer(check_in, now)
    _schedule_next(check_in, now)
    return check_in


def _raise_hand(check_in: CheckIn) -> None:
    """HR learns who asks for help, and nothing of what they wrote. Where nobody in HR may know, the answer counts."""
    try:
        hands.raise_hand(check_in.person, topic=Hand.Topic.OTHER, pair=check_in.pair, check_in=check_in)
    except ValidationError:
        return


def _locked(check_in: CheckIn) -> CheckIn:
    """As it is now, locked; its pair held first, so that it cannot end while the next is scheduled."""
    hold(Pair(pk=check_in.pair_id))
    related = ("pair__programme", "pair__mentor__user", "pair__mentee__user", "person__user")
    return lock(check_in, *related)


def _schedule_next(last: CheckIn, now: dt.datetime) -> None:
    if last.pair.is_running or (last.pair.status == Pair.Status.COMPLETED and last.occasion == CheckIn.Occasion.END):
        _schedule(last.pair, last.person, number=last.number + 1, now=now, after=last.due_at, last=last.occasion)


def _schedule(
    pair: Pair, person: Person, *, number: int, now: dt.datetime, after: dt.datetime | None = None,
    last: str = CheckIn.Occasion.REGULAR,
) -> None:  # fmt: skip
    """Nothing where none follows, or where it was done already."""
    if pair.programme is None:
        return
    step = Rhythm.of(pair.programme)
    due = rhythm.due(step, person, now, after=after, last=last)
    if due is None:
        return
    lapses_at = rhythm.lapse(step, person, due.at)
    row = CheckIn(
        pair=pair, person=person, number=number, occasion=due.occasion, due_at=due.at, remind_at=due.at,
        lapses_at=lapses_at,
    )  # fmt: skip
    CheckIn.objects.bulk_create([row], ignore_conflicts=True)
