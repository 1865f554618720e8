"""The best partner by score that each gave up, where it is not found what any other would cost.

The candidates of the run hold each person's best partners; with those whom a list keeps apart they hold the best that
anybody could know of. Who finds no choice among them is looked after alone, over more and more partners. So what is
told follows from the problem without lists and from the answer, as if every pair had been looked at.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matching.engine.arcs import joined, marks_of, of_these, together
from matching.engine.blocks import Block, Ground, Search, cut, in_threads
from matching.engine.candidates import Row, make_row, scan
from matching.engine.columns import I32, I64, MENTEE_CAPACITY, MENTOR_CAPACITY, Columns, Problem
from matching.engine.compiled import kernel
from matching.engine.network import INFINITY, NONE, Arcs
from matching.engine.people import BoolArray
from matching.engine.result import Role
from matching.engine.run import FEW
from matching.engine.value import Scale, scale_of, value_of
from matching.engine.visible import listed_pairs

MANY = 512  # partners for each person: more are looked for one person after the other


class Standing(NamedTuple):
    """How people stand in the answer, in one role."""

    seats: I64  # (N,) left over
    least: I64  # (N,) the value of the weakest pair beside the fixed ones; INFINITY where there is none

    @property
    def held(self) -> BoolArray:
        """Whose seats fixed pairs hold, all of them."""
        return (self.seats <= 0) & (self.least == INFINITY)


class Choices(NamedTuple):
    """The best pair that each gave up, in one role."""

    partner: I64  # (N,) NONE where there is none
    value: I64  # (N,)


class Answer(NamedTuple):
    """The answer as the choice of a pair is judged by."""

    unit: int
    mentors: Standing
    mentees: Standing
    marks: I64  # of its pairs, and of those that are no choice


def answer_of(problem: Problem, chosen: I64, missing: I64 | None = None) -> Answer:
    c, scale = problem.columns, scale_of(problem.columns)
    couples = np.concatenate([problem.fixed[:, :2], chosen]).astype(np.int64)
    no_choice = couples if missing is None else np.concatenate([couples, missing])
    values = np.full(len(couples), INFINITY)  # what is fixed is given up for nothing
    weigh(c, scale, np.ascontiguousarray(chosen), values[len(problem.fixed) :])
    return Answer(
        scale.unit,
        standing(couples[:, 0], values, c.person[:, MENTOR_CAPACITY]),
        standing(couples[:, 1], values, c.person[:, MENTEE_CAPACITY]),
        marks_of(no_choice[:, 0], no_choice[:, 1], len(problem)),
    )


def standing(people: I64, values: I64, capacity: I32) -> Standing:
    """`people` are those of the pairs on one side, `values` what the pairs are worth."""
    least = np.full(len(capacity), INFINITY)
    np.minimum.at(least, people, values)
    return Standing(capacity - np.bincount(people, minlength=len(capacity)), least)


@kernel
def weigh(c: Columns, scale: Scale, couples: I64, values: I64) -> None:
    for number in range(len(couples)):
        values[number] = value_of(c, scale, couples[number, 0], couples[number, 1])


def best_choices(
    ground: Ground, problem: Problem, chosen: I64, known: Arcs, people: Sequence[I64], missing: I64 | None = None
) -> tuple[Choices, Choices]:
    """For these mentors and mentees, who are in the chosen pairs.

    `ground` and `problem` are without lists, `known` candidates; pairs that are `missing` (`visible`) are no choice.
    """
    answer = answer_of(problem, chosen, missing)
    found = []
    roles: tuple[Role, Role] = ("mentor", "mentee")
    for role, wanted in zip(roles, people, strict=True):
        asks = np.zeros(len(problem), dtype=np.bool_)
        asks[wanted] = True
        own = known.mentor if role == "mentor" else known.mentee
        best, unsure = among(of_these(known, asks[own]), role, answer, len(problem))
        look_further(ground, role, np.flatnonzero(unsure & asks), answer, best)
        found.append(best)
    return found[0], found[1]


def with_listed(problem: Problem, open_problem: Problem, known: Arcs) -> Arcs:
    """The candidates, and the pairs that nothing but a list keeps apart."""
    return together([known, listed_pairs(problem, open_problem)], len(problem))


def among(arcs: Arcs, role: Role, answer: Answer, people: int) -> tuple[Choices, BoolArray]:
    """The best choice of everybody in a role, and who may have a better one among those who are not in `arcs`."""
    own, other = (arcs.mentor, arcs.mentee) if role == "mentor" else (arcs.mentee, arcs.mentor)
    order = np.lexsort((other, -arcs.value, own))
    own, other, value = own[order], other[order], arcs.value[order]
    begin = np.searchsorted(own, np.arange(people + 1))
    best = Choices(np.full(people, NONE), np.full(people, NONE))
    there = np.flatnonzero(is_choice(arcs, answer)[order])
    persons, first = np.unique(own[there], return_index=True)
    best.partner[persons], best.value[persons] = other[there[first]], value[there[first]]
    many = np.diff(begin) >= FEW
    last = np.zeros(people, dtype=np.int64)
    last[many] = value[begin[:-1][many] + FEW - 1]
    return best, many & (best.value <= last)


def is_choice(arcs: Arcs, answer: Answer) -> BoolArray:
    """Pairs that the answer does without and that it could have had at somebody's cost."""
    mentors, mentees, unit = answer.mentors, answer.mentees, answer.unit
    marks = marks_of(arcs.mentor, arcs.mentee, len(mentors.seats))
    points = arcs.value // unit
    more_for_mentor = points > mentors.least[arcs.mentor] // unit
    more_for_mentee = points > mentees.least[arcs.mentee] // unit
    mentor_free, mentee_free = mentors.seats[arcs.mentor] > 0, mentees.seats[arcs.mentee] > 0
    better = (mentor_free & (mentee_free | more_for_mentee)) | (mentee_free & more_for_mentor)
    held = mentors.held[arcs.mentor] | mentees.held[arcs.mentee]
    return ~(better | held | np.isin(marks, answer.marks))


