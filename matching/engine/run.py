"""The bare run, from columns to the solved network: no proof, no reasons."""

from collections.abc import Callable

import numpy as np

from matching.engine.candidates import eligible_pairs
from matching.engine.columns import I64, MENTEE_CAPACITY, MENTOR_CAPACITY, Problem, prepare
from matching.engine.criteria import weights_of
from matching.engine.network import Arcs, State, make_state, seats_left
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.result import Role
from matching.engine.solver import enter, make_work, repair
from matching.engine.value import scale_of

BLOCK = 256


def solve_network(problem: Problem, arcs: Arcs, tell: Callable[[float], None]) -> State:
    c, scale = problem.columns, scale_of(problem.columns)
    seats = seats_left(c.person[:, MENTOR_CAPACITY], c.person[:, MENTEE_CAPACITY], problem.fixed, scale)
    state = make_state(arcs, seats.mentor_first, seats.mentee_first, seats)
    work = make_work(len(problem))
    enter(state)
    for first in range(0, len(problem), BLOCK):
        repair(state, work, first, min(first + BLOCK, len(problem)))
        tell(first / len(problem))
    return state


def run(people: People, policy: Policy) -> tuple[Problem, State]:
    problem = prepare(people, policy, weights_of(policy))
    arcs = eligible_pairs(problem.columns, scale_of(problem.columns))
    return problem, solve_network(problem, arcs, lambda fraction: None)


def chosen_couples(state: State) -> I64:
    chosen = np.flatnonzero(state.used)
    return np.column_stack([state.mentors.end[chosen], state.mentees.end[chosen]]).astype(np.int64)


def placed_in(problem: Problem, state: State) -> dict[Role, set[int]]:
    """The given rows of those who have somebody in each role."""
    couples = np.concatenate([problem.fixed[:, :2], chosen_couples(state)])
    return {
        "mentor": set(problem.rows[couples[:, 0]].tolist()),
        "mentee": set(problem.rows[couples[:, 1]].tolist()),
    }
