"""The sum of all positive profits of eligible pairs at given prices, which a proof needs (docs/matching.md).

Part of `verify`, written without the solver. No pair is asked that cannot have a profit. For each skill, level and
grade the mentors stand from cheap to dear: the first one who is too dear, were all else at its best, ends the row.
That leaves out what comes back, for it would be best for too many; so those with whom something could come back are
looked for by the two skills, and couples of whom HR or an earlier answer said something one by one.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from matching.engine.columns import (
    ALLOWED,
    GRADE,
    I8,
    I32,
    I64,
    MENTEE_CAPACITY,
    MENTOR_CAPACITY,
    PREVIOUS,
    RULE_GRADE_GAP,
    WAITING,
    Columns,
)
from matching.engine.compiled import inlined, kernel
from matching.engine.criteria import score, score_apart
from matching.engine.criteria.bridge import OTHER_DEPARTMENT, OTHER_SITE
from matching.engine.fit import fit_of
from matching.engine.links import couples_linked, link_bits
from matching.engine.network import NONE
from matching.engine.people import BoolArray
from matching.engine.result import Certificate
from matching.engine.rules import eligible
from matching.engine.value import Scale, value_of

Tell = Callable[[float], None]
quiet: Tell = lambda fraction: None  # noqa: E731
WORD = 1 << 32
BLOCKS = 64  # the people are cut into so many for the threads
FEW = 2000  # so few people are not worth a thread
ASIDE = ALLOWED | PREVIOUS  # such couples are looked at one by one
BEST_LEVEL = 5


class Mentors(NamedTuple):
    """Those who take mentees in rows, each from cheap to dear: by skill, level and grade, and by two skills."""

    price: I64  # (N,)
    cheap: I64  # (N,) the price less what the mentor's waiting gives at most
    group: I64  # (S+1,) the groups of a skill
    level: I32  # (G,)
    grade: I32  # (G,)
    first: I64  # (G+1,) the row of a group
    mentor: I32
    exchange: "Exchange"


class Exchange(NamedTuple):
    """The same people by two skills, one that they offer and one that they wish for, from cheap to dear."""

    skills: I64  # (T,) offered × S + wished, from small to large
    first: I64  # (T+1,) the row of two skills
    mentor: I32
    level: I8  # of the offer
    grade: I32
    cheap: I64  # as above, and less what can come back at most by the priority of the wish


def all_profits(c: Columns, scale: Scale, prices: Certificate, tell: Tell = quiet) -> int:
    """The sum of all positive profits of eligible pairs, in as many threads as there are processors.

    `tell` hears which share of them is looked at.
    """
    people = len(c.person)
    size = max(1, people if people < FEW else -(-people // BLOCKS))
    mentors = in_rows(c, scale, prices.mentor_prices)

    def part(first: int) -> int:
        seen = np.full(people, NONE, dtype=np.int32)
        last = min(first + size, people)
        high, low = profits(c, scale, mentors, prices.mentee_prices, first, last, seen)
        return int(high) * WORD + int(low)

    total, parts = profits_aside(c, scale, prices), range(0, people, size)
    if people < FEW:
        return total + sum(map(part, parts))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for first, found in zip(parts, pool.map(part, parts), strict=True):
            total += found
            tell(first / people)
    return total


def exact_sum(numbers: I64) -> int:
    """A sum that may be larger than 64 bits hold."""
    return int((numbers >> 32).sum()) * WORD + int((numbers & (WORD - 1)).sum())


def in_rows(c: Columns, scale: Scale, price: I64) -> Mentors:
    cheap = price - scale.unit * int(c.weights[6]) * np.minimum(10, 2 * c.person[:, WAITING].astype(np.int64))
    order = np.argsort(cheap, kind="stable")
    order = order[c.person[order, MENTOR_CAPACITY] > 0]
    mentor, offer = lines_of(c.offer_start, order)
    skill, level, grade = c.offer[offer, 0], c.offer[offer, 1], c.person[mentor, GRADE]
    grades = int(grade.max(initial=0)) + 2
    keys, first, by = grouped((skill.astype(np.int64) * (BEST_LEVEL + 1) + level) * grades + grade + 1)
    of_skill = keys // grades // (BEST_LEVEL + 1)
    return Mentors(
        price=price,
        cheap=cheap,
        group=np.searchsorted(of_skill, np.arange(len(c.skill_start))).astype(np.int64),
        level=(keys // grades % (BEST_LEVEL + 1)).astype(np.int32),
        grade=(keys % grades - 1).astype(np.int32),
        first=first,
        mentor=mentor[by].astype(np.int32),
        exchange=exchanges(c, scale, cheap, mentor, offer),
    )


def lines_of(start: I64, owners: I64) -> tuple[I64, I64]:
    """The lines of these people in a table, one person after another: whose each is, and its number."""
    count = np.diff(start)[owners]
    before = np.cumsum(count) - count
    return np.repeat(owners, count), np.arange(count.sum()) + np.repeat(start[owners] - before, count)


def grouped(keys: I64) -> tuple[I64, I64, I64]:
    """The different keys in order, where the row of each begins, and what stands in the rows, in the order given."""
    by = np.argsort(keys, kind="stable")
    arranged = keys[by]
    first = np.flatnonzero(np.r_[len(keys) > 0, arranged[1:] != arranged[:-1]])
    return arranged[first], np.append(first, len(keys)), by


def exchanges(c: Columns, scale: Scale, cheap: I64, mentor: I64, offer: I64) -> Exchange:
    """Each of these offers of mentors with each of the mentor's wishes, where what comes back counts."""
    count = np.diff(c.wish_start)[mentor] * int(c.weights[1] > 0)
    before = np.cumsum(count) - count
    wish = np.arange(count.sum()) + np.repeat(c.wish_start[mentor] - before, count)
    line = np.repeat(np.arange(len(mentor), dtype=np.int32), count)
    price = cheap[mentor[line]] - scale.unit * int(c.weights[1]) * best_by_priority(c.wish[wish, 1])
    both = c.offer[offer, 0][line].astype(np.int64) * (len(c.skill_start) - 1) + c.wish[wish, 0]
    dear = np.argsort(price, kind="stable")
    skills, first, by = grouped(both[dear])
    by = dear[by]
    line = line[by]
    return Exchange(
        skills=skills,
        first=first,
        mentor=mentor[line].astype(np.int32),
        level=c.offer[offer[line], 1].astype(np.int8),
        grade=c.person[mentor[line], GRADE],
        cheap=price[by],
    )


