"""What if, over HTTP: shown beside the present answer, and nothing is written."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from matching.models import MatchingRun, Suggestion
from mentoring.models import Person, Programme
from tests.builders import make_alice, make_dana, make_suggestion
from tests.matching.people import make_mentee, make_mentor

pytestmark = pytest.mark.django_db
RULES = {
    "apply_grade_gap": "on", "min_grade_gap": "1", "no_reporting_line": "on", "reporting_line_levels": "10",
    "shared_language": "on", "min_overlap_hours": "2", "min_offer_level": "2", "weight_skill_fit": "10",
    "weight_exchange": "6", "weight_grade_gap": "3", "weight_bridge": "4", "weight_channels": "2",
    "weight_overlap": "2", "weight_waiting": "3",
}  # fmt: skip


@pytest.fixture
def dana(client: Client) -> Person:
    """Signed in."""
    dana = make_dana()
    client.force_login(dana.user)
    return dana


def words(client: Client, programme: Programme, data: dict[str, str] | None = None, **headers: str) -> str:
    response = client.get(reverse("programme-what-if", args=[programme.pk]), data or {}, headers=headers)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_looser_rule_shows_who_would_be_placed_and_writes_nothing(
    client: Client, dana: Person, programme: Programme
) -> None:
    ann, bo = make_mentor(programme, "Ann"), make_mentee(programme, "Bo", grade=2)  # of the same grade

    now = words(client, programme)
    then = words(client, programme, {**RULES, "min_grade_gap": "0"})

    assert "Nobody would be placed, now or then." in now
    assert "0 pairs would stay, 1 would be new." in then
    assert "Would be placed 2 Ann as mentor Bo as mentee" in then
    assert (MatchingRun.objects.count(), Suggestion.objects.count()) == (0, 0)
    programme.refresh_from_db()
    assert programme.min_grade_gap == 1
    assert {ann.pk, bo.pk} == set(programme.enrolments.values_list("person", flat=True))


def test_where_nobody_can_be_placed_it_says_what_pairs_need(client: Client, dana: Person, programme: Programme) -> None:
    assert "Nobody would be placed, now or then. Pairs need people who have joined" in words(client, programme)

    make_mentor(programme, "Ann")
    assert "Nobody would be placed, now or then." in words(client, programme, RULES)


def test_what_hr_has_before_it_is_the_present_answer(client: Client, dana: Person, programme: Programme) -> None:
    make_suggestion(programme=programme, mentor=make_mentor(programme, "Ann"), mentee=make_mentee(programme, "Bo"))
    make_mentor(programme, "Cleo", level=5)

    told = words(client, programme, {**RULES, "min_offer_level": "5"})

    assert "Now Then Places filled 2 2" in told
    assert "Would be placed 1 Cleo as mentor" in told
    assert "Would lose their place 1 Ann as mentor" in told
    assert "Would change partner 1 Bo as mentee" in told


def test_htmx_gets_the_answer_alone(client: Client, dana: Person, programme: Programme) -> None:
    part = words(client, programme, RULES, **{"HX-Request": "true", "HX-Target": "answer"})

    assert "What would change" in part
    assert "Turn weights and rules" not in part


def test_a_value_that_makes_no_sense_is_said_at_its_field(client: Client, dana: Person, programme: Programme) -> None:
    told = words(client, programme, {**RULES, "weight_bridge": "11", "min_grade_gap": "x"})

    assert "Use 10 or less." in told
    assert "Write a whole number, in digits." in told
    assert "nothing is worked out with them" in told


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_number_of_queries_for_one_and_for_three(
    count: int, client: Client, dana: Person, programme: Programme,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(count):
        make_mentor(programme, f"Ann {number}")
        make_mentee(programme, f"Bo {number}", grade=2)

    with django_assert_max_num_queries(24):
        told = words(client, programme, {**RULES, "min_grade_gap": "0"})

    assert f"{count} would be new." in told


def test_nobody_outside_hr_may_look(client: Client, programme: Programme) -> None:
    client.force_login(make_alice().user)

    assert client.get(reverse("programme-what-if", args=[programme.pk])).status_code == 403
