"""Lists of pairs, each once, by mentor and mentee: put together without a number of 64 bits for every pair."""

from collections.abc import Iterable, Sequence

import numpy as np

from matching.engine.columns import I32, I64
from matching.engine.compiled import compiled, kernel
from matching.engine.network import Arcs, State
from matching.engine.people import BoolArray, IntArray


def no_arcs() -> Arcs:
    none: I32 = np.empty(0, dtype=np.int32)
    return Arcs(none, none, np.empty(0, dtype=np.int64))


def of_these(arcs: Arcs, which: BoolArray) -> Arcs:
    return Arcs(arcs.mentor[which], arcs.mentee[which], arcs.value[which])


def marks_of(mentors: IntArray, mentees: IntArray, people: int) -> I64:
    """One number for each pair."""
    marks: I64 = mentors.astype(np.int64) * people + mentees
    return marks


def joined(parts: Iterable[Arcs]) -> Arcs:
    """One list after the other."""
    return Arcs(*(np.concatenate(column) for column in zip(no_arcs(), *parts, strict=True)))


def together(parts: Sequence[Arcs], people: int) -> Arcs:
    """Each pair once, by mentor and mentee."""
    arcs = joined(parts)
    order = in_order(arcs.mentor, in_order(arcs.mentee, np.arange(len(arcs.value), dtype=np.int32), people), people)
    mentor, mentee = arcs.mentor[order], arcs.mentee[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (mentor[1:] != mentor[:-1]) | (mentee[1:] != mentee[:-1])
    return Arcs(mentor[first], mentee[first], arcs.value[order[first]])


@compiled
def in_order(person: I32, order: I32, people: int) -> I32:
    """The same numbers of pairs by this person of theirs; where it is the same one, as they were."""
    free = np.zeros(people + 1, dtype=np.int64)
    for arc in order:
        free[person[arc] + 1] += 1
    for one in range(people):
        free[one + 1] += free[one]
    out = np.empty_like(order)
    for arc in order:
        out[free[person[arc]]] = arc
        free[person[arc]] += 1
    return out


def merged(arcs: Arcs, more: Arcs) -> tuple[Arcs, I32]:
    """Two lists that have no pair in common as one, and where the pairs of the first one are now."""
    size = len(arcs.value) + len(more.value)
    out = Arcs(np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int64))
    place = np.empty(len(arcs.value), dtype=np.int32)
    merge(arcs, more, out, place)
    return out, place


@kernel
def merge(arcs: Arcs, more: Arcs, out: Arcs, place: I32) -> None:
    one, other = 0, 0
    for slot in range(len(out.value)):
        first = other == len(more.value)
        if not first and one < len(arcs.value):
            mentor, mentee = more.mentor[other], more.mentee[other]
            first = arcs.mentor[one] < mentor or (arcs.mentor[one] == mentor and arcs.mentee[one] < mentee)
        if first:
            out.mentor[slot], out.mentee[slot], out.value[slot] = arcs.mentor[one], arcs.mentee[one], arcs.value[one]
            place[one] = slot
            one += 1
        else:
            out.mentor[slot], out.mentee[slot] = more.mentor[other], more.mentee[other]
            out.value[slot] = more.value[other]
            other += 1


@kernel
def find_near(arcs: Arcs, mentors: I64, mentees: I64, near: BoolArray) -> None:
    """Which pairs leave a profit at these prices."""
    for arc in range(len(near)):
        near[arc] = arcs.value[arc] > mentors[arcs.mentor[arc]] + mentees[arcs.mentee[arc]]


def not_in(state: State, arcs: Arcs) -> Arcs:
    """Those of these pairs that the network, whose pairs stand by mentor and mentee, does not hold."""
    new = np.empty(len(arcs.value), dtype=np.bool_)
    find_new(state.mentors.start, state.mentees.end, arcs, new)
    return of_these(arcs, new)


@kernel
def find_new(start: I64, mentees: I32, arcs: Arcs, new: BoolArray) -> None:
    for arc in range(len(new)):
        mentor, mentee = arcs.mentor[arc], arcs.mentee[arc]
        low, end = start[mentor], start[mentor + 1]
        high = end
        while low < high:
            middle = (low + high) // 2
            if mentees[middle] < mentee:
                low = middle + 1
            else:
                high = middle
        new[arc] = low == end or mentees[low] != mentee
