"""What a choice costs is told with its sign, and over all whom it touches."""

import pytest

from matching.choices import Choice
from matching.comparison import cost_of, sides_of
from matching.engine import Criterion
from tests.builders import make_charlie, make_offer, make_person, make_programme, make_suggestion, make_wish

pytestmark = pytest.mark.django_db


def choice(*, score: int, **fields: object) -> Choice:
    return Choice(partner=make_charlie(), score=score, criteria=(Criterion("bridge", score, ""),), **fields)  # type: ignore[arg-type]


def test_who_takes_a_free_place_leaves_the_other_without_a_suggestion() -> None:
    suggestion = make_suggestion(score=80)

    cost = cost_of(suggestion, choice(score=95), suggestion.mentor)

    assert (cost.points, cost.left_over) == (15, (suggestion.mentor,))
    assert cost.in_words == "Alice would be left without a suggestion; 15 points more in all."


def test_an_exchange_counts_both_pairs_before_and_after() -> None:
    programme = make_programme()
    suggestion = make_suggestion(programme=programme, score=80)
    other = make_suggestion(programme=programme, score=60, mentor=make_person(level=1), mentee=make_person(level=8))

    kept = cost_of(suggestion, choice(score=90, instead_of=other, others_score=40), suggestion.mentor)
    broken = cost_of(suggestion, choice(score=90, instead_of=other), suggestion.mentor)

    assert kept.in_words == "Nobody loses a place; 10 points fewer in all."
    assert (broken.points, len(broken.left_over)) == (-50, 2)


def test_each_of_the_two_is_compared_line_by_line() -> None:
    suggestion = make_suggestion(criteria=[{"name": "skill_fit", "points": 80, "sentence": "It fits."}])
    cleo = make_person(name="Cleo", level=1)
    make_offer(person=cleo)
    make_wish(person=suggestion.mentee)
    make_suggestion(programme=suggestion.programme, mentor=cleo, mentee=make_person(level=9), score=10)

    for_mentee, for_mentor = sides_of(suggestion)

    assert [column.partner.name for column in for_mentee.columns] == ["Alice", "Cleo"]
    fit = for_mentee.lines[0]
    assert (fit.name, fit.cells[0].points, fit.cells[0].sentence) == ("Skill fit", 80, "It fits.")
    assert fit.cells[1].difference == fit.cells[1].points - 80
    assert [column.partner.name for column in for_mentor.columns] == ["Bob"]
