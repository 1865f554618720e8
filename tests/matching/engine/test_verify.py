"""A verifier that is fed a wrong answer refuses it."""

from dataclasses import replace

import numpy as np
import pytest

from matching.company import make_company
from matching.engine import Policy, solve, verify
from matching.engine.result import Certificate
from matching.engine.rows import PersonRow, Wish, gather

PEOPLE = make_company(120, seed=11, skills=[f"Skill {number}" for number in range(20)])
POLICY = Policy()


@pytest.fixture(scope="module")
def right():
    return solve(PEOPLE, POLICY)


def test_the_right_answer_is_accepted(right):
    assert verify(PEOPLE, POLICY, right) == ()


def test_a_pair_that_hr_allows_against_the_grades_keeps_its_profit():
    """The mentor has a seat to spare and the mentee nobody else, so that neither's price need rise."""
    mentor = PersonRow(key=3, name="A", grade=0, mentor_capacity=2, offers={"x": 1, "y": 1, "z": 1})
    mentee = PersonRow(key=5, name="B", grade=0, mentee_capacity=1, wishes=(Wish(skill="x"),))
    people = gather([mentor, mentee], exceptions=((3, 5),))
    policy = Policy(grade_gap=1, offer_level=1, reporting_line=None)

    answer = solve(people, policy)

    assert (answer.objective.placed, answer.objective.certified) == (2, True)
    assert verify(people, policy, answer) == ()


def test_a_pair_left_away_is_noticed(right):
    wrong = verify(PEOPLE, POLICY, replace(right, pairs=right.pairs[1:]))

    assert "The people placed or the total are not counted right." in wrong
    assert "The prices do not prove the answer to be the best." in wrong


def test_a_worse_answer_that_is_counted_right_is_not_certified(right):
    fewer = replace(right, pairs=right.pairs[1:])
    total = sum(pair.score for pair in fewer.pairs)
    gone = right.pairs[0]
    told = replace(fewer, objective=right.objective._replace(placed=right.objective.placed - 2, total=total))

    wrong = verify(PEOPLE, POLICY, told)

    assert "The prices do not prove the answer to be the best." in wrong
    assert gone not in told.pairs


def test_a_pair_that_breaks_a_rule_is_named(right):
    first, second = right.pairs[0], right.pairs[1]
    swapped = first._replace(mentor=first.mentee, mentee=first.mentor)

    wrong = verify(PEOPLE, POLICY, replace(right, pairs=(swapped, second, *right.pairs[2:])))

    one, other = PEOPLE.names[first.mentee], PEOPLE.names[first.mentor]
    assert f"{one} and {other} break a rule." in wrong


def test_a_wrong_score_is_noticed(right):
    first = right.pairs[0]

    wrong = verify(PEOPLE, POLICY, replace(right, pairs=(first._replace(score=first.score + 1), *right.pairs[1:])))

    assert (
        f"The score of {PEOPLE.names[first.mentor]} and {PEOPLE.names[first.mentee]} is not {first.score + 1}." in wrong
    )


def test_a_pair_told_twice_is_noticed(right):
    wrong = verify(PEOPLE, POLICY, replace(right, pairs=(*right.pairs, right.pairs[0])))

    assert "Two people are paired twice." in wrong


def test_more_partners_than_asked_for_are_noticed(right):
    tighter = replace(PEOPLE, mentor_capacity=np.minimum(PEOPLE.mentor_capacity, 1))

    assert "Somebody has more partners as mentor than they asked for." in verify(tighter, POLICY, right)


def test_somebody_forgotten_in_the_list_of_those_left_out_is_noticed(right):
    assert verify(PEOPLE, POLICY, replace(right, left_out=right.left_out[1:])) == (
        "The list of those left out is not right.",
    )


@pytest.mark.parametrize("by", [1, 1 << 40, 1 << 62])
def test_a_forged_price_is_noticed(right, by):
    prices = right.certificate.mentee_prices.copy()
    prices[right.pairs[0].mentee] += by

    wrong = verify(PEOPLE, POLICY, replace(right, certificate=Certificate(right.certificate.mentor_prices, prices)))

    assert "The prices do not prove the answer to be the best." in wrong


def test_a_forged_bound_is_noticed(right):
    forged = replace(right, objective=right.objective._replace(bound=right.objective.bound + 5))

    assert verify(PEOPLE, POLICY, forged) == ("The bounds are not what the prices prove.",)


@pytest.mark.parametrize("weights", [{"skill_fit": 0}, {"skill_fit": 0, "exchange": 0, "bridge": 0}])
def test_what_hr_weighs_nothing_is_proven_all_the_same(weights):
    policy = Policy(weights=weights)

    answer = solve(PEOPLE, policy)

    assert answer.objective.certified
    assert verify(PEOPLE, policy, answer) == ()
