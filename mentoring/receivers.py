"""What this app does on its own news."""

from typing import Any

from django.dispatch import receiver

from mentoring.actions import pair_life
from mentoring.actions.calendar_feeds import revoke
from mentoring.models import Person
from mentoring.signals import person_left


@receiver(person_left)
def end_what_they_are_part_of(person: Person, **kwargs: Any) -> None:
    pair_life.end_all_of(person)
    revoke(person)
