"""“You said, we did”: logged by leaders and HR, published together on days that HR sets, with no word in the audit."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.actions.base import lock, lock_all, record
from mentoring.models import AuditEntry, Improvement, Pair, Person, Publication, TransitionError
from mentoring.models.improvement import FEWEST
from mentoring.permissions import may_log_improvement

Action = AuditEntry.Action
PUT_OFF = dt.timedelta(days=28)  # to another day and not to the next entry, which would tell when it came
GONE = "This is published by now, so it stays."


@transaction.atomic
def log(*, by: Person, heard: str, did: str, with_name: bool = False) -> Improvement:
    """Raises ValidationError where a word of it is the name of somebody in a pair with the author."""
    if not may_log_improvement(by.user):
        raise TransitionError("This is for those who have been the senior of a pair, and for HR.")
    _refuse_names(by, {"heard": heard, "did": did})
    row = Improvement(author=by, heard=heard, did=did, with_name=with_name)
    row.full_clean()
    row.save()
    return row


def _refuse_names(author: Person, words: dict[str, str]) -> None:
    """What leads back to a pair must not be published."""
    pairs = Pair.objects.of(author).started().select_related("mentor", "mentee")
    names = {name.lower() for pair in pairs for name in pair.partner_of(author).name.split() if len(name) > 2}
    for field, text in words.items():
        written = {"".join(filter(str.isalpha, word.split("’")[0].split("'")[0])).lower() for word in text.split()}
        if names & written:
            raise ValidationError(
                {field: "Leave out the name of your partner: nobody should see whom you heard it from."}
            )


@transaction.atomic
def take_back(row: Improvement, *, by: Person) -> None:
    row = lock(row)
    if row.author_id != by.pk or row.publication_id is not None:
        raise TransitionError(GONE)
    row.delete()


@transaction.atomic
def hold_back(row: Improvement, is_held_back: bool, *, by: Person) -> None:
    """HR keeps back what would give somebody away; the author sees that."""
    row = lock(row)
    if row.publication_id is not None:
        raise TransitionError(GONE)
    row.is_held_back = is_held_back
    row.save(update_fields=["is_held_back"])


@transaction.atomic
def set_day(on: dt.date, *, by: Person) -> Publication:
    """Raises ValidationError for a day that is past or set already."""
    if on < timezone.localdate():
        raise ValidationError({"on": "Choose today or a later day."})
    day = Publication(on=on)
    day.full_clean()
    day.save()
    record(Action.PUBLICATION_SET, day, by=by, day=str(on))
    return day


@transaction.atomic
def remove_day(day: Publication, *, by: Person) -> None:
    day = lock(day)
    if day.published_at is not None:
        raise TransitionError(GONE)
    record(Action.PUBLICATION_REMOVED, day, by=by, day=str(day.on))
    day.delete()


@transaction.atomic
def publish_due(today: dt.date) -> int:
    """Publishes what waits, where a day has come and entries of FEWEST authors wait: never one alone."""
    day = Publication.due(today).order_by("on").select_for_update(skip_locked=True).first()
    if day is None:
        return 0
    rows = lock_all(Improvement.objects.waiting())
    if len({row.author_id for row in rows}) < FEWEST:
        return _put_off(day, today)
    day.published_at = timezone.now()
    day.save(update_fields=["published_at"])
    Improvement.objects.filter(pk__in=[row.pk for row in rows]).update(publication=day)
    Publication.due(today).delete()  # days that were missed are made up by this one
    record(Action.PUBLISHED, day, by=None, entries=len(rows))
    return len(rows)


def _put_off(day: Publication, today: dt.date) -> int:
    """Too few wait: four weeks on, or with the day that is set by then."""
    later = today + PUT_OFF
    if Publication.objects.filter(on__gt=today, on__lte=later).exists():
        day.delete()
    else:
        record(Action.PUBLICATION_SET, day, by=None, day=[str(day.on), str(later)])
        day.on = later
        day.save(update_fields=["on"])
    return 0
