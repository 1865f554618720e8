"""A partner from outside: approved for one programme until a day, bound to silence, blind to the rest."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.actions import people
from mentoring.models import AuditEntry, Enrolment, Person, Programme
from tests.builders import (
    PASSWORD,
    make_alice,
    make_dana,
    make_invitation,
    make_offer,
    make_pair,
    make_partner,
    make_programme,
)

pytestmark = pytest.mark.django_db


def joined(programme: Programme | None) -> Person:
    invitation = make_invitation(email="paula@partner.example", kind="partner", programme=programme)
    return people.join(
        email="paula@partner.example", password=PASSWORD, name="Paula", invitation=invitation, is_confidential=True
    )


def test_a_partner_enrols_in_the_programme_they_were_invited_for(client: Client) -> None:
    programme, other = make_programme(), make_programme()
    paula = joined(programme)
    make_offer(person=paula)
    client.force_login(paula.user)

    home = client.get(reverse("home")).content.decode()
    client.post(reverse("enrol", args=[programme.pk]), {"mentor_capacity": 1, "mentee_capacity": 0})

    assert f"Join “{programme}”" in home
    assert str(other) not in home
    assert [enrolment.programme for enrolment in Enrolment.objects.filter(person=paula)] == [programme]
    assert client.get(reverse("programme-detail", args=[other.pk])).status_code == 404
    assert client.get(reverse("enrol", args=[other.pk])).status_code == 404


def test_without_an_approval_or_a_promise_there_is_nothing_to_join() -> None:
    programme = make_programme()
    silent = make_partner(confidential_since=None)
    programme.invitees.create(person=silent)

    assert not Programme.objects.visible_to(silent.user).exists()
    assert not Programme.objects.visible_to(joined(None).user).exists()


def test_a_partner_whose_time_is_over_comes_in_no_more(client: Client) -> None:
    paula = joined(make_programme())
    client.force_login(paula.user)
    Person.objects.filter(pk=paula.pk).update(partner_until=timezone.localdate() - dt.timedelta(days=1))

    assert client.get(reverse("home")).status_code == 302


def test_a_partner_sees_nobody_but_the_one_they_are_paired_with(client: Client) -> None:
    programme = make_programme()
    paula, stranger = joined(programme), make_alice(name="Stella")
    pair = make_pair(mentor=make_alice(), mentee=paula, programme=programme, status="beginning")
    client.force_login(paula.user)

    seen = {person.name for person in Person.objects.visible_to(paula.user)}

    assert seen == {"Paula", "Alice"}
    assert client.get(reverse("pair-detail", args=[pair.pk])).status_code == 200
    for name in ("person-list", "skill-list"):
        assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("person-detail", args=[stranger.pk])).status_code == 404


def test_hr_approves_a_partner_who_is_here_for_one_more_programme(client: Client) -> None:
    paula, second, dana = joined(make_programme()), make_programme(), make_dana()
    until = timezone.localdate() + dt.timedelta(days=400)
    client.force_login(dana.user)
    address = reverse("person-programmes", args=[paula.pk])

    page = client.get(address).content.decode().partition("<main")[2]
    first = client.post(address, {"programme": second.pk, "partner_until": until})
    again = client.post(address, {"programme": second.pk, "partner_until": until})

    paula.refresh_from_db()
    assert page.index("One more programme") < page.index("Approve</button>") < page.index("</form>")
    assert (first.status_code, paula.partner_until) == (302, until)
    assert list(again.context["form"].errors) == ["programme"]
    assert second in Programme.objects.visible_to(paula.user)
    [message] = paula.user.outbox.all()
    assert message.subject == f"You may join “{second}”"
    told = AuditEntry.objects.filter(action__in=["programme.invitees", "person.changed"], by=dana)
    assert [row.changes for row in told.filter(object_type="programme")] == [{"added": "Paula"}]


def test_an_approval_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(client: Client) -> None:
    paula, second = joined(make_programme()), make_programme()
    client.force_login(make_dana().user)
    yesterday = str(timezone.localdate() - dt.timedelta(days=1))
    address = reverse("person-programmes", args=[paula.pk])

    late = client.post(address, {"programme": second.pk, "partner_until": yesterday})
    empty = client.post(address, {})

    assert late.context["form"].errors == {"partner_until": ["This day must lie ahead."]}
    assert yesterday in late.content.decode()
    assert set(empty.context["form"].errors) == {"programme", "partner_until"}
    assert not second.invitees.exists()
