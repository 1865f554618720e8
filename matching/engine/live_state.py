"""What an answer is kept as: a network with room for more, which grows where there is none left.

Pair 0 is none: it counts as chosen, so that every loop over a person's pairs passes over it, and stands wherever a
person has room for one more.
"""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.engine.columns import I32, I64
from matching.engine.network import NONE, Seats, Side, State, attach_all
from matching.engine.solver import Work, make_work

Number = TypeVar("Number", np.int8, np.int32, np.int64)
NOBODY = 0  # the pair that is none
ROOM = 8  # pairs more that a person has room for


class Live(NamedTuple):
    """A state with room for more, and who is to be looked at next. Mentees are numbered from N on."""

    state: State
    born: I32  # (M,) the change that brought a pair, FOR_EVER: no search would find it again
    free: I32  # (M,) pairs that are none
    least_mentors: I64  # (N,) prices, not above the true ones, at which no pair that is not here has a profit
    least_mentees: I64
    queue: I32  # (2N,) who may be out of balance
    noted: I32  # (2N,) whose prices moved
    marks: I32  # (2N,) 1 in the queue, 2 noted
    sizes: I64  # (3,) of free, queue and noted
    work: Work


def make_live(state: State, seats: Seats) -> Live:
    """The same answer, with room."""
    people, pairs = len(state.mentors.price), len(state.value)
    size = 1 + pairs + max(1024, pairs // 4)
    value, used = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int8)
    value[1 : pairs + 1] = state.value
    used[NOBODY] = 1
    capacities, firsts = seats[:2], seats[2:]
    sides = [
        roomy(side, size, capacity, first) for side, capacity, first in zip(state[2:], capacities, firsts, strict=True)
    ]
    wider = State(value, used, *sides)
    attach_all(wider, np.flatnonzero(state.used) + 1)
    free = np.zeros(size, dtype=np.int32)
    free[: size - pairs - 1] = np.arange(size - 1, pairs, -1)
    return live_of(wider, np.zeros(size, dtype=np.int32), free, size - pairs - 1, people)


def live_of(state: State, born: I32, free: I32, left: int, people: int) -> Live:
    return Live(
        state=state,
        born=born,
        free=free,
        least_mentors=state.mentors.price.copy(),
        least_mentees=state.mentees.price.copy(),
        queue=np.empty(2 * people, dtype=np.int32),
        noted=np.empty(2 * people, dtype=np.int32),
        marks=np.zeros(2 * people, dtype=np.int32),
        sizes=np.array([left, 0, 0], dtype=np.int64),
        work=make_work(people),
    )


def roomy(side: Side, size: int, capacity: I32, first: I64) -> Side:
    start, arcs = spaced(side.start, side.arcs + np.int32(1))
    end = np.zeros(size, dtype=np.int32)
    end[1 : len(side.end) + 1] = side.end
    count = len(side.price)
    return Side(
        start, arcs, end, side.price.copy(), np.zeros(count, dtype=np.int32), capacity.copy(), first.copy(),
        head=np.full(count, NONE, dtype=np.int32),
        following=np.full(size, NONE, dtype=np.int32),
        previous=np.full(size, NONE, dtype=np.int32),
    )  # fmt: skip


def spaced(start: I64, arcs: I32) -> tuple[I64, I32]:
    """Room behind the pairs of each person: half as many again and a few."""
    sizes = np.diff(start)
    new = np.zeros(len(start), dtype=np.int64)
    np.cumsum(sizes + sizes // 2 + ROOM, out=new[1:])
    out = np.zeros(new[-1], dtype=np.int32)
    out[np.arange(len(arcs)) + np.repeat(new[:-1] - start[:-1], sizes)] = arcs
    return new, out


def with_pairs(live: Live) -> Live:
    """Room for a quarter more pairs."""
    size = len(live.born)
    more = max(1024, size // 4)
    sides = [
        side._replace(
            end=longer(side.end, more), following=longer(side.following, more), previous=longer(side.previous, more)
        )
        for side in live.state[2:]
    ]
    free = longer(live.free, more)
    free[live.sizes[0] : live.sizes[0] + more] = np.arange(size + more - 1, size - 1, -1)
    live.sizes[0] += more
    state = State(longer(live.state.value, more), longer(live.state.used, more), *sides)
    return live._replace(state=state, born=longer(live.born, more), free=free)


def with_slots(live: Live) -> Live:
    """Room for more pairs of each person."""
    sides = []
    for side in live.state[2:]:
        start, arcs = spaced(side.start, side.arcs)
        sides.append(side._replace(start=start, arcs=arcs))
    return live._replace(state=live.state._replace(mentors=sides[0], mentees=sides[1]))


def with_people(live: Live, more: int, first: int) -> Live:
    """Room for so many people more, who ask for nothing yet."""
    sides = []
    for side in live.state[2:]:
        start = np.concatenate([side.start, side.start[-1] + 2 * ROOM * np.arange(1, more + 1)])
        price = np.concatenate([side.price, np.full(more, first)])
        sides.append(
            side._replace(
                start=start, arcs=longer(side.arcs, 2 * ROOM * more), price=price, degree=longer(side.degree, more),
                capacity=longer(side.capacity, more), first=np.concatenate([side.first, np.full(more, first)]),
                head=np.concatenate([side.head, np.full(more, NONE, dtype=np.int32)]),
            )
        )  # fmt: skip
    state = live.state._replace(mentors=sides[0], mentees=sides[1])
    return live_of(state, live.born, live.free, int(live.sizes[0]), len(sides[0].price))


def longer(column: NDArray[Number], more: int) -> NDArray[Number]:
    return np.concatenate([column, np.zeros(more, dtype=column.dtype)])
