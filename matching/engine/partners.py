"""Looks for partners over the inverted index: the best of a person at given prices, and a few by chance.

The same search finds the candidates to start with (at no prices, from both sides) and the pairs that the present prices
leave a profit (`pricing`). It reads each possible partner's line, reckons a score that is never below the true one,
and asks the rules and the criteria themselves only where that would be good enough.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.columns import (
    CHANNEL_CLASS,
    DEPARTMENT,
    GRADE,
    I32,
    I64,
    LINKS,
    RULE_GRADE_GAP,
    RULE_LANGUAGE,
    RULE_OVERLAP,
    WAITING,
    Columns,
)
from matching.engine.compiled import inlined, kernel
from matching.engine.criteria.bridge import OTHER_DEPARTMENT, OTHER_SITE
from matching.engine.fit import best_fit
from matching.engine.hours import shared_minutes
from matching.engine.index import CHANNELS, CODE, LINKED, OF_DEPARTMENT, ORDER, PLACE, WAITED, WHO, Index
from matching.engine.network import INFINITY, NONE
from matching.engine.rules import eligible
from matching.engine.value import Scale, value_of

REMOVED = -(1 << 24)
FAR = 1 << 22


class Found(NamedTuple):
    """Room for the partners of a block of people: `number[n]` of row n are filled."""

    partner: I32  # (rows, K)
    value: I64  # (rows, K)
    number: I32  # (rows,)


def make_found(rows: int, most: int) -> Found:
    return Found(
        partner=np.empty((rows, most), dtype=np.int32),
        value=np.empty((rows, most), dtype=np.int64),
        number=np.zeros(rows, dtype=np.int32),
    )


@kernel
def pair_value(c: Columns, scale: Scale, mentor: int, mentee: int) -> np.int64:
    """What an eligible pair is worth; −INFINITY for another."""
    if not eligible(c, mentor, mentee):
        return np.int64(-INFINITY)
    return value_of(c, scale, mentor, mentee)


@kernel
def weigh_pairs(c: Columns, scale: Scale, couples: I64, out: I64) -> None:
    for number in range(len(couples)):
        out[number] = pair_value(c, scale, couples[number, 0], couples[number, 1])


@inlined
def place_row(c: Columns, index: Index, mine: int, out: I32) -> None:
    """For each place twice the points of site and hours, plus 1 for the same site; REMOVED where hours do not do."""
    least = c.rules[RULE_OVERLAP]
    site, days = index.places[mine, 0], index.places[mine, 3]
    for other in range(len(index.places)):
        there = index.places[other]
        same = site >= 0 and site == there[0]
        minutes = shared_minutes(index.places[mine, 1], index.places[mine, 2], there[1], there[2])
        if days & there[3] == 0:
            minutes = 0
        if least > 0 and minutes < least and not same:
            out[other] = REMOVED
        else:
            points = c.weights[5] * min(10, minutes // 60)
            if site >= 0 and there[0] >= 0 and not same:
                points += c.weights[3] * OTHER_SITE
            out[other] = 2 * points + (1 if same else 0)


@inlined
def last_of(c: Columns, index: Index, skill: int, grade: int, upward: int) -> int:
    """Where the lines of a skill end that the grade rule leaves."""
    low, high = index.start[skill], index.start[skill + 1]
    if c.rules[RULE_GRADE_GAP] < 0 or grade < 0:
        return high
    limit = upward * grade - c.rules[RULE_GRADE_GAP]
    while low < high:
        middle = (low + high) // 2
        if index.entry[middle, ORDER] <= limit:
            low = middle + 1
        else:
            high = middle
    return low


@inlined
def keep(found: Found, row: int, partner: int, value: np.int64, profits: I64, profit: np.int64) -> None:
    """Among the best of a person, the best first; the worst falls out where there is no more room."""
    slot = found.number[row]
    if slot < found.partner.shape[1]:
        found.number[row] += 1
    else:
        slot -= 1
    while slot > 0 and profits[slot - 1] < profit:
        profits[slot] = profits[slot - 1]
        found.partner[row, slot], found.value[row, slot] = found.partner[row, slot - 1], found.value[row, slot - 1]
        slot -= 1
    profits[slot] = profit
    found.partner[row, slot], found.value[row, slot] = partner, value


@kernel
def find_best(
    c: Columns, scale: Scale, index: Index, upward: int, own: I64, others: I64, first: int, last: int, room: I64,
    row_of_place: I32, found: Found,
) -> int:  # fmt: skip
    """The best partners of people `first` to `last` at these prices, of those who leave a profit above their own price.

    `upward` is 1 for mentees, whose mentors are below them, and −1 for mentors. Returns how many lines were read.
    """
    read, place = 0, NONE
    most = found.partner.shape[1]
    for person in range(first, last):
        row = person - first
        found.number[row] = 0
        if index.seats[person] == 0:
            continue
        if index.place[person] != place:
            place = index.place[person]
            place_row(c, index, place, row_of_place)
        floor = own[person]
        for line in range(index.own_start[person], index.own_start[person + 1]):
            read += read_skill(
                c, scale, index, upward, others, person, index.own[line, 0], index.own[line, 1], floor, row,
                row_of_place, room, found,
            )  # fmt: skip
            if found.number[row] == most:
                floor = max(floor, room[most - 1])
    return read


@kernel
def read_skill(
    c: Columns, scale: Scale, index: Index, upward: int, others: I64, person: int, skill: int, code: int, floor: int,
    row: int, row_of_place: I32, room: I64, found: Found,
) -> int:  # fmt: skip
    """The partners of one person over one skill. Returns how many lines were read."""
    w, most = c.weights, found.partner.shape[1]
    grade, department = c.person[person, GRADE], c.person[person, DEPARTMENT]
    channels, waited = c.channel_points[c.person[person, CHANNEL_CLASS]], c.person[person, WAITING]
    languages, back = index.own_mask[person, 0], index.own_mask[person, 1]
    waited *= 2
    level = upward * grade
    graded = w[2] if grade >= 0 else 0
    kept = w[7] if c.person[person, LINKS] > 0 else 0
    bridged, returned = w[3] * OTHER_DEPARTMENT, 10 * w[1]
    spoken = FAR if c.rules[RULE_LANGUAGE] > 0 else 0
    fits, room_for_ties = index.fit[code], np.int64(1) << scale.tie_bits
    begin, end = index.start[skill], last_of(c, index, skill, grade, upward)
    for slot in range(begin, end):
        entry = index.entry[slot]
        there = row_of_place[entry[PLACE]]
        points = fits[entry[CODE]] + (there >> 1) + channels[entry[CHANNELS], there & 1] * w[4]
        points += w[6] * min(10, waited + 2 * entry[WAITED]) + bridged * (entry[OF_DEPARTMENT] != department)
        points += graded * max(0, min(10, 2 * (level - entry[ORDER]))) + kept * (entry[LINKED] > 0)
        points -= spoken * (index.mask[slot, 0] & languages == 0)
        other = entry[WHO]
        short = floor + others[other] - room_for_ties
        if index.mask[slot, 1] & back:
            if (points + returned) * scale.unit <= short:
                continue
            mentor, mentee = (other, person) if upward > 0 else (person, other)
            points += w[1] * best_fit(c, mentee, mentor)[0]
        if points * scale.unit <= short or is_kept(found, row, other):
            continue
        value = pair_value(c, scale, other, person) if upward > 0 else pair_value(c, scale, person, other)
        profit = value - others[other]
        if profit > floor:
            keep(found, row, other, value, room, profit)
            if found.number[row] == most:
                floor = max(floor, room[most - 1])
    return end - begin


@inlined
def is_kept(found: Found, row: int, partner: int) -> bool:
    for slot in range(found.number[row]):  # noqa: SIM110  (compiled code knows no any())
        if found.partner[row, slot] == partner:
            return True
    return False
