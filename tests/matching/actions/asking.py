"""How the tests of requests ask, and what somebody has been told."""

from typing import Any

from matching.actions import requests
from matching.models import Suggestion
from mentoring.models import Person, Programme
from notifications.models import Message
from tests.builders import make_enrolment, make_offer, make_skill


def enrolled(programme: Programme, **people: Person) -> None:
    for person in people.values():
        make_enrolment(person=person, programme=programme)


def ask(*, by: Person, other: Person, programme: Programme, **fields: Any) -> Suggestion:
    """`by` offers what they ask about."""
    skill = fields.pop("skill", None) or make_skill()
    if not fields.get("mentor"):
        make_offer(person=by, skill=skill)
    return requests.ask(programme, by=by, other=other, mentor=fields.pop("mentor", by), skill=skill, **fields)


def told(person: Person) -> list[str]:
    return [message.subject for message in Message.objects.filter(recipient=person.user).order_by("pk")]
