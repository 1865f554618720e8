"""The columns as the compiled code reads them: people in the order of their keys, tables sorted by person.

Everything here is whole numbers. `prepare` makes them; after it the order of the rows that were given matters no more.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine.canonical import by_columns, canonical
from matching.engine.compiled import compiled
from matching.engine.people import InputError, IntArray, People
from matching.engine.policy import Policy

# What two particular people are to each other, as bits.
RATHER_NOT, PAST, FORBIDDEN, TAKEN, ALLOWED, PREVIOUS = 1, 2, 4, 8, 16, 32

OFF = -1
NOT_LIKED = 5  # a channel ranked this low (0 is first) gives no points, as one that is not named
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
I8 = NDArray[np.int8]
U64 = NDArray[np.uint64]


# The columns of `Columns.person`: one row of 16 numbers, a cache line, holds what most rules ask of a person.
(
    GRADE,
    DEPARTMENT,
    SITE,
    WORK_STARTS,  # minutes of the UTC day, may be below 0 or above 1440
    WORK_ENDS,
    WORK_DAYS,
    CHANNEL_CLASS,  # people who rank the channels alike share a class
    MENTOR_CAPACITY,
    MENTEE_CAPACITY,
    LINE_IN,  # the reporting tree walked in depth: below me are those whose LINE_IN lies in [LINE_IN, LINE_OUT)
    LINE_OUT,
    LINE_DEPTH,
    WAITING,
    OUTSIDE,  # 0 employee, 1 approved partner, 2 partner without approval
    LINKS,  # how many particular people they have
    BY_KEY,  # the person's place in the order of keys
) = range(16)


class Columns(NamedTuple):
    """N people by key, S skills by name."""

    person: I32  # (N, 16) see above
    language: U64  # (N, words) bits
    channel_points: I8  # (classes, classes, 2) points of two classes, apart and at the same site
    tie: U64  # (N,) a number made of the key
    offer_start: I64  # (N+1,) the offers of a person, by skill
    offer: I32  # (rows, 2) skill, level
    wish_start: I64  # (N+1,) the wishes of a person, by skill
    wish: I32  # (rows, 4) skill, priority, present, wanted
    skill_start: I64  # (S+1,) who takes mentees and offers a skill: the inverted index
    skill_person: I32
    link_start: I64  # (N+1,) the particular people of a person, by partner
    link: I32  # (rows, 2) partner, bits
    rules: I32  # parameters of the rules, see RULE_… ; -1 is off
    weights: I32  # by criterion


(
    RULE_GRADE_GAP,
    RULE_LINE,
    RULE_LANGUAGE,
    RULE_OVERLAP,
    RULE_PAST,
    RULE_EXTERNAL,
    RULE_OFFER_LEVEL,
    RULE_LEAST_SCORE,
) = range(8)


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What is to be solved. Numbers of people are by key, of skills by name."""

    people: People  # in canonical order
    policy: Policy
    columns: Columns
    rows: I64  # (N,) the given row of each person
    skills: I64  # (S,) the given index of each skill

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def fixed(self) -> I64:
        return self.people.fixed  # type: ignore[return-value]


def prepare(given: People, policy: Policy, weights: I32) -> Problem:
    people, rows, skills = canonical(given)
    count = len(people)
    check_fixed(people.fixed)
    offers = people.offers[people.offers[:, 2] >= policy.offer_level]
    wishes = people.wishes[people.wishes[:, 4] > people.wishes[:, 3]]  # who is where they want to be has no wish
    supply = offers[people.mentor_capacity[offers[:, 0]] > 0]
    supply = supply[np.lexsort((supply[:, 0], supply[:, 1]))]
    links = all_links(people)
    link_start = starts(links[:, 0], count)
    channel_class, channel_points = channel_table(people)
    columns = Columns(
        person=person_rows(people, channel_class, np.diff(link_start)),
        language=bits(people.languages, count, len(people.language_names)),
        channel_points=channel_points,
        tie=tie_numbers(people.keys.tolist()),
        offer_start=starts(offers[:, 0], count),
        offer=narrow(offers[:, 1:]),
        wish_start=starts(wishes[:, 0], count),
        wish=narrow(wishes[:, 1:]),
        skill_start=starts(supply[:, 1], len(skills)),
        skill_person=narrow(supply[:, 0]),
        link_start=link_start,
        link=narrow(links[:, 1:]),
        rules=rule_parameters(policy),
        weights=weights,
    )
    return Problem(people=people, policy=policy, columns=columns, rows=rows, skills=skills)


