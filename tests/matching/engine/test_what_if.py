"""Answers side by side, and what one departure changes."""

from dataclasses import replace

import numpy as np
import pytest

from matching.company import make_company
from matching.engine import PersonRow, Policy, Wish, compare, gather, solve, what_if
from matching.engine.people import IntArray


def couples_of(result):
    return {(pair.mentor, pair.mentee) for pair in result.pairs}


@pytest.mark.parametrize("policy", [Policy(), Policy(grade_gap=None), Policy(worst_off_first=True)])
def test_a_what_if_is_what_a_run_would_answer(policy):
    people = make_company(120, seed=3, skills=[f"Skill {number}" for number in range(20)])

    told, result = what_if(people, policy), solve(people, policy)

    assert told.couples == couples_of(result)
    assert (len(told.placed), told.total) == (result.objective.placed, result.objective.total)
    assert told.weakest == min(pair.score for pair in result.pairs)


def test_the_difference_names_who_is_placed_who_loses_their_place_and_who_changes_partner():
    ann = PersonRow(key=1, name="Ann", grade=1, mentor_capacity=1, offers={"Python": 5})
    ben = PersonRow(key=2, name="Ben", grade=2, mentor_capacity=1, offers={"Python": 3})
    cleo = PersonRow(key=3, name="Cleo", grade=3, mentee_capacity=1, wishes=[Wish(skill="Python", wanted=5)])
    people = gather([ann, ben, cleo])

    now, then = what_if(people, Policy()), what_if(people, Policy(grade_gap=2, weights={"skill_fit": 10}))
    same = compare(now, then)
    other = compare(what_if(people, Policy(offer_level=4)), what_if(people, Policy(grade_gap=1)))
    barred = compare(now, what_if(gather([ann, ben, cleo], forbidden=[(1, 3)]), Policy()))

    assert (same.gained, same.lost, same.moved, same.kept, same.new) == ((), (), (), 1, 0)
    assert other.new == 0
    assert barred.gained == ((1, "mentor"),)
    assert barred.lost == ((0, "mentor"),)
    assert barred.moved == ((2, "mentee"),)


def departed(people, person):
    """The same people; one has asked for nothing any more."""
    columns: dict[str, IntArray] = {}
    for name in ("mentor_capacity", "mentee_capacity"):
        column = getattr(people, name).copy()
        column[person] = 0
        columns[name] = column
    return replace(people, **columns)


def test_a_departure_touches_few_others_where_stability_is_worth_a_little():
    people = make_company(1000, seed=5)
    before = what_if(people, Policy())
    previous = replace(people, previous=np.array(sorted(before.couples)))
    leaving = sorted({row for couple in before.couples for row in couple})[::200]

    loose, stable = (
        [compare(before, what_if(departed(previous, row), Policy(stability=points))) for row in leaving]
        for points in (0, 3)
    )

    assert max(other.new for other in stable) <= 6
    assert sum(other.new for other in stable) * 2 < sum(other.new for other in loose)
