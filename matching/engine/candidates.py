"""Eligible pairs through the inverted index: from each wish to the people who offer the skill."""

from typing import NamedTuple

import numpy as np

from matching.engine.columns import I32, I64, MENTEE_CAPACITY, Columns
from matching.engine.compiled import kernel
from matching.engine.network import NONE, Arcs
from matching.engine.partners import pair_value
from matching.engine.value import Scale


class Row(NamedTuple):
    """Room for all pairs of one mentee."""

    seen: I32  # (N,) the last mentee that a mentor was looked at for
    mentor: I32  # (N,)
    value: I64  # (N,)


def make_row(people: int) -> Row:
    return Row(
        seen=np.full(people, NONE, dtype=np.int32),
        mentor=np.empty(people, dtype=np.int32),
        value=np.empty(people, dtype=np.int64),
    )


@kernel
def scan(c: Columns, scale: Scale, mentee: int, row: Row) -> int:
    """Writes the eligible mentors of one mentee with the values of the pairs. Returns how many."""
    count = 0
    if c.person[mentee, MENTEE_CAPACITY] == 0:
        return count
    for wish in range(c.wish_start[mentee], c.wish_start[mentee + 1]):
        skill = c.wish[wish, 0]
        for slot in range(c.skill_start[skill], c.skill_start[skill + 1]):
            mentor = int(c.skill_person[slot])
            if row.seen[mentor] == mentee:
                continue
            row.seen[mentor] = mentee
            value = pair_value(c, scale, mentor, mentee)
            if value >= 0:
                row.mentor[count], row.value[count] = mentor, value
                count += 1
    return count


def eligible_pairs(c: Columns, scale: Scale) -> Arcs:
    """All eligible pairs, by mentee."""
    people = len(c.person)
    row = make_row(people)
    parts = [no_arcs(0)]
    found, mentee = 0, 0
    while mentee < people:
        arcs = no_arcs(max(people, 4 * found, 1 << 12))
        count, mentee = fill(c, scale, mentee, row, arcs)
        parts.append(Arcs(arcs.mentor[:count], arcs.mentee[:count], arcs.value[:count]))
        found += count
    mentors, mentees, values = zip(*parts, strict=True)
    return Arcs(np.concatenate(mentors), np.concatenate(mentees), np.concatenate(values))


def no_arcs(room: int) -> Arcs:
    return Arcs(np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int64))


@kernel
def fill(c: Columns, scale: Scale, first: int, row: Row, arcs: Arcs) -> tuple[int, int]:
    """The pairs of mentees from `first` on, until one has no room. Returns how many pairs, and that mentee."""
    count, room = 0, len(arcs.value)
    for mentee in range(first, len(c.person)):
        more = scan(c, scale, mentee, row)
        if count + more > room:
            row.seen[:] = NONE
            return count, mentee
        for slot in range(more):
            arcs.mentor[count], arcs.mentee[count] = row.mentor[slot], mentee
            arcs.value[count] = row.value[slot]
            count += 1
    return count, len(c.person)
