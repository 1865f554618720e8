"""Worst-off first, against every answer there is."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from matching.company import make_company
from matching.engine import Policy, solve, verify
from tests.matching.engine import reference
from tests.matching.engine.companies import companies, policies
from tests.matching.engine.test_engine import columns

few = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@few
@given(companies(), policies())
def test_the_weakest_pair_is_as_strong_as_can_be_among_the_answers_that_place_most(company, policy):
    scores = reference.eligible_scores(company, policy)
    assume(len(scores) <= 10)
    policy = replace(policy, worst_off_first=True)
    people = columns(company)

    result = solve(people, policy)

    weakest = min((pair.score for pair in result.pairs if not pair.fixed), default=-1)
    assert (result.objective.placed, weakest, result.objective.total) == max(
        (placed, min((scores[pair] for pair in chosen), default=-1), total)
        for chosen, placed, total in reference.all_answers(company, policy)
    )
    assert verify(people, policy, result) == ()


@pytest.fixture(scope="module")
def case():
    people, policy = make_company(80, seed=2, skills=[f"Skill {n}" for n in range(12)]), Policy(worst_off_first=True)
    return people, policy, solve(people, policy)


def test_it_costs_points_and_nobody_a_place(case):
    people, policy, result = case
    plain = solve(people, Policy())

    assert result.objective.placed == plain.objective.placed
    assert min(pair.score for pair in result.pairs) > min(pair.score for pair in plain.pairs)
    assert result.objective.total < plain.objective.total
    assert verify(people, policy, result) == ()


@pytest.mark.parametrize("change", ["lower floor", "higher floor", "forged prices", "no floor"])
def test_a_floor_that_is_not_proven_is_refused(case, change):
    people, policy, result = case
    floor = result.floor
    wrong = {
        "lower floor": replace(floor, score=floor.score - 1),
        "higher floor": replace(floor, score=floor.score + 1),
        "forged prices": replace(floor, above=floor.without),
        "no floor": None,
    }[change]

    assert verify(people, policy, replace(result, floor=wrong)) != ()


def test_an_answer_that_places_fewer_for_a_higher_floor_is_refused(case):
    people, policy, result = case
    fewer = solve(people, Policy(least_score=result.floor.score + 10))
    assert fewer.objective.placed < result.objective.placed

    forged = replace(fewer, floor=replace(result.floor, score=result.floor.score + 10))

    assert "It is not proven that nobody can place more people." in verify(people, policy, forged)


@pytest.mark.parametrize("limit", [0, 0.05])
def test_with_too_little_time_the_floor_is_one_that_holds_and_says_how_high_it_could_be(case, limit):
    people, policy, best = case

    hurried = solve(people, policy, time_limit=limit)

    assert verify(people, policy, hurried) == ()
    assert hurried.floor.score <= best.floor.score <= hurried.floor.highest
    assert not hurried.objective.certified or hurried.floor.score == hurried.floor.highest


def test_a_floor_that_may_be_higher_cannot_be_called_proven(case):
    people, policy, result = case

    forged = replace(result, floor=replace(result.floor, above=None))

    assert "It is not proven that the weakest pair is as strong as can be." in verify(people, policy, forged)
