"""Checks an answer without the solver: is it allowed, is it counted right, and do its prices prove it the best?

The proof (docs/matching.md): whatever the prices, no answer is worth more than `bound_of` says. So an answer that is
worth just that is the best one.
"""

from collections.abc import Iterable

import numpy as np

from matching.engine.columns import I32, I64, MENTEE_CAPACITY, MENTOR_CAPACITY, Columns, Problem, prepare
from matching.engine.criteria import weights_of
from matching.engine.network import Seats, seats_left
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.profits import Tell, all_profits, exact_sum, judged, quiet
from matching.engine.result import Certificate, Result, SuggestedPair
from matching.engine.value import Scale, scale_of

NO_BOUND = -1


def verify(people: People, policy: Policy, result: Result) -> tuple[str, ...]:
    """What is wrong with an answer, in sentences; nothing if it is right and, where it says so, certified."""
    problem = prepare(people, policy, weights_of(policy))
    return tuple(wrong_pairs(problem, result) + wrong_counts(problem, result) + wrong_proof(problem, result))


def couples_of(problem: Problem, pairs: Iterable[SuggestedPair]) -> I64:
    """Mentor and mentee of each pair by key order."""
    place = np.empty(len(problem), dtype=np.int64)
    place[problem.rows] = np.arange(len(problem))
    return place[np.array([(pair.mentor, pair.mentee) for pair in pairs], dtype=np.int64).reshape(-1, 2)]


def wrong_pairs(problem: Problem, result: Result) -> list[str]:
    """Every pair is allowed, and scored as the criteria say."""
    c, wrong = problem.columns, []
    fixed = {(mentor, mentee) for mentor, mentee, _ in problem.fixed.tolist()}
    couples = couples_of(problem, result.pairs)
    scores, _, allowed = judged(c, scale_of(c), couples)
    told = zip(result.pairs, couples.tolist(), allowed.tolist(), scores.tolist(), strict=True)
    for pair, (mentor, mentee), may_pair, points in told:
        who = f"{problem.people.names[mentor]} and {problem.people.names[mentee]}"
        if pair.fixed != ((mentor, mentee) in fixed):
            wrong.append(f"{who} are called fixed and are not, or the other way round.")
        elif not pair.fixed and not may_pair:
            wrong.append(f"{who} break a rule.")
        if pair.score != points or pair.score != sum(part.points for part in pair.criteria):
            wrong.append(f"The score of {who} is not {pair.score}.")
    once = np.unique(np.sort(couples, axis=1), axis=0)
    if len(once) != len(couples):
        wrong.append("Two people are paired twice.")
    if fixed - {(mentor, mentee) for mentor, mentee in couples.tolist()}:
        wrong.append("A fixed pair is missing.")
    return wrong


def wrong_counts(problem: Problem, result: Result) -> list[str]:
    wrong = []
    c, couples = problem.columns, couples_of(problem, result.pairs)
    fixed = np.array([pair.fixed for pair in result.pairs], dtype=np.bool_)
    left_out = set()
    placed = 0
    for side, column, role in ((0, MENTOR_CAPACITY, "mentor"), (1, MENTEE_CAPACITY, "mentee")):
        asked = c.person[:, column]
        filled = np.bincount(couples[:, side], minlength=len(problem))
        chosen = np.bincount(couples[~fixed, side], minlength=len(problem))
        if ((filled > asked) & (chosen > 0)).any():
            wrong.append(f"Somebody has more partners as {role} than they asked for.")
        placed += int(((filled > 0) & (asked > 0)).sum())
        left_out |= {(row, role) for row in problem.rows[(filled == 0) & (asked > 0)].tolist()}
    if {(left.person, left.role) for left in result.left_out} != left_out:
        wrong.append("The list of those left out is not right.")
    if (result.objective.placed, result.objective.total) != (placed, sum(pair.score for pair in result.pairs)):
        wrong.append("The people placed or the total are not counted right.")
    return wrong


def wrong_proof(problem: Problem, result: Result) -> list[str]:
    mentor_prices = result.certificate.mentor_prices[problem.rows]
    mentee_prices = result.certificate.mentee_prices[problem.rows]
    couples = couples_of(problem, tuple(pair for pair in result.pairs if not pair.fixed))
    placed_bound, bound, proven = proof(problem, couples, Certificate(mentor_prices, mentee_prices))
    wrong = []
    if (placed_bound, bound) != (result.objective.placed_bound, result.objective.bound):
        wrong.append("The bounds are not what the prices prove.")
    if result.objective.certified and not proven:
        wrong.append("The prices do not prove the answer to be the best.")
    return wrong


def proof(problem: Problem, couples: I64, prices: Certificate, tell: Tell = quiet) -> tuple[int, int, bool]:
    """The bounds on people placed and on the total that prices prove, and whether these pairs reach them.

    Prices are by key order; `couples` are the pairs beside the fixed ones.
    """
    return proof_of(problem.columns, problem.fixed, couples, prices, tell)


def proof_of(c: Columns, fixed: I64, couples: I64, prices: Certificate, tell: Tell = quiet) -> tuple[int, int, bool]:
    scale = scale_of(c)
    if (np.abs([prices.mentor_prices, prices.mentee_prices]) > 2 * scale.place).any():
        return NO_BOUND, NO_BOUND, False
    seats = seats_left(c.person[:, MENTOR_CAPACITY], c.person[:, MENTEE_CAPACITY], fixed, scale)
    bound = bound_of(c, scale, seats, prices, tell)
    worth = worth_of(c, scale, seats, couples)
    fixed_placed = sum(
        int((np.bincount(fixed[:, side], minlength=len(c.person)) > 0)[c.person[:, column] > 0].sum())
        for side, column in ((0, MENTOR_CAPACITY), (1, MENTEE_CAPACITY))
    )
    fixed_total = int(judged(c, scale, np.ascontiguousarray(fixed[:, :2]))[0].sum())
    placed = worth // scale.place
    placed_bound = bound // scale.place
    total_bound = (bound - placed * scale.place) // scale.unit
    return placed_bound + fixed_placed, total_bound + fixed_total, worth == bound


def total_of(problem: Problem, couples: I64) -> int:
    """The scores of the fixed pairs and of these."""
    every = np.concatenate([problem.fixed[:, :2], couples])
    return int(judged(problem.columns, scale_of(problem.columns), every)[0].sum())


def worth_of(c: Columns, scale: Scale, seats: Seats, couples: I64) -> int:
    """People placed, total and tie-breaking numbers as one number."""
    values, placed = judged(c, scale, couples)[1], 0
    for side, first in ((0, seats.mentor_first), (1, seats.mentee_first)):
        placed += int((first[np.unique(couples[:, side])] < 0).sum())
    return exact_sum(values) + placed * scale.place


def bound_of(c: Columns, scale: Scale, seats: Seats, prices: Certificate, tell: Tell = quiet) -> int:
    """No answer is worth more: the best that each could make of their seats, and of each pair, at these prices."""
    bound = seat_bound(prices.mentor_prices, seats.mentor_capacity, seats.mentor_first)
    bound += seat_bound(prices.mentee_prices, seats.mentee_capacity, seats.mentee_first)
    return bound + all_profits(c, scale, prices, tell)


def seat_bound(price: I64, capacity: I32, first: I64) -> int:
    """The sum over people of the best that so many seats are worth: none, or the first and, at a gain, the others."""
    first_seat = np.where(capacity > 0, price - first, 0)
    return exact_sum(np.maximum(first_seat + np.maximum(capacity - 1, 0) * np.maximum(price, 0), 0))
