"""Checks an answer without the solver: is it allowed, is it counted right, and do its prices prove it the best?

The proof (docs/matching.md): whatever the prices, no answer is worth more than `bound_of` says. So an answer that is
worth just that is the best one.
"""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from matching.engine.columns import (
    DEPARTMENT,
    GRADE,
    I32,
    I64,
    LINKS,
    MENTEE_CAPACITY,
    MENTOR_CAPACITY,
    RULE_GRADE_GAP,
    U64,
    WAITING,
    Columns,
    Problem,
    prepare,
)
from matching.engine.compiled import kernel
from matching.engine.criteria import score, weights_of
from matching.engine.criteria.bridge import OTHER_DEPARTMENT, OTHER_SITE
from matching.engine.fit import fit_of
from matching.engine.network import NONE, Seats, seats_left
from matching.engine.people import BoolArray, People
from matching.engine.policy import Policy
from matching.engine.result import Certificate, Result, SuggestedPair
from matching.engine.rules import eligible
from matching.engine.value import Scale, scale_of, value_of

WORD = 1 << 32
NO_BOUND = -1
BLOCKS = 16  # the people are cut into so many for the threads
FEW = 2000  # so few people are not worth a thread


class Offered(NamedTuple):
    """The offers of those who take mentees, by skill, with what a score asks of the mentor."""

    start: I64  # (S+1,) the lines of a skill
    mentor: I32
    level: I32
    grade: I32
    department: I32
    waiting: I32
    linked: BoolArray  # the mentor has particular people, whom HR may have allowed against a rule
    wishes: U64  # bits of the skills that the mentor wishes for
    price: I64


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


def proof(problem: Problem, couples: I64, prices: Certificate) -> tuple[int, int, bool]:
    """The bounds on people placed and on the total that prices prove, and whether these pairs reach them.

    Prices are by key order; `couples` are the pairs beside the fixed ones.
    """
    return proof_of(problem.columns, problem.fixed, couples, prices)


def proof_of(c: Columns, fixed: I64, couples: I64, prices: Certificate) -> tuple[int, int, bool]:
    scale = scale_of(c)
    if (np.abs([prices.mentor_prices, prices.mentee_prices]) > 2 * scale.place).any():
        return NO_BOUND, NO_BOUND, False
    seats = seats_left(c.person[:, MENTOR_CAPACITY], c.person[:, MENTEE_CAPACITY], fixed, scale)
    bound = bound_of(c, scale, seats, prices)
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


def bound_of(c: Columns, scale: Scale, seats: Seats, prices: Certificate) -> int:
    """No answer is worth more: the best that each could make of their seats, and of each pair, at these prices."""
    bound = seat_bound(prices.mentor_prices, seats.mentor_capacity, seats.mentor_first)
    bound += seat_bound(prices.mentee_prices, seats.mentee_capacity, seats.mentee_first)
    return bound + all_profits(c, scale, prices)