def look_further(ground: Ground, role: Role, people: I64, answer: Answer, best: Choices) -> None:
    """The best choice of these people, over more and more partners: in blocks, and of the last few one by one."""
    count = len(answer.mentors.seats)
    most = 8 * FEW
    while len(people):
        own = np.full(count, INFINITY)  # whose price that is they are passed over
        own[people] = -INFINITY
        blocks = cut(count) if most <= MANY else [Block(person, person + 1) for person in people.tolist()]
        search = Search(role, most, own, np.zeros(count, dtype=np.int64))
        arcs = joined(in_threads(ground)(search, blocks))
        mine, other = (arcs.mentor, arcs.mentee) if role == "mentor" else (arcs.mentee, arcs.mentor)
        there = np.flatnonzero(is_choice(arcs, answer))
        there = there[np.lexsort((other[there], -arcs.value[there], mine[there]))]
        persons, first = np.unique(mine[there], return_index=True)
        first = there[first]
        better = arcs.value[first] > best.value[persons]  # what HR allows against the rules no search finds
        best.partner[persons[better]], best.value[persons[better]] = other[first[better]], arcs.value[first[better]]
        full = np.bincount(mine, minlength=count) == most
        full[persons] = False
        people = np.flatnonzero(full)
        most *= 8


def count_swaps(problem: Problem, chosen: I64) -> int:
    """How many pairs of two who are both fully placed would both score higher together. Looks at every pair."""
    answer = answer_of(problem, chosen)
    mentors, mentees = (
        np.where(side.seats > 0, INFINITY, side.least) // answer.unit for side in (answer.mentors, answer.mentees)
    )
    return int(swaps(problem.columns, scale_of(problem.columns), mentors, mentees, make_row(len(problem))))


@kernel
def swaps(c: Columns, scale: Scale, mentors: I64, mentees: I64, row: Row) -> int:
    found = 0
    for mentee in range(len(c.person)):
        for slot in range(scan(c, scale, mentee, row)):
            points = row.value[slot] // scale.unit
            found += points > mentees[mentee] and points > mentors[row.mentor[slot]]
    return found
