"""“Worst-off first”: of the answers that place the most people, one whose weakest pair is as strong as can be.

The highest score that every new pair can reach while as many people are placed is found by halving; the answer is the
best one among the pairs that reach it. Two more sets of prices prove it: without the floor nobody can place more, and
with a floor one point higher fewer are placed, or no new pair is left.
"""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from matching.engine import engine
from matching.engine import verify as verifier
from matching.engine.blocks import BlockMaker
from matching.engine.columns import I64, Problem, prepare
from matching.engine.criteria import max_score, weights_of
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.profits import judged
from matching.engine.result import Certificate, Floor, Result
from matching.engine.run import chosen_couples, placed_in, run
from matching.engine.value import scale_of
from matching.engine.verify import NO_BOUND

FLOOR_SHARE = 0.5  # of the time that there is


def solve(
    people: People,
    policy: Policy,
    *,
    progress: Callable[[str, float], None] | None = None,
    time_limit: float | None = None,
    enough: float = 0.0,
    blocks: BlockMaker | None = None,
) -> Result:
    """The best answer: as many people placed as possible, then the highest total score, then by keys.

    With `Policy.worst_off_first` the score of the weakest pair comes before the total. `progress(phase, fraction)`
    hears how far it is, and may raise to cancel. After `time_limit` seconds no further pairs are looked for, after
    half of it no higher score for the weakest pair. `enough` is a share of the total: where no answer could be better
    by more, nothing better is looked for.
    """
    begin = time.perf_counter()

    def left(share: float = 1.0) -> float | None:
        return None if time_limit is None else max(0.0, begin + share * time_limit - time.perf_counter())

    if not policy.worst_off_first:
        return engine.solve(people, policy, progress=progress, time_limit=left(), enough=enough, blocks=blocks)
    tell = progress or (lambda phase, fraction: None)
    floor = highest_floor(people, policy, time_limit=left(FLOOR_SHARE), tell=lambda: tell("floor", 0.0))
    policy = lifted(policy, floor)
    result = engine.solve(people, policy, progress=progress, time_limit=left(), enough=enough, blocks=blocks)
    if floor.highest > floor.score:
        result = replace(result, objective=result.objective._replace(certified=False))
    return replace(result, floor=floor)


def verify(people: People, policy: Policy, result: Result) -> tuple[str, ...]:
    """What is wrong with an answer, in sentences; nothing if it is right and, where it says so, certified."""
    if not policy.worst_off_first:
        return verifier.verify(people, policy, result)
    if result.floor is None:
        return ("It does not say what score its weakest pair may have.",)
    return verifier.verify(people, lifted(policy, result.floor), result) + wrong_floor(people, policy, result)


def lifted(policy: Policy, floor: "Floor | None") -> Policy:
    """The policy that an answer was worked out with."""
    return policy if floor is None else replace(policy, least_score=floor.score)


def highest_floor(
    people: People, policy: Policy, *, time_limit: float | None = None, tell: Callable[[], None] = lambda: None
) -> Floor:
    """The highest least score under which as many people are placed as without one.

    After `time_limit` seconds the highest that was found, and below which it must be: `Floor.highest` says so.
    """
    until = math.inf if time_limit is None else time.perf_counter() + time_limit
    base = tried(people, policy, until, tell)
    if base is None:
        return Floor(policy.least_score, None, None, max_score(weights_of(policy)))
    low, above = max(base.weakest, policy.least_score), None
    high = max_score(weights_of(policy)) + 1
    while high - low > 1:
        middle = (low + high) // 2
        found = tried(people, replace(policy, least_score=middle), until, tell)
        if found is None:
            break
        if found.weakest >= 0 and found.placed == base.placed:
            low = max(middle, found.weakest)
        else:
            high, above = middle, found.prices
    if above is None and high - low <= 1:
        last = tried(people, replace(policy, least_score=high), until, tell)
        above = last.prices if last else None
    return Floor(low, base.prices, above, high - 1)


class Tried(NamedTuple):
    placed: int
    weakest: int  # the score of the weakest new pair; −1: there is none
    prices: Certificate


def tried(people: People, policy: Policy, until: float, tell: Callable[[], None]) -> Tried | None:
    """The best answer of a policy; None where time is over before it is found."""
    problem, state = run(people, policy, until=until, tell=lambda fraction: tell())
    if time.perf_counter() > until:
        return None
    scores = scores_of(problem, chosen_couples(state))
    prices = Certificate(engine.by_row(problem, state.mentors.price), engine.by_row(problem, state.mentees.price))
    placed = sum(map(len, placed_in(problem, state).values()))
    return Tried(placed, int(scores.min()) if len(scores) else -1, prices)


def scores_of(problem: Problem, couples: I64) -> I64:
    return judged(problem.columns, scale_of(problem.columns), couples)[0]


def wrong_floor(people: People, policy: Policy, result: Result) -> tuple[str, ...]:
    """The two proofs about the floor, checked without the solver."""
    floor, certified, wrong = result.floor, result.objective.certified, []
    assert floor is not None
    most, placed = NO_BOUND, result.objective.placed
    if floor.without:
        most = proof_of(people, policy, floor.without)[0]
    if certified and most != placed:
        wrong.append("It is not proven that nobody can place more people.")
    least = min((pair.score for pair in result.pairs if not pair.fixed), default=floor.score)
    fewer = False
    if floor.above:
        above = replace(policy, least_score=floor.highest + 1)
        bound, _, nothing_left = proof_of(people, above, floor.above)
        fewer = bound < most or nothing_left
    if (
        least < floor.score
        or (floor.above and not fewer)
        or (certified and (floor.score, fewer) != (floor.highest, True))
    ):
        wrong.append("It is not proven that the weakest pair is as strong as can be.")
    return tuple(wrong)


def proof_of(people: People, policy: Policy, prices: Certificate) -> tuple[int, int, bool]:
    """What prices prove of an answer without new pairs."""
    problem = prepare(people, policy, weights_of(policy))
    couples = np.empty((0, 2), dtype=np.int64)
    by_key = Certificate(prices.mentor_prices[problem.rows], prices.mentee_prices[problem.rows])
    return verifier.proof(problem, couples, by_key)