def best_by_priority(priorities: I32) -> I64:
    """What the best offer gives of wishes of these priorities."""
    plain = getattr(fit_of, "py_func", fit_of)
    best = [0] + [max(plain(priority, 0, wanted, BEST_LEVEL) for wanted in range(1, 6)) for priority in (1, 2, 3)]
    return np.array(best)[priorities]


def profits_aside(c: Columns, scale: Scale, prices: Certificate) -> int:
    """The profits of the couples that are looked at one by one."""
    couples = couples_linked(c, ASIDE)
    _, values, allowed = judged(c, scale, couples)
    profit = values - prices.mentor_prices[couples[:, 0]] - prices.mentee_prices[couples[:, 1]]
    return exact_sum(np.maximum(profit[allowed], 0))


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
    c: Columns, scale: Scale, mentors: Mentors, mentee_prices: I64, first: int, last: int, seen: I32
) -> tuple[int, int]:
    """The positive profits of mentees `first` to `last`, in sum: multiples of 2 to the power of 32, and the rest."""
    high, low = 0, 0
    for mentee in range(first, last):
        if c.person[mentee, MENTEE_CAPACITY] == 0:
            continue
        price = mentee_prices[mentee] - (np.int64(1) << scale.tie_bits)
        most = 10 * (c.weights[4] + c.weights[5]) + c.weights[3] * (OTHER_SITE + OTHER_DEPARTMENT)
        most += c.weights[6] * min(10, 2 * c.person[mentee, WAITING])
        for wish in range(c.wish_start[mentee], c.wish_start[mentee + 1]):
            more, rest = profits_of_wish(c, scale, mentors, mentee, wish, most, price, seen)
            high, low = high + more, low + rest
            for offer in range(c.offer_start[mentee], c.offer_start[mentee + 1]):
                more, rest = profits_of_exchange(c, scale, mentors, mentee, wish, offer, most, price, seen)
                high, low = high + more, low + rest
    return high, low


