"""Tries a change on a solved network: solved again from where it stands, and left as it was."""

from dataclasses import dataclass

import numpy as np

from matching.engine.arcs import marks_of
from matching.engine.candidates import eligible_pairs
from matching.engine.columns import I64, MENTEE_CAPACITY, MENTOR_CAPACITY, Problem
from matching.engine.network import Arcs, Seats, Side, State, make_state, seats_left, use
from matching.engine.result import Certificate, Role
from matching.engine.solver import enter, make_work, repair
from matching.engine.value import scale_of, value_of


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """All pairs of a problem, and its best answer."""

    problem: Problem
    arcs: Arcs
    state: State

    def with_seat(self, person: int, role: Role) -> State:
        """The best answer if one person, who has a seat in this role already, had one more."""
        state = copied(self.state)
        side = state.mentors if role == "mentor" else state.mentees
        side.capacity[person] += 1
        repair(state, make_work(len(self.problem)), person, person + 1)
        return state

    def with_pair(self, mentor: int, mentee: int) -> State:
        """The best answer if one more pair were eligible."""
        c, arcs = self.problem.columns, self.arcs
        value = value_of(c, scale_of(c), mentor, mentee)
        arcs = Arcs(
            np.append(arcs.mentor, np.int32(mentor)),
            np.append(arcs.mentee, np.int32(mentee)),
            np.append(arcs.value, np.int64(value)),
        )
        state = make_state(arcs, self.state.mentors.price, self.state.mentees.price, seats_of(self.problem))
        for arc in np.flatnonzero(self.state.used).tolist():
            use(state, arc)
        enter(state)
        repair(state, make_work(len(self.problem)), 0, len(self.problem))
        return state


def bench_of(problem: Problem, chosen: I64, prices: Certificate) -> Bench:
    """All pairs, solved from an answer and its prices: little is left to do."""
    arcs = eligible_pairs(problem.columns, scale_of(problem.columns))
    by_key = prices.mentor_prices[problem.rows], prices.mentee_prices[problem.rows]
    state = make_state(arcs, *by_key, seats_of(problem))
    size = len(problem)
    used = np.isin(marks_of(arcs.mentor, arcs.mentee, size), marks_of(chosen[:, 0], chosen[:, 1], size))
    for arc in np.flatnonzero(used).tolist():
        use(state, arc)
    enter(state)
    repair(state, make_work(size), 0, size)
    return Bench(problem, arcs, state)


def seats_of(problem: Problem) -> Seats:
    c = problem.columns
    asked = c.person[:, MENTOR_CAPACITY], c.person[:, MENTEE_CAPACITY]
    return seats_left(*asked, problem.fixed, scale_of(c))


def copied(state: State) -> State:
    return State(state.value, state.used.copy(), copied_side(state.mentors), copied_side(state.mentees))


def copied_side(side: Side) -> Side:
    return side._replace(
        price=side.price.copy(),
        degree=side.degree.copy(),
        capacity=side.capacity.copy(),
        head=side.head.copy(),
        following=side.following.copy(),
        previous=side.previous.copy(),
    )


def is_placed(state: State, person: int, role: Role) -> bool:
    return bool((state.mentors if role == "mentor" else state.mentees).degree[person] > 0)
