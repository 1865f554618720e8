"""Private notes: for their author alone. They leave no audit row: even that there is one is nobody else's business."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.base import lock, refuse_stale
from mentoring.models import Meeting, Pair, Person, PrivateNote

LONGEST = 4000


@transaction.atomic
def write(pair: Pair, *, by: Person, text: str) -> PrivateNote:
    """A note on the pair. The same words twice in a row are one note."""
    pair.partner_of(by)
    last = PrivateNote.objects.filter(pair=pair, author=by, meeting=None).first()
    if last is not None and last.text == text:
        return last
    return PrivateNote.objects.create(pair=pair, author=by, text=_checked(text))


@transaction.atomic
def change(note: PrivateNote, *, text: str, seen: dt.datetime | None = None) -> PrivateNote:
    note = lock(note)
    if note.text == text:
        return note
    refuse_stale(note.updated_at, seen)
    note.text = _checked(text)
    note.save()
    return note


def remove(note: PrivateNote) -> None:
    PrivateNote.objects.filter(pk=note.pk).delete()


@transaction.atomic
def keep_on_meeting(meeting: Meeting, *, by: Person, text: str) -> None:
    """The one note of this person on this meeting; no words, no note."""
    meeting.pair.partner_of(by)
    if not text.strip():
        PrivateNote.objects.filter(meeting=meeting, author=by).delete()
        return
    PrivateNote.objects.update_or_create(
        meeting=meeting, author=by, defaults={"pair": meeting.pair, "text": _checked(text)}
    )


def _checked(text: str) -> str:
    if not text.strip():
        raise ValidationError({"text": "Write a few words, or delete the note."})
    if len(text) > LONGEST:
        raise ValidationError({"text": f"Keep it under {LONGEST} characters."})
    return text
