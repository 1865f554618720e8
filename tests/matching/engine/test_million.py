"""What is done otherwise for very many people, tried on few: the same answer, and always proven how good it is."""

import numpy as np
import pytest

from matching.company import make_company
from matching.engine import Policy, explain, run, solve, verify
from matching.engine.arcs import merged, not_in, together
from matching.engine.bounds import worth_of
from matching.engine.network import Arcs
from matching.engine.start import OutOfTime
from matching.engine.value import scale_of
from matching.engine.verify import proof
from tests.matching.engine.test_run import problem_of

SIZE = 3500  # people: more than are solved straight, so that all parts have their turn


@pytest.fixture
def as_of_very_many(monkeypatch):
    monkeypatch.setattr(run, "THIN_FROM", 1)
    monkeypatch.setattr(run, "THIN_FIRST", 10)
    monkeypatch.setattr(run, "THIN", 20)
    for name in ("ALTERNATIVES_BELOW", "TOLD_LATER_FROM"):
        monkeypatch.setattr(explain, name, 1)


@pytest.mark.parametrize("shape", ["executives", "everybody"])
def test_samples_and_forgotten_pairs_lead_to_the_same_answer(shape, as_of_very_many, monkeypatch):
    people = make_company(SIZE, seed=5, shape=shape)

    large = solve(people, Policy())
    monkeypatch.undo()
    plain = solve(people, Policy())

    assert large.objective == plain.objective
    assert large.objective.certified
    assert verify(people, Policy(), large) == ()
    assert [(p.mentor, p.mentee, p.criteria) for p in large.pairs] == [
        (p.mentor, p.mentee, p.criteria) for p in plain.pairs
    ]
    assert large.left_out == plain.left_out


def test_pairs_that_are_told_later_are_told_the_same_each_time(as_of_very_many):
    pairs = solve(make_company(300, seed=5, shape="everybody"), Policy()).pairs

    assert list(pairs) == list(pairs) == [pairs[number] for number in range(len(pairs))]
    assert pairs[-1] == list(pairs)[-1]
    assert pairs[2:4] == tuple(list(pairs)[2:4])
    assert pairs == list(pairs)
    assert pairs != list(pairs)[1:]
    with pytest.raises(IndexError):
        pairs[len(pairs)]


def test_enough_is_an_answer_within_the_share_that_was_asked_for():
    people = make_company(5000, seed=5, shape="executives")

    near, best = solve(people, Policy(), enough=0.05), solve(people, Policy())

    assert near.objective.placed == near.objective.placed_bound == best.objective.placed
    assert best.objective.total <= near.objective.bound
    assert 0 <= near.objective.gap <= 0.05
    assert verify(people, Policy(), near) == ()


def test_a_search_that_is_broken_off_leaves_the_last_proven_bound():
    problem = problem_of(SIZE, "everybody")
    solving = run.solving_of(problem)
    candidates, complete = run.first_candidates(solving), solving.work

    def until_the_second_round(search, blocks):
        for part in complete(search, blocks):
            if solving.rounds == 1:
                raise OutOfTime
            yield part

    solving.work = until_the_second_round
    state = run.optimum(solving, candidates)

    placed_bound, bound, proven = proof(problem, run.chosen_couples(state), run.certificate_of(solving, state))
    unit, place = scale_of(problem.columns).unit, scale_of(problem.columns).place
    placed, _ = worth_of(state)
    assert not proven
    assert placed_bound == solving.bound.worth // place
    assert bound == (solving.bound.worth - placed * place) // unit


def test_no_round_that_time_ends_leaves_less_than_there_was(as_of_very_many):
    problem = problem_of(SIZE, "everybody")
    solving = run.solving_of(problem)
    state = run.optimum(solving, run.first_candidates(solving))
    best, chosen = worth_of(state), run.chosen_couples(state)

    over = run.Clock(run.quiet, until=0.0)
    after = run.solved_on(solving, [state], arcs_of(), len(problem), over)

    assert worth_of(after) == best
    assert sorted(run.chosen_couples(after).tolist()) == sorted(chosen.tolist())


def test_after_each_answer_no_pair_is_missing_that_a_place_hangs_on(monkeypatch):
    monkeypatch.setattr(run, "FEW_IMPROVE", 1.0)  # all people are few
    problem = problem_of(SIZE, "executives")
    solving, clock = run.solving_of(problem), run.Clock(run.quiet, until=float("inf"))
    few = Arcs(*(column[::3].copy() for column in run.first_candidates(solving)))
    state = run.solve_network(problem, few, run.quiet)
    solving.samples, solving.rounds = 1, 2
    before, missing = worth_of(state), run.missing_places(solving, state, clock)
    profit = missing.value - state.mentors.price[missing.mentor] - state.mentees.price[missing.mentee]

    after = run.with_places(solving, [state], clock)

    assert len(profit) > 0
    assert profit.min() > scale_of(problem.columns).place // 2
    assert worth_of(after) >= before
    assert not len(run.missing_places(solving, after, clock).value)


def arcs_of(*couples):
    mentors, mentees = np.array(couples, dtype=np.int32).reshape(-1, 2).T
    return Arcs(np.ascontiguousarray(mentors), np.ascontiguousarray(mentees), mentors * 10 + mentees.astype(np.int64))


def couples_of(arcs):
    assert arcs.value.tolist() == (arcs.mentor * 10 + arcs.mentee).tolist()
    return list(zip(arcs.mentor.tolist(), arcs.mentee.tolist(), strict=True))


def test_lists_of_pairs_are_put_together_by_mentor_and_mentee_each_pair_once():
    found = together([arcs_of((2, 1), (0, 3), (2, 0)), arcs_of(), arcs_of((0, 3), (1, 2), (0, 1))], 4)

    assert couples_of(found) == [(0, 1), (0, 3), (1, 2), (2, 0), (2, 1)]


def test_a_merged_list_says_where_the_pairs_of_the_first_are():
    one, other = arcs_of((0, 1), (1, 0), (3, 2)), arcs_of((0, 0), (1, 2), (3, 3))

    both, place = merged(one, other)

    assert couples_of(both) == [(0, 0), (0, 1), (1, 0), (1, 2), (3, 2), (3, 3)]
    assert place.tolist() == [1, 2, 4]
    assert couples_of(merged(arcs_of(), other)[0]) == couples_of(other)
    assert couples_of(merged(one, arcs_of())[0]) == couples_of(one)


def test_only_pairs_that_the_network_does_not_hold_are_new():
    problem = problem_of(300, "everybody")
    solving = run.solving_of(problem)
    arcs = run.first_candidates(solving)
    state = run.solve_network(problem, Arcs(*(column[::2].copy() for column in arcs)), run.quiet)

    new = not_in(state, arcs)

    assert new.value.tolist() == arcs.value[1::2].tolist()
