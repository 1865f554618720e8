import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from mentoring.models import Enrolment, Person, Programme
from tests.builders import (
    make_alice,
    make_bob,
    make_enrolment,
    make_offer,
    make_pair,
    make_person,
    make_programme,
    make_wish,
)

pytestmark = pytest.mark.django_db


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person.user)
    return client


def make_ready_alice() -> Person:
    alice = make_alice()
    make_offer(person=alice)
    make_wish(person=alice)
    return alice


def places(mentor: object = 1, mentee: object = 1) -> dict[str, object]:
    return {"mentor_capacity": mentor, "mentee_capacity": mentee}


def test_enrolling_takes_the_number_of_pairs_in_each_role(client: Client) -> None:
    programme = make_programme()

    response = signed_in(client, make_ready_alice()).post(f"/programmes/{programme.pk}/enrol/", places(2, 1))

    enrolment = Enrolment.objects.get()
    assert response.headers["Location"] == f"/programmes/{programme.pk}/"
    assert (enrolment.mentor_capacity, enrolment.mentee_capacity, enrolment.seats.count()) == (2, 1, 3)


def test_a_double_press_enrols_once(client: Client) -> None:
    programme = make_programme()
    signed_in(client, make_ready_alice())

    for _ in range(2):
        client.post(f"/programmes/{programme.pk}/enrol/", places())

    assert Enrolment.objects.count() == 1


def test_the_form_starts_with_the_roles_that_the_inventory_allows(client: Client) -> None:
    programme, alice = make_programme(), make_alice()
    make_wish(person=alice)

    form = signed_in(client, alice).get(f"/programmes/{programme.pk}/enrol/").context["form"]

    assert form.initial == {"mentor_capacity": 0, "mentee_capacity": 1}


def test_who_offers_nothing_is_told_so_at_the_role_of_the_mentor(client: Client) -> None:
    programme, alice = make_programme(), make_alice()
    make_wish(person=alice)

    response = signed_in(client, alice).post(f"/programmes/{programme.pk}/enrol/", places(1, 1))

    errors = response.context["form"].errors
    assert list(errors) == ["mentor_capacity"]
    assert "You offer no skill yet" in errors["mentor_capacity"][0]
    assert not Enrolment.objects.exists()


def test_who_wishes_for_nothing_is_told_so_at_the_role_of_the_mentee(client: Client) -> None:
    programme, alice = make_programme(), make_alice()
    make_offer(person=alice)

    response = signed_in(client, alice).post(f"/programmes/{programme.pk}/enrol/", places(1, 1))

    assert list(response.context["form"].errors) == ["mentee_capacity"]


def test_a_thin_profile_is_told_what_it_lacks_and_not_held_back(client: Client) -> None:
    programme = make_programme()
    newcomer = make_person()
    newcomer.grade = newcomer.department = None
    newcomer.save()
    make_offer(person=newcomer)
    signed_in(client, newcomer)

    missing = client.get(f"/programmes/{programme.pk}/enrol/").context["missing"]
    response = client.post(f"/programmes/{programme.pk}/enrol/", places(1, 0))

    assert [gap.what for gap in missing] == ["Your grade", "Your department", "Skills to learn"]
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("mentor", "mentee", "fields"),
    [
        (0, 0, ["mentor_capacity"]),
        (4, 0, ["mentor_capacity"]),
        ("x", "", ["mentor_capacity", "mentee_capacity"]),
    ],
)
def test_wrong_numbers_are_said_at_their_field(
    client: Client, mentor: object, mentee: object, fields: list[str]
) -> None:
    programme = make_programme()

    response = signed_in(client, make_ready_alice()).post(f"/programmes/{programme.pk}/enrol/", places(mentor, mentee))

    assert list(response.context["form"].errors) == fields
    assert not Enrolment.objects.exists()


def test_capacity_changes_also_after_the_window_closed(client: Client) -> None:
    alice = make_ready_alice()
    programme = make_programme(enrol_until=timezone.localdate() - dt.timedelta(days=1))
    make_enrolment(person=alice, programme=programme)

    signed_in(client, alice).post(f"/programmes/{programme.pk}/enrol/", places(3, 0))

    assert Enrolment.objects.get().seats.count() == 3


def test_capacity_below_what_pairs_hold_is_refused_at_its_field(client: Client) -> None:
    alice, programme = make_ready_alice(), make_programme()
    make_pair(mentor=alice, programme=programme)

    response = signed_in(client, alice).post(f"/programmes/{programme.pk}/enrol/", places(0, 1))

    assert list(response.context["form"].errors) == ["mentor_capacity"]
    assert "1 pair or invitation as mentor" in response.context["form"].errors["mentor_capacity"][0]


@pytest.mark.parametrize(
    "fields", [{"status": "closed"}, {"enrol_from": dt.date(2021, 1, 1), "enrol_until": dt.date(2021, 2, 1)}]
)
def test_nobody_enrols_outside_the_window(client: Client, fields: dict[str, object]) -> None:
    programme = make_programme(**fields)  # type: ignore[arg-type]

    response = signed_in(client, make_ready_alice()).post(f"/programmes/{programme.pk}/enrol/", places())

    assert response.status_code == 403


def test_withdrawing_asks_first_and_says_what_becomes_of_each_pair(client: Client) -> None:
    alice, bob, programme = make_ready_alice(), make_bob(), make_programme()
    make_enrolment(person=alice, programme=programme, mentor_capacity=2)
    make_pair(mentor=alice, mentee=bob, programme=programme)
    make_pair(mentor=alice, programme=programme, status="asking_junior")

    page = signed_in(client, alice).get(f"/programmes/{programme.pk}/withdraw/")

    assert [pair.mentee for pair in page.context["running"]] == [bob]
    assert page.context["asking"] == 1
    assert Enrolment.objects.enrolled().filter(person=alice).exists()


def test_withdrawing_counts_no_invitation_that_the_person_has_not_heard_of(client: Client) -> None:
    bob, programme = make_bob(), make_programme()
    make_pair(mentee=bob, programme=programme, status="asking_junior")

    page = signed_in(client, bob).get(f"/programmes/{programme.pk}/withdraw/")

    assert page.context["asking"] == 0


def test_withdrawing_twice_does_no_harm(client: Client) -> None:
    alice, programme = make_ready_alice(), make_programme()
    make_enrolment(person=alice, programme=programme)
    signed_in(client, alice)

    answers = [client.post(f"/programmes/{programme.pk}/withdraw/").status_code for _ in range(2)]

    assert (answers, Enrolment.objects.get().status) == ([302, 302], "withdrawn")


def test_nobody_withdraws_who_is_not_enrolled(client: Client) -> None:
    programme = make_programme()
    make_enrolment(person=make_bob(), programme=programme)

    assert signed_in(client, make_alice()).post(f"/programmes/{programme.pk}/withdraw/").status_code == 404
    assert Enrolment.objects.get().status == "enrolled"


def test_a_draft_is_not_there_to_enrol_in(client: Client) -> None:
    programme = make_programme(status=Programme.Status.DRAFT)

    assert signed_in(client, make_ready_alice()).get(f"/programmes/{programme.pk}/enrol/").status_code == 404
