"""Looks for partners over the inverted index: the best of a person at given prices, and a few by chance.

The same search finds the candidates to start with (at no prices, from both sides) and the pairs that the present prices
leave a profit (`improving`). It reads each possible partner's line and reckons points that are never below the true
ones; then it asks the rules and the criteria themselves, those who seem best first, until no other can be better.
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
from matching.engine.rules import eligible_score
from matching.engine.value import Scale, tie_breaker

REMOVED = -(1 << 24)
FAR = 1 << 22
STEPS = 512  # points below the best that one look at the desk tells apart


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


class Desk(NamedTuple):
    """Scratch space of a search: the lines of one person that may be good enough, and the best of them in order."""

    row_of_place: I32  # see `place_row`
    line: I32  # (E,)
    points: I64  # (E,) what the partner leaves at most
    best_line: I32  # (E,)
    best_points: I64  # (E,)
    tally: I64  # (STEPS,)
    profit: I64  # (K,) of the partners found


def make_desk(index: Index, most: int) -> Desk:
    lines = len(index.entry)
    return Desk(
        row_of_place=np.empty(len(index.places), dtype=np.int32),
        line=np.empty(lines + 1, dtype=np.int32),
        points=np.empty(lines + 1, dtype=np.int64),
        best_line=np.empty(lines + 1, dtype=np.int32),
        best_points=np.empty(lines + 1, dtype=np.int64),
        tally=np.empty(STEPS, dtype=np.int64),
        profit=np.empty(most, dtype=np.int64),
    )


@inlined
def pair_value(c: Columns, scale: Scale, mentor: int, mentee: int) -> np.int64:
    """What an eligible pair is worth; −INFINITY for another."""
    points = eligible_score(c, mentor, mentee)
    if points < 0:
        return np.int64(-INFINITY)
    return points * scale.unit + tie_breaker(c, mentor, mentee, scale.tie_bits)


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


def priced_lines(index: Index, scale: Scale, prices: I64) -> I64:
    """For each line the price of its partner in whole points, less the most that a tie-breaking number gives."""
    room_for_ties = 1 << scale.tie_bits
    points: I64 = (prices[index.entry[:, WHO]] - room_for_ties) // scale.unit
    return points


@kernel
def find_best(
    c: Columns, scale: Scale, index: Index, upward: int, own: I64, others: I64, priced: I64, first: int, last: int,
    desk: Desk, found: Found, lines: int, turn: int,
) -> int:  # fmt: skip
    """The best partners of people `first` to `last` at these prices, of those who leave a profit above their own price.

    Whose own price is INFINITY is passed over. `upward` is 1 for mentees, whose mentors are below them, and −1 for
    mentors; `priced` are their `priced_lines`. With `lines` about so many of each skill at most are looked at, spread
    evenly; at another `turn` others of them. Returns how many lines were read.
    """
    read, place = 0, NONE
    for person in range(first, last):
        found.number[person - first] = 0
        if index.seats[person] == 0 or own[person] >= INFINITY:
            continue
        if index.place[person] != place:
            place = index.place[person]
            place_row(c, index, place, desk.row_of_place)
        least, count = own[person] // scale.unit, 0
        for line in range(index.own_start[person], index.own_start[person + 1]):
            skill = index.own[line, 0]
            begin, end = index.start[skill], last_of(c, index, skill, c.person[person, GRADE], upward)
            stride = 1 + (end - begin) // lines if lines > 0 else 1
            begin += (person + turn) % stride
            count = read_lines(
                c, index, upward, person, index.own[line, 1], begin, end, stride, priced, least, desk, count
            )
            read += (end - begin) // stride
        ask_best(c, scale, index, upward, person, person - first, own[person], others, desk, count, found)
    return read


@inlined
def read_lines(
    c: Columns, index: Index, upward: int, person: int, code: int, begin: int, end: int, stride: int,
    priced: I64, least: int, desk: Desk, count: int,
) -> int:  # fmt: skip
    """Lays partners over one skill on the desk who may leave more points than `least`. Returns how many lie there."""
    w_grade, w_bridge, w_channels = c.weights[2], c.weights[3] * OTHER_DEPARTMENT, c.weights[4]
    returned, w_waiting = 10 * c.weights[1], c.weights[6]
    grade, department = c.person[person, GRADE], c.person[person, DEPARTMENT]
    channels, waited = c.channel_points[c.person[person, CHANNEL_CLASS]], 2 * c.person[person, WAITING]
    languages, back = index.own_mask[person, 0], index.own_mask[person, 1]
    level, graded = upward * grade, w_grade if grade >= 0 else 0
    kept = c.weights[7] if c.person[person, LINKS] > 0 else 0
    spoken = FAR if c.rules[RULE_LANGUAGE] > 0 else 0
    fits = index.fit[code]
    for slot in range(begin, end, stride):
        entry = index.entry[slot]
        there = desk.row_of_place[entry[PLACE]]
        points = fits[entry[CODE]] + (there >> 1) + channels[entry[CHANNELS], there & 1] * w_channels - priced[slot]
        points += w_waiting * min(10, waited + 2 * entry[WAITED]) + w_bridge * (entry[OF_DEPARTMENT] != department)
        points += graded * max(0, min(10, 2 * (level - entry[ORDER]))) + kept * (entry[LINKED] > 0)
        points += returned * (index.mask[slot, 1] & back != 0) - spoken * (index.mask[slot, 0] & languages == 0)
        desk.line[count], desk.points[count] = slot, points
        count += points > least
    return count


@inlined
def take_best(desk: Desk, count: int, most: int) -> tuple[int, int]:
    """The best of those on the desk, `most` or a few more, in order; how many they are, and how many are left."""
    top = desk.points[0]
    for number in range(count):
        top = max(top, desk.points[number])
    desk.tally[:] = 0
    for number in range(count):
        desk.tally[min(top - desk.points[number], STEPS - 1)] += 1
    taken, last = 0, 0
    for below in range(STEPS - 1):  # the last step holds all that is further below, in no order
        last, more = below, desk.tally[below]
        desk.tally[below] = taken
        taken += more
        if taken >= most:
            break
    left = 0
    for number in range(count):
        line, points = desk.line[number], desk.points[number]
        if top - points <= last:
            place = desk.tally[top - points]
            desk.tally[top - points] += 1
            desk.best_line[place], desk.best_points[place] = line, points
        else:
            desk.line[left], desk.points[left] = line, points
            left += 1
    return taken, left


@inlined
def ask_best(
    c: Columns, scale: Scale, index: Index, upward: int, person: int, row: int, floor: int, others: I64, desk: Desk,
    count: int, found: Found,
) -> None:  # fmt: skip
    """Of those on the desk the best who leave a profit above `floor`."""
    most = found.partner.shape[1]
    size, least = 2 * most, floor // scale.unit
    back, returned = index.own_mask[person, 1], 10 * c.weights[1]
    while count > 0:
        taken, count = take_best(desk, count, size)
        size *= 4
        for number in range(taken):
            points, slot = desk.best_points[number], desk.best_line[number]
            if points <= least:
                return
            other = int(index.entry[slot, WHO])
            mentor, mentee = (other, person) if upward > 0 else (person, other)
            if is_kept(found, row, other):
                continue
            comes_back = c.weights[1] * best_fit(c, mentee, mentor)[0] if index.mask[slot, 1] & back else returned
            if points - returned + comes_back <= least:
                continue
            value = pair_value(c, scale, mentor, mentee)
            if value - others[other] > floor:
                keep(found, row, other, value, desk.profit, value - others[other])
                if found.number[row] == most:
                    floor = max(floor, desk.profit[most - 1])
                    least = floor // scale.unit


@inlined
def is_kept(found: Found, row: int, partner: int) -> bool:
    for slot in range(found.number[row]):  # noqa: SIM110  (compiled code knows no any())
        if found.partner[row, slot] == partner:
            return True
    return False
