"""Messages on programmes."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from mentoring.models import Person, Programme
from notifications.kinds import Kind
from notifications.outbox import post, post_to_many


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


def partner_approved(partner: Person, programme: Programme) -> None:
    """To a partner from outside whom HR lets join one more programme."""
    post(
        "mentoring/messages/partner_approved",
        key=f"partner_approved:{programme.pk}:{partner.pk}:{timezone.localdate()}",
        kind=Kind.PROGRAMME,
        to=partner.user,
        context={"programme": programme, "person": partner},
        url=reverse("programme-detail", args=[programme.pk]),
        button="See what it is about",
    )
