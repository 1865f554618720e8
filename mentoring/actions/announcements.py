"""Telling everybody who may join that a programme is open: in batches, from a cursor in the programme's row.

Each batch and the cursor's move are one transaction, so a worker that is killed leaves off where the next takes up.
Two workers at once do the same work twice, but the unique keys of the outbox keep it one message to a person.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentoring.models import Enrolment, Person, Programme
from mentoring.notices import programmes as notices

BATCH = 1000


@transaction.atomic
def announce_next() -> bool:
    """Writes the next batch of messages. False where there is nothing more to tell."""
    programme = Programme.objects.to_announce(timezone.localdate()).order_by("pk").first()
    if programme is None:
        return False
    told = programme.announced_up_to
    people = list(to_be_told(programme).filter(pk__gt=told).select_related("user").order_by("pk")[:BATCH])
    notices.open_for_enrolment(programme, people)
    Programme.objects.filter(pk=programme.pk, announcing=True, announced_up_to=told).update(
        announced_up_to=people[-1].pk if people else told, announcing=len(people) == BATCH
    )
    return True


def to_be_told(programme: Programme) -> QuerySet[Person]:
    """Those who may join and have not done so."""
    enrolled = Enrolment.objects.enrolled().filter(programme=programme)
    return Person.objects.who_may_join(programme).exclude(pk__in=enrolled.values("person"))