def person_rows(people: People, channel_class: I32, links: I64) -> I32:
    out = np.zeros((len(people), 16), dtype=np.int32)
    out[:, GRADE] = people.grades
    out[:, DEPARTMENT] = people.departments
    out[:, SITE] = people.sites
    out[:, WORK_STARTS] = people.work_starts - people.utc_offsets
    out[:, WORK_ENDS] = people.work_ends - people.utc_offsets
    out[:, WORK_DAYS] = people.work_days
    out[:, CHANNEL_CLASS] = channel_class
    out[:, MENTOR_CAPACITY] = people.mentor_capacity
    out[:, MENTEE_CAPACITY] = people.mentee_capacity
    out[:, LINE_IN], out[:, LINE_OUT], out[:, LINE_DEPTH] = reporting_tree(people)
    out[:, WAITING] = people.waiting
    out[:, OUTSIDE] = np.where(people.external, np.where(people.approved, 1, 2), 0)
    out[:, LINKS] = links
    out[:, BY_KEY] = np.arange(len(people))
    return out


def rule_parameters(policy: Policy) -> I32:
    return np.array(
        [
            OFF if policy.grade_gap is None else policy.grade_gap,
            OFF if policy.reporting_line is None else policy.reporting_line,
            int(policy.shared_language),
            OFF if policy.overlap_hours is None else round(policy.overlap_hours * 60),
            int(policy.not_again),
            int(policy.external_approval),
            policy.offer_level,
            policy.least_score,
        ],
        dtype=np.int32,
    )


def narrow(column: IntArray) -> I32:
    return np.ascontiguousarray(column, dtype=np.int32)


def starts(owners: IntArray, count: int) -> I64:
    """Where the lines of each owner begin in a table sorted by owner."""
    return np.searchsorted(owners, np.arange(count + 1)).astype(np.int64)


def check_fixed(fixed: IntArray) -> None:
    couples = np.sort(fixed[:, :2], axis=1)
    if len(np.unique(couples, axis=0)) != len(couples) or (couples[:, 0] == couples[:, 1]).any():
        raise InputError("fixed holds two people twice, or somebody with themselves.")


