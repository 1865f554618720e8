"""Choosing another partner, over HTTP."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from matching.models import Suggestion
from mentoring.models import Person
from tests.builders import (
    make_dana,
    make_enrolment,
    make_offer,
    make_person,
    make_programme,
    make_suggestion,
    make_wish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(client: Client) -> Person:
    """Signed in."""
    dana = make_dana()
    client.force_login(dana.user)
    return dana


@pytest.fixture
def suggestion() -> Suggestion:
    """Ann could mentor Bo; Cleo is free and could, too."""
    programme = make_programme()
    ann, cleo, bo = make_person(name="Ann", level=2), make_person(name="Cleo", level=2), make_person(name="Bo", level=7)
    for mentor in (ann, cleo):
        make_offer(person=mentor)
        make_enrolment(person=mentor, programme=programme, mentee_capacity=0)
    make_wish(person=bo)
    return make_suggestion(programme=programme, mentor=ann, mentee=bo)


def post(client: Client, suggestion: Suggestion, **data: Any) -> Any:
    return client.post(reverse("suggestion-swap", args=[suggestion.pk]), data, follow=True)


def test_the_page_shows_whom_else_each_of_the_two_could_have(
    client: Client, dana: Person, suggestion: Suggestion
) -> None:
    html = client.get(reverse("suggestion-swap", args=[suggestion.pk])).content.decode()

    assert "Who could Bo learn from" in html
    assert "Cleo" in html
    assert re.search(r"Ann would be left without a suggestion; \d+ points (more|fewer) in all\.", html)
    assert "Nobody else who is free to choose fits Ann" in html


def test_a_choice_is_suggested_instead(client: Client, dana: Person, suggestion: Suggestion) -> None:
    cleo = Person.objects.get(name="Cleo")

    response = post(client, suggestion, keep="mentee", partner=cleo.pk)

    assert response.redirect_chain[-1][0] == reverse("approval", args=[suggestion.programme.pk])
    assert [str(m) for m in response.context["messages"]] == [
        "Suggested now: Cleo and Bo. They wait for your approval."
    ]
    assert set(Suggestion.objects.values_list("status", "mentor__name")) == {("replaced", "Ann"), ("proposed", "Cleo")}


def test_a_choice_that_is_no_longer_there_says_so(client: Client, dana: Person, suggestion: Suggestion) -> None:
    cleo = Person.objects.get(name="Cleo")

    taken = post(client, suggestion, keep="mentee", partner=cleo.pk, instead_of=999_999)
    post(client, suggestion, keep="mentee", partner=cleo.pk)
    late = post(client, suggestion, keep="mentee", partner=cleo.pk)

    assert "Somebody decided on one of these meanwhile" in str(next(iter(taken.context["messages"])))
    assert "Ann and Bo: This suggestion was replaced" in str(list(late.context["messages"])[-1])
    assert Suggestion.objects.count() == 2


def test_nonsense_in_the_form_changes_nothing(client: Client, dana: Person, suggestion: Suggestion) -> None:
    response = post(client, suggestion, keep="neither", partner="x")

    assert response.status_code == 200
    assert Suggestion.objects.get().status == "proposed"
