"""Noting that somebody's private data were read, in the request that shows them."""

from collections.abc import Iterable

from django.utils import timezone

from mentoring.models import Person, Reading

BATCH = 5000


def note(people: Iterable[int], what: Reading.What, *, by: Person) -> None:
    """The keys of those whose data are shown. One insert; the same once more on that day, or one's own, is nothing."""
    day = timezone.now().date()
    rows = [Reading(person_id=pk, reader_id=by.pk, what=what, day=day) for pk in sorted(set(people) - {by.pk})]
    if rows:
        Reading.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