def bits(memberships: IntArray, count: int, size: int) -> U64:
    """Each person's set as bits, 64 to a word."""
    out = np.zeros((count, max(1, -(-size // 64))), dtype=np.uint64)
    members = memberships.astype(np.uint64)
    flags = np.left_shift(np.uint64(1), members[:, 1] % np.uint64(64))
    np.bitwise_or.at(out, (memberships[:, 0], memberships[:, 1] // 64), flags)
    return out


def tie_numbers(keys: Sequence[int | str]) -> U64:
    """The same for the same key for ever, and as good as random."""
    digests = [hashlib.blake2b(str(key).encode(), digest_size=8).digest() for key in keys]
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def all_links(people: People) -> I64:
    """Rows of person, partner, bits: one for each two people who are something particular to each other."""
    both_ways = [
        (people.rather_not, RATHER_NOT),
        (people.past, PAST),
        (people.forbidden, FORBIDDEN),
        (people.running, TAKEN),
        (people.fixed[:, :2], TAKEN),
    ]
    one_way = [(people.exceptions, ALLOWED), (people.previous, PREVIOUS)]
    one_way += [(np.concatenate([couples, couples[:, ::-1]]), bit) for couples, bit in both_ways]
    flagged = [np.column_stack([couples, np.full(len(couples), bit)]).astype(np.int64) for couples, bit in one_way]
    rows = by_columns(np.concatenate(flagged))
    if not len(rows):
        return rows
    first = np.flatnonzero(np.r_[True, (np.diff(rows[:, :2], axis=0) != 0).any(axis=1)])
    merged = rows[first].copy()
    merged[:, 2] = np.bitwise_or.reduceat(rows[:, 2], first)
    return merged


def reporting_tree(people: People) -> tuple[I64, I64, I64]:
    """Walks the tree of managers in depth. A loop of managers is refused."""
    managers = people.managers.astype(np.int64)
    depth = tree_depth(managers)
    if (depth < 0).any():
        person = people.names[int(np.flatnonzero(depth < 0)[0])]
        raise InputError(f"The line of managers above {person} goes round in a circle.")
    line_in, line_out = tree_walk(managers, np.argsort(depth, kind="stable"))
    return line_in, line_out, depth


@compiled
def tree_depth(managers: I64) -> I64:
    """How many managers stand above each; -1 where they go round in a circle."""
    count = len(managers)
    depth = np.full(count, -1, dtype=np.int64)
    path = np.empty(count, dtype=np.int64)
    for person in range(count):
        length, at = 0, person
        while at >= 0 and depth[at] == -1:
            depth[at] = -2
            path[length] = at
            length += 1
            at = managers[at]
        if at >= 0 and depth[at] == -2:
            return np.where(depth >= 0, depth, -1)
        above = -1 if at < 0 else depth[at]
        for step in range(length - 1, -1, -1):
            above += 1
            depth[path[step]] = above
    return depth


@compiled
def tree_walk(managers: I64, shallow_first: I64) -> tuple[I64, I64]:
    """When a walk in depth comes to each, and the end of those below them."""
    count = len(managers)
    size = np.ones(count, dtype=np.int64)
    for number in range(count - 1, -1, -1):
        person = shallow_first[number]
        if managers[person] >= 0:
            size[managers[person]] += size[person]
    begin = np.zeros(count, dtype=np.int64)
    free = np.zeros(count, dtype=np.int64)
    top = 0
    for number in range(count):
        person = shallow_first[number]
        manager = managers[person]
        if manager < 0:
            begin[person] = top
            top += size[person]
        else:
            begin[person] = free[manager]
            free[manager] += size[person]
        free[person] = begin[person] + 1
    return begin, begin + size


def channel_ranks(channels: IntArray, count: int) -> NDArray[np.int16]:
    """The rank of every channel for each person, from their channels in order."""
    ranks = np.full((len(channels), max(1, count)), NOT_LIKED, dtype=np.int16)
    for position in range(min(channels.shape[1], NOT_LIKED) - 1, -1, -1):
        column = channels[:, position]
        there = column >= 0
        ranks[there, column[there]] = position
    return ranks


def channel_table(people: People) -> tuple[I32, I8]:
    """Classes of people who rank the channels alike, and the points of every two classes."""
    ranks = channel_ranks(people.channels, len(people.channel_names))
    codes = ranks @ (NOT_LIKED + 1) ** np.arange(ranks.shape[1])[::-1]  # in the order of the rows
    _, first, number = np.unique(codes, return_index=True, return_inverse=True)
    classes = ranks[first]
    points = np.zeros((len(classes), len(classes), 2), dtype=np.int8)
    for channel in range(classes.shape[1]):
        both = 10 - 2 * (classes[:, None, channel].astype(np.int16) + classes[None, :, channel])
        both = np.clip(both, 0, 10).astype(np.int8)
        points[:, :, 1] = np.maximum(points[:, :, 1], both)
        if channel != people.in_person:
            points[:, :, 0] = np.maximum(points[:, :, 0], both)
    return narrow(number.reshape(-1)), points
