"""What this app does on news from below."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from matching.actions import requests, suggestions
from mentoring.models import Enrolment, Person
from mentoring.signals import enrolment_withdrawn, people_left


@receiver(people_left)
def withdraw_those_of_leavers(sender: object, *, people: Sequence[Person], **_: Any) -> None:
    requests.end_for(people)
    suggestions.withdraw_for(people)


@receiver(enrolment_withdrawn)
def withdraw_those_of_an_enrolment(sender: object, *, enrolment: Enrolment, **_: Any) -> None:
    requests.end_for([enrolment.person], programme=enrolment.programme)
    suggestions.withdraw_for([enrolment.person], programme=enrolment.programme)
