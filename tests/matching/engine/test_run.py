"""A few candidates and all pairs priced: the same answer as all pairs from the start, whatever the threads."""

import numpy as np
import pytest

from matching.company import make_company
from matching.engine import Policy, solve, verify
from matching.engine.blocks import in_threads
from matching.engine.candidates import eligible_pairs
from matching.engine.columns import prepare
from matching.engine.criteria import weights_of
from matching.engine.run import ALL_UP_TO, chosen_couples, first_candidates, optimum, quiet, solve_network, solving_of
from matching.engine.value import scale_of


def problem_of(size, shape):
    return prepare(make_company(size, seed=12, shape=shape), Policy(), weights_of(Policy()))


@pytest.mark.parametrize("shape", ["executives", "everybody"])
@pytest.mark.parametrize("size", [3500, 5000])
def test_the_answer_from_few_candidates_is_that_of_all_pairs(size, shape):
    problem = problem_of(size, shape)
    every = eligible_pairs(problem.columns, scale_of(problem.columns))

    solving = solving_of(problem)
    few = first_candidates(solving)
    sparse, full = optimum(solving, few), solve_network(problem, every, quiet)

    assert len(few.value) < len(every.value) / 2
    assert sorted(chosen_couples(sparse).tolist()) == sorted(chosen_couples(full).tolist())


def test_the_number_of_threads_changes_nothing():
    problem = problem_of(ALL_UP_TO + 100, "everybody")
    answers = []
    for workers in (1, 3):
        solving = solving_of(problem)
        solving.work = in_threads(solving.ground, workers)
        answers.append(optimum(solving, first_candidates(solving)))

    one, other = answers
    assert np.array_equal(chosen_couples(one), chosen_couples(other))
    assert np.array_equal(one.mentors.price, other.mentors.price)
    assert np.array_equal(one.mentees.price, other.mentees.price)


@pytest.mark.parametrize(("size", "limit"), [(1000, 0), (5000, 0), (5000, 0.2)])
def test_an_answer_of_too_little_time_says_how_far_it_may_be_from_the_best(size, limit):
    people = make_company(size, seed=5, shape="everybody")

    hurried, best = solve(people, Policy(), time_limit=limit), solve(people, Policy())

    assert best.objective.certified
    assert verify(people, Policy(), hurried) == ()
    assert (
        best.objective.placed / 2 < hurried.objective.placed <= best.objective.placed <= hurried.objective.placed_bound
    )
    assert hurried.objective.placed < best.objective.placed or hurried.objective.bound >= best.objective.total
    assert limit or not hurried.objective.certified


def test_bidding_that_begins_at_prices_far_too_high_comes_to_the_same_answer():
    problem = problem_of(3200, "everybody")
    arcs = first_candidates(solving_of(problem))
    best = solve_network(problem, arcs, quiet)
    too_much = np.random.default_rng(1).integers(0, 400, len(problem)) * scale_of(problem.columns).unit

    dear = solve_network(problem, arcs, quiet, best.mentees.price + too_much)

    assert np.array_equal(dear.used, best.used)
