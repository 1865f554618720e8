"""Next steps: agreed on, ticked off by their owner, taken back. Either writes one down, for both to see.

Their owner is reminded once, when `remind_at` comes: it is claimed by a conditional update in the transaction that
writes the message.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.actions.base import hold, lock, record
from mentoring.models import AgreedStep, AuditEntry, Meeting, Pair, Person, TransitionError
from mentoring.notices import agreed_steps as notices
from mentoring.working_hours import next_working_time, working_day_before

MOST_OPEN = 20
FURTHEST = dt.timedelta(days=366)
BATCH = 200


@transaction.atomic
def agree(
    pair: Pair, *, by: Person, owner: Person, text: str, due_on: dt.date | None = None, meeting: Meeting | None = None
) -> AgreedStep:
    """Writes it down. The same words for the same owner, while open, are one step."""
    pair.partner_of(by), pair.partner_of(owner)
    lock(pair)
    if meeting is not None and meeting.pair_id != pair.pk:
        raise ValueError("This meeting is another pair's.")
    _refuse_unlikely(pair, text, due_on)
    step, is_new = AgreedStep.objects.open().get_or_create(
        pair=pair, owner=owner, text=text, done_at=None,
        defaults={"due_on": due_on, "meeting": meeting, "remind_at": reminder_of(owner, due_on, timezone.now())},
    )  # fmt: skip
    if is_new:
        record(AuditEntry.Action.MEETING_LOGGED, pair, by=by, next_steps="added")
    return step


@transaction.atomic
def tick(step: AgreedStep, *, by: Person, done: bool) -> AgreedStep:
    """Says that one's own step is done, or not done yet."""
    hold(Pair(pk=step.pair_id))
    step = lock(step, "pair", "owner")
    if step.owner_id != by.pk:
        raise TransitionError("Only who took it on says that it is done.")
    if (step.done_at is not None) == done:
        return step
    if not done and AgreedStep.objects.open().filter(pair=step.pair, owner=by, text=step.text).exists():
        raise TransitionError("The same step stands on the list once more, open. Go on with that one.")
    step.done_at = timezone.now() if done else None
    step.remind_at = None if done else reminder_of(step.owner, step.due_on, timezone.now())
    step.save(update_fields=["done_at", "remind_at"])
    record(AuditEntry.Action.MEETING_LOGGED, step.pair, by=by, next_steps="done" if done else "open again")
    return step


@transaction.atomic
def take_back(step: AgreedStep, *, by: Person) -> None:
    """Either of the two may: what was written down wrongly goes."""
    step = lock(step, "pair__mentor", "pair__mentee")
    step.pair.partner_of(by)
    record(AuditEntry.Action.MEETING_LOGGED, step.pair, by=by, next_steps="taken back")
    step.delete()


def reminder_of(owner: Person, due_on: dt.date | None, now: dt.datetime) -> dt.datetime | None:
    """On the owner's last working day before; on the day itself where that is past by now; else none."""
    if due_on is None:
        return None
    day = dt.datetime.combine(due_on, dt.time(), tzinfo=owner.zone)
    times = (working_day_before(owner, day), next_working_time(owner, day))
    last = day + dt.timedelta(days=1)
    return next((at for at in times if now < at < last), None)


def reschedule_of(person: Person, now: dt.datetime) -> None:
    """By their working hours as they are now. What has been reminded of stays so."""
    waiting = AgreedStep.objects.open().filter(owner=person, remind_at__gt=now).order_by("pk")
    steps = list(waiting.select_for_update(of=("self",), skip_locked=True))  # what is being sent is left alone
    for step in steps:
        step.remind_at = reminder_of(person, step.due_on, now)
    AgreedStep.objects.bulk_update(steps, ["remind_at"])


def remind_due(now: dt.datetime) -> int:
    """Reminds of what is due; of how many steps."""
    due = AgreedStep.objects.reminder_due(now).select_related("owner__user", "pair__mentor", "pair__mentee")
    return sum(_remind(step, now) for step in due.order_by("remind_at", "pk")[:BATCH])


@transaction.atomic
def _remind(step: AgreedStep, now: dt.datetime) -> bool:
    """False where another worker has it, or it was done meanwhile."""
    if not AgreedStep.objects.open().filter(pk=step.pk, remind_at=step.remind_at).update(remind_at=None):
        return False
    notices.due(step, now=now)
    return True


def _refuse_unlikely(pair: Pair, text: str, due_on: dt.date | None) -> None:
    if not text.strip():
        raise ValidationError({"text": "Write down what there is to do."})
    if due_on is not None and due_on > timezone.localdate() + FURTHEST:
        raise ValidationError({"due_on": "That is more than a year ahead. Choose an earlier day."})
    if AgreedStep.objects.open().filter(pair=pair).count() >= MOST_OPEN:
        raise ValidationError({"text": f"{MOST_OPEN} steps are open already. Finish one, or take one back."})
