"""Next steps: agreed on, ticked off by their owner, taken back. Either writes one down, for both to see."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.actions.base import hold, lock, record
from mentoring.models import AgreedStep, AuditEntry, Meeting, Pair, Person, TransitionError

MOST_OPEN = 20
FURTHEST = dt.timedelta(days=366)


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
        pair=pair, owner=owner, text=text, done_at=None, defaults={"due_on": due_on, "meeting": meeting}
    )
    if is_new:
        record(AuditEntry.Action.MEETING_LOGGED, pair, by=by, next_steps="added")
    return step


@transaction.atomic
def tick(step: AgreedStep, *, by: Person, done: bool) -> AgreedStep:
    """Says that one's own step is done, or not done yet."""
    hold(Pair(pk=step.pair_id))
    step = lock(step, "pair")
    if step.owner_id != by.pk:
        raise TransitionError("Only who took it on says that it is done.")
    if (step.done_at is not None) == done:
        return step
    if not done and AgreedStep.objects.open().filter(pair=step.pair, owner=by, text=step.text).exists():
        raise TransitionError("The same step stands on the list once more, open. Go on with that one.")
    step.done_at = timezone.now() if done else None
    step.save(update_fields=["done_at"])
    record(AuditEntry.Action.MEETING_LOGGED, step.pair, by=by, next_steps="done" if done else "open again")
    return step


@transaction.atomic
def take_back(step: AgreedStep, *, by: Person) -> None:
    """Either of the two may: what was written down wrongly goes."""
    step = lock(step, "pair__mentor", "pair__mentee")
    step.pair.partner_of(by)
    record(AuditEntry.Action.MEETING_LOGGED, step.pair, by=by, next_steps="taken back")
    step.delete()


def _refuse_unlikely(pair: Pair, text: str, due_on: dt.date | None) -> None:
    if not text.strip():
        raise ValidationError({"text": "Write down what there is to do."})
    if due_on is not None and due_on > timezone.localdate() + FURTHEST:
        raise ValidationError({"due_on": "That is more than a year ahead. Choose an earlier day."})
    if AgreedStep.objects.open().filter(pair=pair).count() >= MOST_OPEN:
        raise ValidationError({"text": f"{MOST_OPEN} steps are open already. Finish one, or take one back."})
