"""Messages on programmes."""

from django.urls import reverse

from mentoring.models import Person, Programme
from notifications.kinds import Kind
from notifications.outbox import post


def open_for_enrolment(programme: Programme, person: Person) -> None:
    """To everybody who may join, where HR chose so at the launch."""
    until = programme.enrol_until
    post(
        "mentoring/messages/programme_open",
        key=f"programme_open:{programme.pk}:{person.pk}",
        kind=Kind.PROGRAMME,
        to=person.user,
        context={"programme": programme, "person": person, "until": f"{until:%A} {until.day} {until:%B}"},
        url=reverse("programme-detail", args=[programme.pk]),
        button="See what it is about",
    )
