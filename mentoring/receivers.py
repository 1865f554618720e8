"""What this app does on its own news."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from mentoring.actions import enrolments, pair_checks, pair_life
from mentoring.actions.calendar_feeds import revoke
from mentoring.models import Pair, Person
from mentoring.signals import pair_started, people_left


@receiver(people_left)
def end_what_they_are_part_of(people: Sequence[Person], **kwargs: Any) -> None:
    """Their enrolments and open invitations first, then their pairs: the order in which rows are locked."""
    enrolments.withdraw_all_of(people)
    pair_life.end_all_of(*people)
    revoke(*people)


@receiver(pair_started)
def watch_over_it(pair: Pair, **kwargs: Any) -> None:
    """Where the two stand in the organisation at its start is what later changes are held against."""
    pair_checks.begin(timezone.now())
