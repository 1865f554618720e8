"""Telling everybody who may join that a programme is open: in batches, from a cursor in the programme's row.

Two workers at once do the same work twice, but the unique keys of the outbox keep it one message to a person.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentoring.models import Enrolment, Person, Programme
from mentoring.notices import programmes as notices

BATCH = 200


@transaction.atomic
def announce_next() -> bool:
    """Writes the next batch of messages. False where there is nothing more to tell."""
    programme = Programme.objects.to_announce(timezone.localdate()).order_by("pk").first()
    if programme is None:
        return False
    told = programme.announced_up_to
    people = list(_who_may_join(programme).filter(pk__gt=told).order_by("pk")[:BATCH])
    for person in people:
        notices.open_for_enrolment(programme, person)
    Programme.objects.filter(pk=programme.pk, announced_up_to=told).update(
        announced_up_to=people[-1].pk if people else told, announcing=len(people) == BATCH
    )
    return True


def _who_may_join(programme: Programme) -> QuerySet[Person]:
    enrolled = Enrolment.objects.enrolled().filter(programme=programme)
    return (
        Person.objects.here().employees().filter(user__is_active=True)
        .exclude(pk__in=enrolled.values("person")).select_related("user")
    )  # fmt: skip
