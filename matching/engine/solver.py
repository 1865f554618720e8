"""The exact solver: shortest paths of swaps over the candidate pairs, from any prices.

Every person has a price for a seat in each role. A pair's profit is its value less both prices; a pair of positive
profit is chosen, one of negative profit is not. A person is in balance where their price fits the number of seats they
fill (`step`). Where all are in balance the answer is the best one, and the prices prove it (docs/matching.md).

`repair` brings one person after another into balance. A search lowers prices on one side and raises them on the other
until, along the cheapest path, each person takes the next one's place and the last one can give or take a seat.
Whoever is in balance stays so; what is fixed stays fixed. It starts from nothing as well as from an earlier answer.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.columns import I32, I64
from matching.engine.compiled import inlined, kernel
from matching.engine.network import INFINITY, NONE, Side, State, drop, step, use


class Work(NamedTuple):
    """Scratch space of a search; people of the raised side are numbered from N on."""

    distance: I64  # (2N,)
    parent: I32  # (2N,) the arc over which they were reached
    heap: I32  # (2N,)
    place: I32  # (2N,) where in the heap; -1 not reached, -2 settled
    settled: I32  # (2N,)
    sizes: I64  # (2,) people in the heap, people settled


def make_work(count: int) -> Work:
    nodes = 2 * count
    return Work(
        distance=np.empty(nodes, dtype=np.int64),
        parent=np.full(nodes, NONE, dtype=np.int32),
        heap=np.empty(nodes, dtype=np.int32),
        place=np.full(nodes, -1, dtype=np.int32),
        settled=np.empty(nodes, dtype=np.int32),
        sizes=np.zeros(2, dtype=np.int64),
    )


@inlined
def sift_up(work: Work, slot: int) -> None:
    node = work.heap[slot]
    distance = work.distance[node]
    while slot > 0:
        above = (slot - 1) >> 1
        other = work.heap[above]
        if work.distance[other] <= distance:
            break
        work.heap[slot] = other
        work.place[other] = slot
        slot = above
    work.heap[slot] = node
    work.place[node] = slot


@inlined
def pop(work: Work) -> int:
    """The nearest node leaves the heap."""
    nearest = work.heap[0]
    work.sizes[0] -= 1
    size = work.sizes[0]
    if size:
        node = work.heap[size]
        distance = work.distance[node]
        slot, below = 0, 1
        while below < size:
            if below + 1 < size and work.distance[work.heap[below + 1]] < work.distance[work.heap[below]]:
                below += 1
            other = work.heap[below]
            if work.distance[other] >= distance:
                break
            work.heap[slot] = other
            work.place[other] = slot
            slot = below
            below = 2 * slot + 1
        work.heap[slot] = node
        work.place[node] = slot
    work.place[nearest] = -2
    work.settled[work.sizes[1]] = nearest
    work.sizes[1] += 1
    return nearest


@inlined
def reach(work: Work, node: int, distance: int, arc: int) -> None:
    """A way to a node, kept where it is the shortest so far."""
    if work.place[node] == -2:
        return
    if work.place[node] == -1:
        slot = work.sizes[0]
        work.sizes[0] += 1
        work.heap[slot] = node
    elif distance < work.distance[node]:
        slot = work.place[node]
    else:
        return
    work.distance[node] = distance
    work.parent[node] = arc
    sift_up(work, slot)


@kernel
def search(state: State, lowered: Side, raised: Side, work: Work, start: int) -> None:
    """Brings `start` one seat nearer to balance: somebody with too few for their price or, on the raised side, whose
    numbers begin at N, with too many.
    """
    people = len(lowered.price)
    work.sizes[0], work.sizes[1] = 0, 0
    reach(work, start, 0, NONE)
    best, end = INFINITY, NONE
    while work.sizes[0] and work.distance[work.heap[0]] < best:
        node = pop(work)
        distance = work.distance[node]
        if node < people:
            price = lowered.price[node]
            seat = lowered.degree[node] + (1 if node == start else 0)
            stop = distance + max(0, price - step(lowered, node, seat))
            if stop < best:
                best, end = stop, node
            for slot in range(lowered.start[node], lowered.start[node + 1]):
                arc = lowered.arcs[slot]
                if not state.used[arc]:
                    other = raised.end[arc]
                    further = distance + price + raised.price[other] - state.value[arc]
                    if further < best:
                        reach(work, people + other, further, arc)
        else:
            person = node - people
            price = raised.price[person]
            bound = step(raised, person, raised.degree[person] + (0 if node == start else 1))
            if bound < INFINITY and distance + max(0, bound - price) < best:
                best, end = distance + max(0, bound - price), node
            arc = raised.head[person]
            while arc != NONE:
                other = lowered.end[arc]
                further = distance + state.value[arc] - price - lowered.price[other]
                if further < best:
                    reach(work, other, further, arc)
                arc = raised.following[arc]
    move_prices(lowered, raised, work, best)
    follow(state, lowered, raised, work, end)
    forget(work)


@inlined
def move_prices(lowered: Side, raised: Side, work: Work, best: int) -> None:
    people = len(lowered.price)
    for number in range(work.sizes[1]):
        node = work.settled[number]
        if node < people:
            lowered.price[node] -= best - work.distance[node]
        else:
            raised.price[node - people] += best - work.distance[node]


@inlined
def follow(state: State, lowered: Side, raised: Side, work: Work, end: int) -> None:
    """Swap along the path to its end."""
    people = len(lowered.price)
    node = end
    while work.parent[node] != NONE:
        arc = work.parent[node]
        if state.used[arc]:
            drop(state, arc)
            node = people + raised.end[arc]
        else:
            use(state, arc)
            node = lowered.end[arc]


@inlined
def forget(work: Work) -> None:
    for number in range(work.sizes[1]):
        work.place[work.settled[number]] = -1
    for slot in range(work.sizes[0]):
        work.place[work.heap[slot]] = -1


@kernel
def repair(state: State, work: Work, first: int, last: int) -> int:
    """Brings people `first` to `last` into balance, in both roles. Returns the number of searches."""
    mentors, mentees = state.mentors, state.mentees
    people, searches = len(mentors.price), 0
    for person in range(first, last):
        while mentors.price[person] > step(mentors, person, mentors.degree[person] + 1):
            search(state, mentors, mentees, work, person)
            searches += 1
        while mentees.price[person] < step(mentees, person, mentees.degree[person]):
            search(state, mentors, mentees, work, people + person)
            searches += 1
        while mentees.price[person] > step(mentees, person, mentees.degree[person] + 1):
            search(state, mentees, mentors, work, person)
            searches += 1
        while mentors.price[person] < step(mentors, person, mentors.degree[person]):
            search(state, mentees, mentors, work, people + person)
            searches += 1
    return searches


@kernel
def enter(state: State) -> None:
    """Makes the prices of mentors fit the pairs: none that is not chosen keeps a profit, none chosen has a loss.

    Chosen pairs that would lose are given up; who then is out of balance is `repair`'s work.
    """
    mentors, mentees = state.mentors, state.mentees
    for person in range(len(mentors.price)):
        lowest = mentors.price[person]
        for slot in range(mentors.start[person], mentors.start[person + 1]):
            arc = mentors.arcs[slot]
            if not state.used[arc]:
                lowest = max(lowest, state.value[arc] - mentees.price[mentees.end[arc]])
        mentors.price[person] = lowest
        arc = mentors.head[person]
        while arc != NONE:
            after = mentors.following[arc]
            if state.value[arc] < lowest + mentees.price[mentees.end[arc]]:
                drop(state, arc)
            arc = after
