"""The inverted index: for each skill, all who offer it (or wish for it), with what a score asks of them.

The lines of a skill lie side by side, so that a person's possible partners are read in a row instead of gathered one
by one. They are sorted by grade, so that those whom the grade rule removes are at the end and are not read at all.
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
    MENTEE_CAPACITY,
    MENTOR_CAPACITY,
    SITE,
    U64,
    WAITING,
    WORK_DAYS,
    WORK_ENDS,
    WORK_STARTS,
    Columns,
    narrow,
    starts,
)
from matching.engine.fit import fit_of

# The columns of `Index.entry`, half a cache line.
WHO, CODE, ORDER, OF_DEPARTMENT, PLACE, CHANNELS, WAITED, LINKED = range(8)
CODES = 256
NO_FIT = -(1 << 22)  # so far below that no other points make up for it


class Index(NamedTuple):
    """The partners of one role's people, by skill. A line's code is its level, or its priority, present and wanted."""

    start: I64  # (S+1,) the lines of a skill
    entry: I32  # (E, 8) see above; ORDER is the grade, turned round where partners must be above, unknown ones first
    mask: U64  # (E, 2) languages; skills that would come back: no common bit, nothing in common
    own_start: I64  # (N+1,) the lines of a person of this role
    own: I32  # (rows, 2) skill, code
    own_mask: U64  # (N, 2)
    fit: I32  # (codes of own lines, codes of partners' lines) fulfilment of a wish by an offer
    place: I32  # (N,) people of the same site and hours share a place
    places: I32  # (P, 4) a person of each place, as site, starts, ends, days
    seats: I32  # (N,) capacity in this role


class Indices(NamedTuple):
    mentors: Index  # of mentors, to their mentees
    mentees: Index


UNKNOWN_FIRST = -(1 << 30)


def make_indices(c: Columns) -> Indices:
    offers, wishes = coded_offers(c), coded_wishes(c)
    fits = fit_table(int(c.weights[0]))
    facts = c.person[:, [SITE, WORK_STARTS, WORK_ENDS, WORK_DAYS]]
    place, places = classes(facts)
    languages = folded(c.language)
    offered, wished = skill_bits(c.offer_start, c.offer), skill_bits(c.wish_start, c.wish)
    to_mentors = listed(c, offers, MENTOR_CAPACITY, 1, place, np.column_stack([languages, wished]))
    to_mentees = listed(c, wishes, MENTEE_CAPACITY, -1, place, np.column_stack([languages, offered]))
    return Indices(
        mentors=Index(
            *to_mentees,
            own_start=c.offer_start,
            own=np.ascontiguousarray(offers[:, 1:]),
            own_mask=np.column_stack([languages, wished]),
            fit=np.ascontiguousarray(fits.T),
            place=place,
            places=places,
            seats=np.ascontiguousarray(c.person[:, MENTOR_CAPACITY]),
        ),
        mentees=Index(
            *to_mentors,
            own_start=c.wish_start,
            own=np.ascontiguousarray(wishes[:, 1:]),
            own_mask=np.column_stack([languages, offered]),
            fit=fits,
            place=place,
            places=places,
            seats=np.ascontiguousarray(c.person[:, MENTEE_CAPACITY]),
        ),
    )


def coded_offers(c: Columns) -> I32:
    """Rows of person, skill, code."""
    owner = np.repeat(np.arange(len(c.person), dtype=np.int32), np.diff(c.offer_start))
    return np.column_stack([owner, c.offer]) if len(owner) else np.empty((0, 3), dtype=np.int32)


def coded_wishes(c: Columns) -> I32:
    owner = np.repeat(np.arange(len(c.person), dtype=np.int32), np.diff(c.wish_start))
    code = c.wish[:, 1] * 64 + c.wish[:, 2] * 8 + c.wish[:, 3]
    return np.column_stack([owner, c.wish[:, 0], code]).astype(np.int32)


def fit_table(weight: int) -> I32:
    """The fulfilment of each possible wish by each level of an offer."""
    table = np.full((CODES, 8), NO_FIT, dtype=np.int32)
    plain = getattr(fit_of, "py_func", fit_of)
    for priority in (1, 2, 3):
        for present in range(6):
            for wanted in range(6):
                for level in range(6):
                    fit = plain(priority, present, wanted, level)
                    if fit:
                        table[priority * 64 + present * 8 + wanted, level] = weight * fit
    return table


def classes(facts: I32) -> tuple[I32, I32]:
    """Which of the different rows each row is, and those rows."""
    if not len(facts):
        return np.empty(0, dtype=np.int32), narrow(facts)
    order = np.lexsort(facts.T)
    arranged = facts[order]
    new = np.r_[False, (arranged[1:] != arranged[:-1]).any(axis=1)]
    number = np.empty(len(facts), dtype=np.int32)
    number[order] = np.cumsum(new)
    return number, narrow(arranged[np.r_[True, new[1:]]])


def folded(bits: U64) -> U64:
    """Sets of any size in one word: two that have something in common share a bit."""
    return np.bitwise_or.reduce(bits, axis=1) if len(bits) else np.empty(0, dtype=np.uint64)


def skill_bits(start: I64, lines: I32) -> U64:
    """The skills of each person's lines in one word."""
    out = np.zeros(len(start) - 1, dtype=np.uint64)
    flags = np.left_shift(np.uint64(1), (lines[:, 0] % 64).astype(np.uint64))
    np.bitwise_or.at(out, np.repeat(np.arange(len(out)), np.diff(start)), flags)
    return out


def listed(c: Columns, lines: I32, capacity: int, upward: int, place: I32, masks: U64) -> tuple[I64, I32, U64]:
    """The lines of those who take the role, by skill, grade and person."""
    lines = lines[c.person[lines[:, 0], capacity] > 0]
    grade = c.person[lines[:, 0], GRADE]
    rank = np.where(grade < 0, UNKNOWN_FIRST, upward * grade)
    order = np.lexsort((lines[:, 0], rank, lines[:, 1]))
    lines, rank = lines[order], rank[order]
    person = c.person[lines[:, 0]]
    entry = np.empty((len(lines), 8), dtype=np.int32)
    entry[:, WHO], entry[:, CODE], entry[:, ORDER] = lines[:, 0], lines[:, 2], rank
    entry[:, PLACE] = place[lines[:, 0]]
    for column, name in ((OF_DEPARTMENT, DEPARTMENT), (CHANNELS, CHANNEL_CLASS), (WAITED, WAITING), (LINKED, LINKS)):
        entry[:, column] = person[:, name]
    skills = len(c.skill_start) - 1
    return starts(lines[:, 1], skills), entry, np.ascontiguousarray(masks[lines[:, 0]])