@inlined
def profits_of_wish(
    c: Columns, scale: Scale, mentors: Mentors, mentee: int, wish: int, most: int, price: int, seen: I32
) -> tuple[int, int]:
    """Of all who offer the skill of a wish, were nothing to come back."""
    high, low = 0, 0
    senior, w = c.person[mentee, GRADE], c.weights
    gap, skill = c.rules[RULE_GRADE_GAP] if senior >= 0 else -1, c.wish[wish, 0]
    for group in range(mentors.group[skill], mentors.group[skill + 1]):
        junior = mentors.grade[group]
        fit = fit_of_wish(c, wish, mentors.level[group])
        if fit == 0 or (gap >= 0 and junior >= 0 and senior - junior < gap):
            continue
        best = w[0] * fit + w[2] * min(10, 2 * max(0, senior - junior)) + most
        for slot in range(mentors.first[group], mentors.first[group + 1]):
            mentor = int(mentors.mentor[slot])
            if best * scale.unit <= mentors.cheap[mentor] + price:
                break
            profit = profit_of(c, scale, mentors, mentor, mentee, w[0] * fit, price, seen)
            high, low = high + (profit >> 32), low + (profit & (WORD - 1))
    return high, low


@inlined
def profits_of_exchange(
    c: Columns, scale: Scale, mentors: Mentors, mentee: int, wish: int, offer: int, most: int, price: int, seen: I32
) -> tuple[int, int]:
    """Of all who offer the skill of a wish and wish for that of an offer."""
    high, low, senior, w, rows = 0, 0, c.person[mentee, GRADE], c.weights, mentors.exchange
    row = row_of(rows.skills, c.wish[wish, 0] * np.int64(len(c.skill_start) - 1) + c.offer[offer, 0])
    if row == NONE:
        return high, low
    dearest = (w[0] * fit_of_wish(c, wish, BEST_LEVEL) + 10 * w[2] + most) * scale.unit - price
    for slot in range(rows.first[row], rows.first[row + 1]):
        if dearest <= rows.cheap[slot]:
            break
        fit = fit_of_wish(c, wish, rows.level[slot])
        best = w[0] * fit + w[2] * min(10, 2 * max(0, senior - rows.grade[slot])) + most
        mentor = int(rows.mentor[slot])
        if fit == 0 or best * scale.unit <= rows.cheap[slot] + price:
            continue
        profit = profit_of(c, scale, mentors, mentor, mentee, w[0] * fit + 10 * w[1], price, seen)
        high, low = high + (profit >> 32), low + (profit & (WORD - 1))
    return high, low


@inlined
def fit_of_wish(c: Columns, wish: int, level: int) -> int:
    return fit_of(c.wish[wish, 1], c.wish[wish, 2], c.wish[wish, 3], level)


@inlined
def profit_of(
    c: Columns, scale: Scale, mentors: Mentors, mentor: int, mentee: int, points: int, price: int, seen: I32
) -> int:
    """What an eligible couple leaves; 0 where nothing, where it is counted already or looked at elsewhere.

    `points` are the most that go forth and come back, `price` is the mentee's less the most that a tie-breaking number
    gives.
    """
    asked = mentors.price[mentor] + price
    if seen[mentor] == mentee or (points + score_apart(c, mentor, mentee)) * scale.unit <= asked:
        return 0
    left = profit_left(c, scale, mentor, mentee, asked)
    if left > 0:
        seen[mentor] = mentee
    return left


@kernel
def profit_left(c: Columns, scale: Scale, mentor: int, mentee: int, asked: int) -> int:
    if link_bits(c, mentor, mentee) & ASIDE or not eligible(c, mentor, mentee):
        return 0
    left = value_of(c, scale, mentor, mentee) - asked - (np.int64(1) << scale.tie_bits)
    return int(left) if left > 0 else 0


@inlined
def row_of(keys: I64, key: int) -> int:
    row = int(np.searchsorted(keys, key))
    return row if row < len(keys) and keys[row] == key else NONE
