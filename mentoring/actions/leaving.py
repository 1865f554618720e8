"""People leave the company: one, or many at once as the HR system says.

However many they are, it takes the same few statements; but the invitations and requests that they leave open, few as
they are, end one by one.
"""

from collections.abc import Callable, Sequence

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from mentoring.actions.base import lock_all, record_all
from mentoring.models import AuditEntry, Person, User
from mentoring.signals import people_left
from notifications.outbox import posting_together

BATCH = 200  # a worker that says nothing for long is taken for dead


@transaction.atomic
def leave_all(keys: Sequence[int], *, by: Person | None, tell: Callable[[int], None] = lambda done: None) -> int:
    """How many left. Whoever works in HR, or has left already, is passed over."""
    done = 0
    for start in range(0, len(keys), BATCH):
        here = Person.objects.here().filter(pk__in=keys[start : start + BATCH], user__is_hr=False)
        people = lock_all(here.select_related("user"))
        with posting_together():
            take_leave(people, by=by)
        done += len(people)
        tell(done)
    return done


def take_leave(people: Sequence[Person], *, by: Person | None) -> None:
    """Of locked people: no sign-in any more, every session ends, and each app ends what they are part of."""
    now, today, keys = timezone.now(), timezone.localdate(), [person.pk for person in people]
    for person in people:
        person.left_on, person.updated_at = today, now
    Person.objects.filter(pk__in=keys).update(left_on=today, updated_at=now)
    User.objects.filter(pk__in=keys).update(is_active=False, is_hr=False)
    for session in UserSession.objects.filter(user__in=keys):
        session.end()
    record_all(AuditEntry.Action.PERSON_LEFT, [(person, by) for person in people], left_on=[None, str(today)])
    people_left.send(sender=Person, people=people)
