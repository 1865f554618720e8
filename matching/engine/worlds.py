"""The problems that changes are tried on: as everybody may see it, and as it is.

Of many people all pairs are too many to hold. Then the answer is kept with those that are near (`near`), from its proof
on, and brought back to the best one after each change (`live`); nor is a rule loosened for everybody.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from matching.engine.blocks import Ground, ground_of
from matching.engine.bounds import arcs_of
from matching.engine.columns import I64, Problem, prepare
from matching.engine.criteria import weights_of
from matching.engine.index import Indices
from matching.engine.live import LiveAnswer, Solved, known_up_to
from matching.engine.looser import Trial, looser_rules
from matching.engine.near import seen_near, solved_near
from matching.engine.network import Side
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.result import Certificate, Result, Role
from matching.engine.run import placed_in, run
from matching.engine.trial import Bench, bench_of, is_placed
from matching.engine.value import scale_of, value_of
from matching.engine.verify import couples_of
from matching.engine.visible import seen, without_lists
from matching.engine.worst_off import lifted

UP_TO = 10_000  # people; up to here all pairs are held
MANY_UP_TO = 100_000  # above, no change is worked out
Placed = dict[Role, set[int]]  # rows


@dataclass(frozen=True)
class World:
    """A problem with all that is tried on it: as everybody may see it, or as it is."""

    people: People  # in the rows that were given
    bench: Bench
    may_run: ClassVar[bool] = True  # what other people or rules would change is found by a run of its own

    @property
    def problem(self) -> Problem:
        return self.bench.problem

    @cached_property
    def places(self) -> I64:
        """The number by key order of each given row."""
        return np.argsort(self.problem.rows)

    @cached_property
    def loosened(self) -> dict[str, Placed]:
        """Who is placed with each rule a step looser."""
        return {trial.change.sentence: run_placed(trial) for trial in self.looser}

    @property
    def looser(self) -> list[Trial]:
        """Each rule that is tried a step looser."""
        return looser_rules(self.people, self.problem.policy) if self.may_run else []

    @cached_property
    def live(self) -> LiveAnswer:
        """Its best answer, for people who join and leave again."""
        return LiveAnswer(self.people, self.problem.policy)

    def promise(self, role: Role, others: I64, values: I64) -> I64:
        """How promising pairs of such values with these people are: what they leave at the present prices."""
        left: I64 = values - self.side(role).price[others]
        return left

    def side(self, role: Role) -> Side:
        return self.bench.state.mentors if role == "mentor" else self.bench.state.mentees

    def places_with_pair(self, mentor: int, mentee: int, person: int, role: Role) -> bool:
        """Whether somebody is placed if one more pair is eligible. People by key order."""
        return is_placed(self.bench.with_pair(mentor, mentee), person, role)

    def places_with_seat(self, other: int, seat: Role, person: int, role: Role) -> bool:
        """Whether somebody is placed if another has one more seat, beside one at least."""
        return is_placed(self.bench.with_seat(other, seat), person, role)


@dataclass(frozen=True)
class LargeWorld(World):
    """The bench holds the pairs that are near, and is not solved on."""

    indices: Indices
    may_run: ClassVar[bool] = False

    def promise(self, role: Role, others: I64, values: I64) -> I64:
        """Prices may follow from lists here: whoever has a seat left comes first."""
        side = self.side(role)
        free = side.degree[others] < side.capacity[others]
        return values + np.where(free, scale_of(self.problem.columns).place, 0)

    @cached_property
    def live(self) -> LiveAnswer:
        solved = Solved(self.problem, self.indices, self.bench.state)
        return LiveAnswer(self.people, self.problem.policy, solved)

    def places_with_pair(self, mentor: int, mentee: int, person: int, role: Role) -> bool:
        """Where the pair has no profit the prices prove the same answer."""
        c, live = self.problem.columns, self.live
        prices = self.side("mentor").price[mentor] + self.side("mentee").price[mentee]
        if (mentor, mentee) in live.register.allowed or value_of(c, scale_of(c), mentor, mentee) <= prices:
            return False
        two = live.register.keys[mentor], live.register.keys[mentee]
        live.allow(*two)
        placed = live.is_placed(live.register.keys[person], role)
        live.allow(*two, there=False)
        return placed

    def places_with_seat(self, other: int, seat: Role, person: int, role: Role) -> bool:
        """Where another seat is worth nothing the prices prove the same answer."""
        live = self.live
        if self.side(seat).price[other] <= 0:
            return False
        live.offer_seats(other, seat, 1)
        placed = live.is_placed(live.register.keys[person], role)
        live.offer_seats(other, seat, -1)
        return placed


Worlds = tuple[World, World]  # as everybody may see it, and as it is


def worlds_of(people: People, policy: Policy, result: Result) -> Worlds | None:
    """The problem as everybody may see it, and as it is; None where changes are not worked out."""
    if len(people) > MANY_UP_TO or not result.objective.certified:
        return None
    policy = lifted(policy, result.floor)
    problem = prepare(people, policy, weights_of(policy))
    chosen = couples_of(problem, tuple(pair for pair in result.pairs if not pair.fixed))
    if len(people) > UP_TO:
        return large_worlds_of(people, problem, chosen, result.certificate)
    known = seen(problem, chosen)
    if known is None:
        return None
    shown = replace(people, rather_not=problem.rows[known.missing])
    open_world = World(shown, Bench(replace(problem, columns=known.problem.columns), known.arcs, known.state))
    return open_world, World(people, bench_of(problem, chosen, result.certificate)) if len(
        people.rather_not
    ) else open_world


def large_worlds_of(people: People, problem: Problem, chosen: I64, prices: Certificate) -> Worlds | None:
    ground = ground_of(problem)
    limit = known_up_to(ground.scale)
    by_key = Certificate(prices.mentor_prices[problem.rows], prices.mentee_prices[problem.rows])
    state = solved_near(problem, ground, chosen, by_key, limit)
    world = LargeWorld(people, Bench(problem, arcs_of(state), state), ground.indices)
    if not len(people.rather_not):
        return world, world
    open_ground = Ground(without_lists(problem).columns, ground.scale, ground.indices)
    known = seen_near(problem, open_ground, state, limit, is_known=True)
    if known is None:
        return None
    shown = replace(people, rather_not=problem.rows[known.missing])
    there = prepare(shown, problem.policy, weights_of(problem.policy))
    return LargeWorld(shown, Bench(there, known.arcs, known.state), ground_of(there).indices), world


def run_placed(trial: Trial) -> Placed:
    return placed_in(*run(trial.people, trial.policy))
