"""What the home page and the page of a request say."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matching.dashboard import home_panels, where_it_stands
from matching.models import Suggestion
from mentoring.models import Person
from tests.builders import (
    make_alice,
    make_bob,
    make_dana,
    make_programme,
    make_rather_not,
    make_request,
    make_suggestion,
)

pytestmark = pytest.mark.django_db


def titles(person: Person) -> list[str]:
    return [step.title for step in home_panels(person, timezone.now())]


def test_who_is_asked_finds_the_request_on_their_home_page() -> None:
    request = make_request()

    [step] = home_panels(request.mentee, timezone.now())

    assert (step.title, step.url) == ("Alice asks you", reverse("request-detail", args=[request.pk]))
    assert step.sentence == "Would you like to learn Social media? Your answer is private."
    assert titles(request.mentor) == []


def test_an_unwelcome_or_ended_request_is_on_nobodys_home_page() -> None:
    alice, bob = make_alice(), make_bob()
    make_rather_not(person=bob, others=[alice])
    make_request(asked_by=alice, asked=bob)
    make_request(asked=bob, status="declined")

    assert titles(bob) == []


def test_hr_finds_how_many_suggestions_wait_in_each_programme() -> None:
    programme = make_programme(name="Spring")
    make_suggestion(programme=programme)
    make_suggestion(programme=programme, status="rejected")
    make_request(programme=programme)
    autumn = make_programme(name="Autumn")
    make_suggestion(programme=autumn)
    make_suggestion(programme=autumn)
    make_suggestion(programme=make_programme(status="closed"))

    steps = home_panels(make_dana(), timezone.now())

    assert {(step.title, step.sentence.split(".")[0]) for step in steps} == {
        ("1 suggestion to decide on", "In Spring"),
        ("2 suggestions to decide on", "In Autumn"),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_panels_cost_a_fixed_number_of_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dana = make_dana()
    for _ in range(count):
        make_request(asked=dana)
        make_suggestion()

    with django_assert_num_queries(6):
        home_panels(dana, timezone.now())


@pytest.mark.parametrize(
    ("fields", "to_the_asker", "to_the_asked"),
    [
        ({}, "Bob has not answered yet.", "Alice would like to be a pair with you."),
        ({"status": "proposed"}, "Both of you said yes.", "Both of you said yes."),
        ({"status": "rejected"}, "HR did not approve this pair.", "HR did not approve this pair."),
        ({"status": "declined"}, "Bob is not available.", "This request has ended."),
        (
            {"status": "declined", "both_said_yes_at": timezone.now()},
            "One of you is not available any more",
            "One of you is not available any more",
        ),
        ({"status": "withdrawn"}, "This request was taken back.", "This request was taken back."),
    ],
)
def test_where_a_request_stands_in_a_sentence_for_each(
    fields: dict[str, object], to_the_asker: str, to_the_asked: str
) -> None:
    request: Suggestion = make_request(**fields)

    assert where_it_stands(request, request.mentor).startswith(to_the_asker)
    assert where_it_stands(request, request.mentee).startswith(to_the_asked)