def all_profits(c: Columns, scale: Scale, prices: Certificate) -> int:
    """The sum of all positive profits of eligible pairs, in as many threads as there are processors."""
    people = len(c.person)
    size = max(1, -(-people // BLOCKS))
    offered = offered_lines(c, prices.mentor_prices)

    def part(first: int) -> int:
        seen = np.full(people, NONE, dtype=np.int32)
        last = min(first + size, people)
        high, low = profits(c, scale, offered, prices.mentee_prices, first, last, seen)
        return int(high) * WORD + int(low)

    if people < FEW:
        return sum(map(part, range(0, people, size)))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(part, range(0, people, size)))


def offered_lines(c: Columns, mentor_prices: I64) -> Offered:
    """Every offer of somebody who takes mentees, by skill."""
    owner = np.repeat(np.arange(len(c.person)), np.diff(c.offer_start))
    there = np.flatnonzero(c.person[owner, MENTOR_CAPACITY] > 0)
    there = there[np.argsort(c.offer[there, 0], kind="stable")]
    mentor = owner[there]
    return Offered(
        start=np.searchsorted(c.offer[there, 0], np.arange(len(c.skill_start))),
        mentor=mentor.astype(np.int32),
        level=np.ascontiguousarray(c.offer[there, 1]),
        grade=np.ascontiguousarray(c.person[mentor, GRADE]),
        department=np.ascontiguousarray(c.person[mentor, DEPARTMENT]),
        waiting=np.ascontiguousarray(c.person[mentor, WAITING]),
        linked=c.person[mentor, LINKS] > 0,
        wishes=marks_of_skills(c.wish_start, c.wish)[mentor],
        price=mentor_prices[mentor],
    )


def marks_of_skills(start: I64, lines: I32) -> U64:
    """A bit for each skill of a person's lines, the same for every 64th: no bit in common, no skill in common."""
    out = np.zeros(len(start) - 1, dtype=np.uint64)
    bits = np.uint64(1) << (lines[:, 0] % 64).astype(np.uint64)
    np.bitwise_or.at(out, np.repeat(np.arange(len(out)), np.diff(start)), bits)
    return out


def seat_bound(price: I64, capacity: I32, first: I64) -> int:
    """The sum over people of the best that so many seats are worth: none, or the first and, at a gain, the others."""
    first_seat = np.where(capacity > 0, price - first, 0)
    return exact_sum(np.maximum(first_seat + np.maximum(capacity - 1, 0) * np.maximum(price, 0), 0))


def exact_sum(numbers: I64) -> int:
    """A sum that may be larger than 64 bits hold."""
    return int((numbers >> 32).sum()) * WORD + int((numbers & (WORD - 1)).sum())


def judged(c: Columns, scale: Scale, couples: I64) -> tuple[I64, I64, BoolArray]:
    """Score, worth and eligibility of each couple."""
    scores, values = np.zeros(len(couples), dtype=np.int64), np.zeros(len(couples), dtype=np.int64)
    allowed = np.zeros(len(couples), dtype=np.bool_)
    judge(c, scale, couples, scores, values, allowed)
    return scores, values, allowed


@kernel
def judge(c: Columns, scale: Scale, couples: I64, scores: I64, values: I64, allowed: BoolArray) -> None:
    for number in range(len(couples)):
        mentor, mentee = couples[number, 0], couples[number, 1]
        scores[number] = score(c, mentor, mentee)
        values[number] = value_of(c, scale, mentor, mentee)
        allowed[number] = eligible(c, mentor, mentee)


@kernel
def profits(
    c: Columns, scale: Scale, offered: Offered, mentee_prices: I64, first: int, last: int, seen: I32
) -> tuple[int, int]:
    """The sum of all positive profits of eligible pairs, as multiples of 2 to the power of 32 and the rest.

    Goes from each wish to everybody who offers the skill. The skill's own fulfilment stands for the best one: where
    that is of another skill, the two meet there. Who could not gain if all else were at its best is passed over.
    """
    high, low = 0, 0
    w, ties = c.weights, np.int64(1) << scale.tie_bits
    for mentee in range(first, last):
        if c.person[mentee, MENTEE_CAPACITY] == 0:
            continue
        grade, department, waited = c.person[mentee, GRADE], c.person[mentee, DEPARTMENT], c.person[mentee, WAITING]
        gap = c.rules[RULE_GRADE_GAP] if grade >= 0 else -1
        gives, price = np.uint64(0), mentee_prices[mentee]
        for offer in range(c.offer_start[mentee], c.offer_start[mentee + 1]):
            gives |= np.uint64(1) << np.uint64(c.offer[offer, 0] % 64)
        for wish in range(c.wish_start[mentee], c.wish_start[mentee + 1]):
            skill = c.wish[wish, 0]
            for slot in range(offered.start[skill], offered.start[skill + 1]):
                junior = offered.grade[slot]
                if gap >= 0 and junior >= 0 and grade - junior < gap and not offered.linked[slot]:
                    continue
                fit = fit_of(c.wish[wish, 1], c.wish[wish, 2], c.wish[wish, 3], offered.level[slot])
                most = w[0] * fit + w[2] * min(10, 2 * max(0, grade - junior)) + 10 * (w[4] + w[5]) + w[7]
                most += w[3] * (OTHER_SITE + (OTHER_DEPARTMENT if offered.department[slot] != department else 0))
                most += w[6] * min(10, 2 * (waited + offered.waiting[slot]))
                most += 10 * w[1] if offered.wishes[slot] & gives else 0
                priced = offered.price[slot] + price - ties
                mentor = int(offered.mentor[slot])
                if fit == 0 or most * scale.unit <= priced or seen[mentor] == mentee or not eligible(c, mentor, mentee):
                    continue
                seen[mentor] = mentee
                profit = value_of(c, scale, mentor, mentee) - priced - ties
                if profit > 0:
                    high += profit >> 32
                    low += profit & (WORD - 1)
    return high, low
