"""“Worst-off first”: of the answers that place the most people, one whose weakest pair is as strong as can be.

The highest score that every new pair can reach while as many people are placed is found by halving; the answer is the
best one among the pairs that reach it. Two more sets of prices prove it: without the floor nobody can place more, and
with a floor one point higher fewer are placed, or no new pair is left.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matching.engine import engine
from matching.engine import verify as verifier
from matching.engine.blocks import BlockMaker
from matching.engine.columns import I64, Problem, prepare
from matching.engine.criteria import max_score, weights_of
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.result import Certificate, Floor, Result
from matching.engine.run import chosen_couples, placed_in, run
from matching.engine.value import scale_of


def solve(
    people: People,
    policy: Policy,
    *,
    progress: Callable[[str, float], None] | None = None,
    time_limit: float | None = None,
    blocks: BlockMaker | None = None,
) -> Result:
    """The best answer: as many people placed as possible, then the highest total score, then by keys.

    With `Policy.worst_off_first` the score of the weakest pair comes before the total. `progress(phase, fraction)`
    hears how far it is, and may raise to cancel. After `time_limit` seconds no further pairs are looked for.
    """
    if not policy.worst_off_first:
        return engine.solve(people, policy, progress=progress, time_limit=time_limit, blocks=blocks)
    floor = highest_floor(people, policy)
    result = engine.solve(people, lifted(policy, floor), progress=progress, time_limit=time_limit, blocks=blocks)
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


def highest_floor(people: People, policy: Policy) -> Floor:
    """The highest least score under which as many people are placed as without one."""
    most, least, base = tried(people, policy)
    low, high = max(least, policy.least_score), max_score(weights_of(policy)) + 1
    while high - low > 1:
        middle = (low + high) // 2
        placed, weakest, _ = tried(people, replace(policy, least_score=middle))
        if weakest >= 0 and placed == most:
            low = max(middle, weakest)
        else:
            high = middle
    return Floor(low, base, tried(people, replace(policy, least_score=low + 1))[2])


def tried(people: People, policy: Policy) -> tuple[int, int, Certificate]:
    """How many a policy places, the score of its weakest new pair (-1: there is none), and its prices."""
    problem, state = run(people, policy)
    scores = scores_of(problem, chosen_couples(state))
    prices = Certificate(engine.by_row(problem, state.mentors.price), engine.by_row(problem, state.mentees.price))
    placed = sum(map(len, placed_in(problem, state).values()))
    return placed, int(scores.min()) if len(scores) else -1, prices


def scores_of(problem: Problem, couples: I64) -> I64:
    return verifier.judged(problem.columns, scale_of(problem.columns), couples)[0]


def wrong_floor(people: People, policy: Policy, result: Result) -> tuple[str, ...]:
    """The two proofs about the floor, checked without the solver."""
    floor, wrong = result.floor, []
    assert floor is not None
    none = np.empty((0, 2), dtype=np.int64)
    if proof_of(people, policy, floor.without, none)[0] != result.objective.placed:
        wrong.append("It is not proven that nobody can place more people.")
    least = min((pair.score for pair in result.pairs if not pair.fixed), default=floor.score)
    most, _, nothing_left = proof_of(people, replace(policy, least_score=floor.score + 1), floor.above, none)
    if least < floor.score or not (most < result.objective.placed or nothing_left):
        wrong.append("It is not proven that the weakest pair is as strong as can be.")
    return tuple(wrong)


def proof_of(people: People, policy: Policy, prices: Certificate, couples: I64) -> tuple[int, int, bool]:
    problem = prepare(people, policy, weights_of(policy))
    by_key = Certificate(prices.mentor_prices[problem.rows], prices.mentee_prices[problem.rows])
    return verifier.proof(problem, couples, by_key)
