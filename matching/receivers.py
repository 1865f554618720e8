"""What this app does on news from below."""

from typing import Any

from django.dispatch import receiver

from matching.actions import requests, suggestions
from mentoring.models import Enrolment, Person
from mentoring.signals import enrolment_withdrawn, person_left


@receiver(person_left)
def withdraw_those_of_a_leaver(sender: object, *, person: Person, **_: Any) -> None:
    requests.end_for(person)
    suggestions.withdraw_for(person)


@receiver(enrolment_withdrawn)
def withdraw_those_of_an_enrolment(sender: object, *, enrolment: Enrolment, **_: Any) -> None:
    requests.end_for(enrolment.person, programme=enrolment.programme)
    suggestions.withdraw_for(enrolment.person, programme=enrolment.programme)
