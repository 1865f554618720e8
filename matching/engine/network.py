"""The candidate pairs as a network, and the state that the solver works on."""

from typing import NamedTuple

import numpy as np

from matching.engine.columns import I8, I32, I64
from matching.engine.compiled import compiled, inlined, kernel
from matching.engine.value import Scale

INFINITY = 1 << 62
NONE = -1


class Arcs(NamedTuple):
    """M candidate pairs, by mentor and mentee."""

    mentor: I32
    mentee: I32
    value: I64


class Side(NamedTuple):
    """One role: N people with the price of a seat, and the pairs that they are in."""

    start: I64  # (N+1,) the candidate pairs of a person: arcs[start[i]:start[i+1]]
    arcs: I32
    end: I32  # (M,) the person of a pair on this side
    price: I64  # (N,)
    degree: I32  # (N,) chosen pairs
    capacity: I32  # (N,) seats beside the fixed pairs
    first: I64  # (N,) the price at which the first seat is filled: −place, or 0 where a fixed pair placed them already
    head: I32  # (N,) the first chosen pair, then along `following`
    following: I32  # (M,)
    previous: I32  # (M,)


class State(NamedTuple):
    value: I64
    used: I8  # (M,) 1 where a pair is chosen
    mentors: Side
    mentees: Side


@inlined
def step(side: Side, person: int, seat: int) -> int:
    """From which price on a person's n-th seat is filled. Rises with n."""
    if seat > side.capacity[person]:
        return INFINITY
    if seat <= 0:
        return -INFINITY
    return side.first[person] if seat == 1 else 0


def make_state(arcs: Arcs, mentor_prices: I64, mentee_prices: I64, seats: "Seats") -> State:
    count = len(mentor_prices)
    return State(
        value=arcs.value,
        used=np.zeros(len(arcs.value), dtype=np.int8),
        mentors=make_side(arcs.mentor, count, mentor_prices, seats.mentor_capacity, seats.mentor_first),
        mentees=make_side(arcs.mentee, count, mentee_prices, seats.mentee_capacity, seats.mentee_first),
    )


def make_side(end: I32, count: int, price: I64, capacity: I32, first: I64) -> Side:
    start, arcs = grouped(end, count)
    size = len(end)
    return Side(
        start=start,
        arcs=arcs,
        end=end,
        price=price.copy(),
        degree=np.zeros(count, dtype=np.int32),
        capacity=capacity,
        first=first,
        head=np.full(count, NONE, dtype=np.int32),
        following=np.full(size, NONE, dtype=np.int32),
        previous=np.full(size, NONE, dtype=np.int32),
    )


@compiled
def grouped(end: I32, count: int) -> tuple[I64, I32]:
    """The arcs of each person, in order."""
    start = np.zeros(count + 1, dtype=np.int64)
    for arc in range(len(end)):
        start[end[arc] + 1] += 1
    for person in range(count):
        start[person + 1] += start[person]
    free = start[:-1].copy()
    arcs = np.empty(len(end), dtype=np.int32)
    for arc in range(len(end)):
        arcs[free[end[arc]]] = arc
        free[end[arc]] += 1
    return start, arcs


class Seats(NamedTuple):
    """What the fixed pairs leave."""

    mentor_capacity: I32
    mentee_capacity: I32
    mentor_first: I64
    mentee_first: I64


def seats_left(mentor_capacity: I32, mentee_capacity: I32, fixed: I64, scale: Scale) -> Seats:
    count = len(mentor_capacity)
    taken = [np.bincount(fixed[:, side], minlength=count).astype(np.int32) for side in (0, 1)]
    return Seats(
        mentor_capacity=np.maximum(mentor_capacity - taken[0], 0),
        mentee_capacity=np.maximum(mentee_capacity - taken[1], 0),
        mentor_first=np.where(taken[0] > 0, 0, -scale.place).astype(np.int64),
        mentee_first=np.where(taken[1] > 0, 0, -scale.place).astype(np.int64),
    )


@inlined
def use(state: State, arc: int) -> None:
    """Choose a pair."""
    state.used[arc] = 1
    attach(state.mentors, arc)
    attach(state.mentees, arc)


@inlined
def drop(state: State, arc: int) -> None:
    state.used[arc] = 0
    detach(state.mentors, arc)
    detach(state.mentees, arc)


@inlined
def attach(side: Side, arc: int) -> None:
    person = side.end[arc]
    head = side.head[person]
    side.previous[arc] = NONE
    side.following[arc] = head
    if head != NONE:
        side.previous[head] = arc
    side.head[person] = arc
    side.degree[person] += 1


@inlined
def detach(side: Side, arc: int) -> None:
    person = side.end[arc]
    before, after = side.previous[arc], side.following[arc]
    if before != NONE:
        side.following[before] = after
    else:
        side.head[person] = after
    if after != NONE:
        side.previous[after] = before
    side.degree[person] -= 1


@kernel
def attach_all(state: State, arcs: I64) -> None:
    """Choose these pairs."""
    for arc in arcs:
        use(state, arc)
