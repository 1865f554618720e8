"""Asking for each other, over HTTP."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from matching.models import Suggestion
from mentoring.models import Person, Programme
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_enrolment,
    make_offer,
    make_person,
    make_programme,
    make_rather_not,
    make_request,
    make_skill,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(client: Client) -> tuple[Programme, Person, Person]:
    """Alice, signed in, and Bob, in one programme; Bob offers Budgets, Alice Video."""
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    for person in (alice, bob):
        make_enrolment(person=person, programme=programme)
    make_offer(person=bob, skill=make_skill(name="Budgets"))
    make_offer(person=alice, skill=make_skill(name="Video"))
    client.force_login(alice.user)
    return programme, alice, bob


def ask(client: Client, other: Person, **data: Any) -> Any:
    return client.post(reverse("request-create", args=[other.pk]), data, follow=True)


def page_of(client: Client, request: Suggestion) -> str:
    return client.get(reverse("request-detail", args=[request.pk])).content.decode()


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_form_offers_what_either_could_share(client: Client, two: tuple[Programme, Person, Person]) -> None:
    html = client.get(reverse("request-create", args=[two[2].pk])).content.decode()

    assert "I would like to learn from Bob" in html
    assert "Budgets: Others ask me about it" in html
    assert "I would like to share with Bob" in html
    assert "Video: Others ask me about it" in html


def test_asking_leads_to_the_request(client: Client, two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two
    skill = make_skill(name="Budgets")

    response = ask(client, bob, programme=programme.pk, what=f"mentee:{skill.pk}", message="Would you?")

    request = Suggestion.objects.get()
    assert (request.mentor, request.mentee, request.skill, request.message) == (bob, alice, skill, "Would you?")
    assert response.redirect_chain[-1][0] == reverse("request-detail", args=[request.pk])
    assert said(response) == ["Bob has been asked. You hear from us as soon as there is an answer."]


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"what": ""}, "what", "Fill this in."),
        ({"what": "mentee:999999"}, "what", "Choose from the list"),
        ({"programme": "999999"}, "programme", "Choose from the list"),
        ({"message": "x" * 401}, "message", "at most 400 characters"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field_and_what_was_typed_is_kept(
    data: dict[str, str], field: str, sentence: str, client: Client, two: tuple[Programme, Person, Person]
) -> None:
    programme, _, bob = two
    good = {"programme": programme.pk, "what": f"mentee:{make_skill(name='Budgets').pk}", "message": "Kept words"}

    response = ask(client, bob, **{**good, **data})

    assert sentence in response.context["form"].errors[field][0]
    assert data.get("message", "Kept words") in response.content.decode()
    assert Suggestion.objects.count() == 0


def test_asking_twice_in_a_row_makes_one_request(client: Client, two: tuple[Programme, Person, Person]) -> None:
    programme, _, bob = two
    data = {"programme": programme.pk, "what": f"mentee:{make_skill(name='Budgets').pk}"}

    ask(client, bob, **data)
    again = ask(client, bob, **data)

    assert Suggestion.objects.count() == 1
    assert "You have asked Bob already" not in said(again)
    assert "kept for somebody you have asked" in again.content.decode()


def test_without_a_programme_or_a_skill_the_page_says_what_to_do_first(client: Client) -> None:
    alice, bob = make_alice(), make_bob()
    client.force_login(alice.user)
    address = reverse("request-create", args=[bob.pk])

    without_programme = client.get(address).content.decode()
    make_enrolment(person=alice, programme=make_programme())
    without_skill = client.get(address).content.decode()

    assert "First a programme" in without_programme
    assert "No skill to start from" in without_skill


def test_one_cannot_ask_oneself_nor_somebody_who_left(client: Client) -> None:
    alice = make_alice()
    client.force_login(alice.user)
    gone = make_bob(left_on="2026-01-01")

    assert client.get(reverse("request-create", args=[alice.pk])).status_code == 403
    assert client.get(reverse("request-create", args=[gone.pk])).status_code == 404


def test_a_partner_from_outside_cannot_ask(client: Client) -> None:
    client.force_login(make_person(kind="partner", partner_until="2099-01-01").user)

    assert client.get(reverse("request-create", args=[make_bob().pk])).status_code == 403


def test_the_one_asked_says_yes(client: Client) -> None:
    request = make_request()
    client.force_login(request.mentee.user)

    assert "Yes, gladly" in page_of(client, request)
    response = client.post(reverse("request-answer", args=[request.pk]), {"answer": "yes"}, follow=True)

    assert said(response) == ["Thank you. HR has a look at it now, then the two of you start."]
    assert Suggestion.objects.get().status == "proposed"


def test_the_one_asked_is_not_available_and_the_asker_learns_no_more(client: Client) -> None:
    request = make_request()
    client.force_login(request.mentee.user)

    response = client.post(reverse("request-answer", args=[request.pk]), {"answer": "no"}, follow=True)
    client.force_login(request.mentor.user)

    assert said(response) == ["Thank you. Alice learns “not available”."]
    assert "Bob is not available. There are many reasons why that may be so." in page_of(client, request)


def test_a_second_answer_does_no_harm(client: Client) -> None:
    request = make_request()
    client.force_login(request.mentee.user)
    address = reverse("request-answer", args=[request.pk])
    client.post(address, {"answer": "no"})

    response = client.post(address, {"answer": "yes"}, follow=True)

    assert said(response)[-1] == "This request has ended meanwhile. Reload the page to see where it stands."
    assert Suggestion.objects.get().status == "declined"


def test_without_a_free_place_the_page_says_what_a_yes_needs(client: Client) -> None:
    request = make_request()
    request.programme.enrolments.filter(person=request.mentee).delete()
    client.force_login(request.mentee.user)

    html = page_of(client, request)

    assert "A yes needs a free place as mentee" in html
    assert "Yes, gladly" not in html


def test_the_asker_takes_the_request_back(client: Client) -> None:
    request = make_request()
    client.force_login(request.mentor.user)

    assert "Take the request back" in page_of(client, request)
    response = client.post(reverse("request-withdraw", args=[request.pk]), follow=True)

    assert said(response) == ["You have taken your request back."]


def test_nobody_else_gets_to_a_request_not_even_hr(client: Client) -> None:
    request, agreed = make_request(), make_request(status="proposed")
    answers = []
    for person in (make_charlie(), make_dana()):
        client.force_login(person.user)
        answers += [client.get(reverse("request-detail", args=[row.pk])).status_code for row in (request, agreed)]
        answers += [client.post(reverse("request-answer", args=[agreed.pk]), {"answer": "yes"}).status_code]

    assert answers == [404, 404, 404, 404, 403, 403]


def test_the_one_asked_cannot_withdraw_it(client: Client) -> None:
    request = make_request()
    client.force_login(request.mentee.user)

    assert client.post(reverse("request-withdraw", args=[request.pk])).status_code == 403


def test_an_unwelcome_request_is_not_there_for_the_one_asked(client: Client) -> None:
    request = make_request()
    make_rather_not(person=request.mentee, others=[request.mentor])
    client.force_login(request.mentee.user)

    assert client.get(reverse("request-detail", args=[request.pk])).status_code == 404
    assert client.post(reverse("request-answer", args=[request.pk]), {"answer": "yes"}).status_code == 404
    assert "Alice" not in client.get(reverse("home")).content.decode()
