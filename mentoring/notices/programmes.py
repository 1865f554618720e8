"""Messages on programmes."""

from collections.abc import Iterable

from django.urls import reverse

from mentoring.models import Person, Programme
from notifications.kinds import Kind
from notifications.outbox import post_to_many


def open_for_enrolment(programme: Programme, people: Iterable[Person]) -> None:
    """To those who may join, where HR chose so at the launch."""
    until = programme.enrol_until
    words = {"programme": programme, "until": f"{until:%A} {until.day} {until:%B}"}
    post_to_many(
        "mentoring/messages/programme_open",
        kind=Kind.PROGRAMME,
        to=[(f"programme_open:{programme.pk}:{each.pk}", each.user, {**words, "person": each}) for each in people],
        url=reverse("programme-detail", args=[programme.pk]),
        button="See what it is about",
    )
