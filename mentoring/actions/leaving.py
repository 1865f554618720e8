"""Many people leave at once, as the HR system says.

Whoever is part of anything leaves as anybody does, one after the other. Most are part of nothing: nothing points at
them but what they wrote about themselves, so there is nothing to end and nobody to tell; they go in a few statements.
"""

from collections.abc import Callable, Iterator, Sequence

from allauth.usersessions.models import UserSession
from django.db import models, transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, Q
from django.utils import timezone

from mentoring.actions.people import leave
from mentoring.models import AuditEntry, ImportRow, Person, Photo, ReportingLine, SkillOffer, SkillWish, SwotEntry, User

# What may point at somebody who is part of nothing: their inventory, their place in the house, what was noted.
THEIR_OWN = (AuditEntry, ImportRow, Person, Photo, ReportingLine, SkillOffer, SkillWish, SwotEntry)
BATCH = 500


@transaction.atomic
def leave_all(keys: Sequence[int], *, by: Person | None, tell: Callable[[int], None] = lambda done: None) -> int:
    """How many left. Whoever works in HR, or has left already, is passed over."""
    done = 0
    for start in range(0, len(keys), BATCH):
        found = Person.objects.here().filter(pk__in=keys[start : start + BATCH], user__is_hr=False).order_by("pk")
        alone = list(found.exclude(is_part_of_something()))
        _leave_alone(alone, by)
        done += len(alone)
        tell(done)
        for person in found.filter(left_on__isnull=True):
            leave(person, by=by)
            done += 1
            tell(done)
    return done


def is_part_of_something() -> Q:
    """A row of any app points at them, or they are signed in."""
    found = Q(Exists(UserSession.objects.filter(user=OuterRef("pk"))))
    for relation in _relations():
        rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        found |= Q(Exists(rows))
    return found


def _relations() -> Iterator[ForeignObjectRel]:
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in THEIR_OWN:
            yield relation


def _leave_alone(people: Sequence[Person], by: Person | None) -> None:
    today, keys = timezone.localdate(), [person.pk for person in people]
    Person.objects.filter(pk__in=keys).update(left_on=today, updated_at=timezone.now())
    User.objects.filter(pk__in=keys).update(is_active=False)
    AuditEntry.objects.bulk_create(
        AuditEntry(
            action=AuditEntry.Action.PERSON_LEFT, by=by, object_type="person", object_id=person.pk,
            object_name=str(person)[:200], changes={"left_on": [None, str(today)]},
        )
        for person in people
    )  # fmt: skip
