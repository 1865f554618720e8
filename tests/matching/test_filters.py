"""HR's filters, from the address to the rows."""

import pytest
from django.http import QueryDict

from matching.filters import SuggestionFilter, order_of
from matching.models import Suggestion
from tests.builders import make_alice, make_bob, make_charlie, make_programme, make_skill, make_suggestion

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    rows = SuggestionFilter(QueryDict(query), Suggestion.objects.order_by("-score")).qs
    return [str(row) for row in rows]


@pytest.fixture(autouse=True)
def rows() -> None:
    """Alice and Bob at 80, Alice and Charlie at 60, Charlie and Bob rejected at 40."""
    programme, alice, bob, charlie = make_programme(), make_alice(), make_bob(), make_charlie()
    make_suggestion(mentor=alice, mentee=bob, programme=programme, score=80, near_tie=True)
    exception = [{"rule": "overlap_hours", "sentence": "They share one hour."}]
    make_suggestion(
        mentor=alice, mentee=charlie, programme=programme, score=60, is_exchange=True, exceptions=exception,
        skill=make_skill(name="Python"), origin="hr",
    )  # fmt: skip
    make_suggestion(mentor=charlie, mentee=bob, programme=programme, score=40, status="rejected")


def test_without_a_word_those_that_wait_for_hr_are_shown() -> None:
    assert found("") == ["Alice and Bob", "Alice and Charlie"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=", ["Alice and Bob", "Alice and Charlie", "Charlie and Bob"]),
        ("status=rejected", ["Charlie and Bob"]),
        ("q=bob", ["Alice and Bob"]),
        ("q=python", ["Alice and Charlie"]),
        ("q=alice+python", ["Alice and Charlie"]),
        ("q=bob+python", []),
        ("mark=near_tie", ["Alice and Bob"]),
        ("mark=exception", ["Alice and Charlie"]),
        ("mark=exchange", ["Alice and Charlie"]),
        ("origin=hr", ["Alice and Charlie"]),
        ("score_from=70", ["Alice and Bob"]),
        ("score_to=70", ["Alice and Charlie"]),
        ("score_from=60&score_to=80&status=", ["Alice and Bob", "Alice and Charlie"]),
        ("sort=score", ["Alice and Charlie", "Alice and Bob"]),
        ("sort=mentee", ["Alice and Bob", "Alice and Charlie"]),
        ("sort=-mentee", ["Alice and Charlie", "Alice and Bob"]),
        ("sort=nonsense", ["Alice and Bob", "Alice and Charlie"]),
    ],
)
def test_each_filter_and_order(query: str, expected: list[str]) -> None:
    assert found(query) == expected


def test_department_and_grade_of_either_side() -> None:
    charlie = make_charlie()

    assert found(f"department={charlie.department_id}") == ["Alice and Charlie"]
    assert found(f"grade={charlie.grade_id}&status=") == ["Alice and Charlie", "Charlie and Bob"]


def test_what_cannot_be_read_in_an_address_is_named_at_its_field() -> None:
    form = SuggestionFilter(QueryDict("score_from=many"), Suggestion.objects.all()).form

    assert form.errors == {"score_from": ["Enter a number."]}


def test_orders_always_end_with_the_key_so_that_pages_do_not_overlap() -> None:
    assert [order_of(sort)[-1] for sort in ("score", "-score", "mentor", "skill", "?")] == ["pk"] * 5
