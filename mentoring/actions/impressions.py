"""What somebody thought of a meeting. No audit row: even that they said so is nobody else's business."""

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.models import Impression, Meeting, Person, TransitionError

ANSWERS = {"learned": Impression.Learned, "talked": Impression.Talked}


@transaction.atomic
def say(meeting: Meeting, *, by: Person, **answers: str) -> Impression:
    """One answer, or both; a later one takes the place of an earlier one."""
    meeting.pair.partner_of(by)
    if meeting.status != Meeting.Status.HELD:
        raise TransitionError("That is asked of a meeting that took place.")
    for name, value in answers.items():
        if value not in ANSWERS[name].values:
            raise ValidationError({name: "Choose one of the answers."})
    return Impression.objects.update_or_create(meeting=meeting, person=by, defaults=answers)[0]
