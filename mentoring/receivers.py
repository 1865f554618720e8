"""What this app does on its own news."""

from typing import Any

from django.dispatch import receiver

from mentoring.actions import enrolments, pair_life, pairs
from mentoring.actions.calendar_feeds import revoke
from mentoring.models import Pair, Person
from mentoring.signals import person_left


@receiver(person_left)
def end_what_they_are_part_of(person: Person, **kwargs: Any) -> None:
    """Their enrolments and open invitations first, then their pairs: the order in which rows are locked."""
    for enrolment in person.enrolments.enrolled().order_by("pk"):
        enrolments.withdraw(enrolment, by=person)
    for pair in Pair.objects.before_start().of(person).order_by("pk"):
        pairs.let_go(pair, by=person)
    pair_life.end_all_of(person)
    revoke(person)
