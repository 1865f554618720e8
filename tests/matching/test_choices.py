"""Whom HR can choose instead of one of two suggested people."""

import pytest

from matching.choices import Choice, choices_for
from matching.models import Suggestion
from mentoring.models import Programme, Role
from tests.builders import make_request
from tests.matching.people import make_mentee, make_mentor

pytestmark = pytest.mark.django_db


def names(choices: list[Choice]) -> list[str]:
    return [choice.partner.name for choice in choices]


def test_who_has_a_free_place_and_fits_can_be_chosen_the_best_first(
    programme: Programme, ann_and_bo: Suggestion
) -> None:
    make_mentor(programme, "Cleo", level=3)
    make_mentor(programme, "Dov", level=5)
    make_mentor(programme, "Too low", level=1)
    make_mentee(programme, "No mentor")

    choices = choices_for(ann_and_bo)[Role.MENTEE]

    assert names(choices) == ["Dov", "Cleo"]
    assert choices[0].score > choices[1].score
    assert choices[0].reasons
    assert choices[0].instead_of is None


def test_rules_keep_people_out_of_the_choice(programme: Programme, ann_and_bo: Suggestion) -> None:
    make_mentee(programme, "Too junior", grade=2)
    make_mentee(programme, "Fits", grade=6)

    assert names(choices_for(ann_and_bo)[Role.MENTOR]) == ["Fits"]


def test_what_two_people_asked_for_is_not_taken_from_them(programme: Programme, ann_and_bo: Suggestion) -> None:
    cleo, dov = make_mentor(programme, "Cleo"), make_mentee(programme, "Dov")
    make_request(asked_by=cleo, asked=dov, programme=programme, status="proposed")

    assert choices_for(ann_and_bo)[Role.MENTEE] == []
