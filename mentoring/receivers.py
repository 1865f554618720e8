"""What this app does on its own news."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from mentoring.actions import enrolments, pair_checks, pair_life, pairs
from mentoring.actions.calendar_feeds import revoke
from mentoring.models import Pair, Person
from mentoring.signals import pair_started, person_left


@receiver(person_left)
def end_what_they_are_part_of(person: Person, **kwargs: Any) -> None:
    """Their enrolments and open invitations first, then their pairs: the order in which rows are locked."""
    for enrolment in person.enrolments.enrolled().order_by("pk"):
        enrolments.withdraw(enrolment, by=person)
    for pair in Pair.objects.before_start().of(person).order_by("pk"):
        pairs.let_go(pair, by=person)
    pair_life.end_all_of(person)
    revoke(person)


@receiver(pair_started)
def watch_over_it(pair: Pair, **kwargs: Any) -> None:
    """Where the two stand in the organisation at its start is what later changes are held against."""
    pair_checks.begin(timezone.now())
