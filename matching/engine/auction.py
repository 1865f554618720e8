"""A quick and nearly best answer by bidding, with prices that suit it: where the exact solver begins.

Mentors bid for mentees: for the one who leaves them most, as much as they can give without preferring the next. A
mentee keeps the best bids. Here a person placed is worth no more than `bonus`, so that prices stay small, and ends come
soon; the exact solver brings what is amiss into order.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.columns import I32, I64
from matching.engine.compiled import inlined, kernel
from matching.engine.network import INFINITY, NONE, Side, State, drop, step, use


class Queue(NamedTuple):
    """Mentors who have something to bid for, first come first served."""

    person: I32  # (N,) a ring
    waits: I32  # (N,) 1 while in the queue
    ends: I64  # (2,) first, number


def make_queue(people: int) -> Queue:
    return Queue(np.zeros(people, np.int32), np.zeros(people, np.int32), np.zeros(2, np.int64))


@inlined
def push(queue: Queue, person: int) -> None:
    if queue.waits[person] == 0:
        size = len(queue.person)
        queue.person[(queue.ends[0] + queue.ends[1]) % size] = person
        queue.ends[1] += 1
        queue.waits[person] = 1


@inlined
def worst_bid(state: State, mentee: int) -> tuple[int, int]:
    """The lowest bid that a mentee has, and its pair."""
    low, found = INFINITY, NONE
    arc = state.mentees.head[mentee]
    while arc != NONE:
        bid = state.value[arc] - state.mentors.price[state.mentors.end[arc]]
        if bid < low:
            low, found = bid, arc
        arc = state.mentees.following[arc]
    return low, found


@kernel
def bid(state: State, queue: Queue, mentor: int, slack: int) -> None:
    """A mentor fills one seat, or finds that none is worth it. No price is below that of a first seat."""
    mentors, mentees = state.mentors, state.mentees
    least = step(mentors, mentor, mentors.degree[mentor] + 1)
    best, second, found = -INFINITY, -INFINITY, NONE
    for slot in range(mentors.start[mentor], mentors.start[mentor + 1]):
        arc = mentors.arcs[slot]
        if state.used[arc]:
            continue
        left = state.value[arc] - mentees.price[mentees.end[arc]]
        if left > best:
            best, second, found = left, best, arc
        elif left > second:
            second = left
    if best <= least:
        mentors.price[mentor] = min(mentors.price[mentor], least)
        return
    mentors.price[mentor] = min(mentors.price[mentor], max(second, least))
    push(queue, mentor)
    mentee = mentees.end[found]
    use(state, found)
    low, worst = worst_bid(state, mentee)
    if mentees.degree[mentee] > mentees.capacity[mentee] or low < step(mentees, mentee, mentees.degree[mentee]):
        drop(state, worst)
        mentees.price[mentee] = max(mentees.price[mentee], low + slack)
        push(queue, mentors.end[worst])
        low, worst = worst_bid(state, mentee)
    else:
        mentees.price[mentee] = max(mentees.price[mentee], step(mentees, mentee, mentees.degree[mentee]))
    upper = step(mentees, mentee, mentees.degree[mentee] + 1)
    mentees.price[mentee] = max(mentees.price[mentee], min(low, upper))


@kernel
def auction(state: State, queue: Queue, slack: int, most: int) -> int:
    """Bids until nobody has anything to bid for, or `most` times. Returns the number of bids."""
    bids = 0
    while queue.ends[1] > 0 and bids < most:
        mentor = queue.person[queue.ends[0]]
        queue.ends[0] = (queue.ends[0] + 1) % len(queue.person)
        queue.ends[1] -= 1
        queue.waits[mentor] = 0
        if state.mentors.degree[mentor] < state.mentors.capacity[mentor]:
            bid(state, queue, mentor, slack)
            bids += 1
    return bids


@kernel
def everybody(state: State, queue: Queue) -> None:
    """All mentors with a seat to fill come to the queue, in the order of their keys."""
    for mentor in range(len(state.mentors.price)):
        if state.mentors.degree[mentor] < state.mentors.capacity[mentor]:
            push(queue, mentor)


@kernel
def spread(state: State, near: Side, far: Side, near_level: I32, far_level: I32, stack: I32) -> None:
    """Who is reached from people of one side who have nobody: they keep nobody's place but at a cost of places.

    People of the near side who are reached get level −1, those of the far side, whom they want, level 1.
    """
    top = 0
    for person in range(len(near.price)):
        if (
            near.capacity[person] > 0
            and near.degree[person] == 0
            and near.first[person] < 0
            and near_level[person] == 0
        ):
            near_level[person] = -1
            stack[top] = person
            top += 1
    while top:
        top -= 1
        person = stack[top]
        for slot in range(near.start[person], near.start[person + 1]):
            arc = near.arcs[slot]
            other = far.end[arc]
            if state.used[arc] or far_level[other] != 0:
                continue
            far_level[other] = 1
            chosen = far.head[other]
            while chosen != NONE:
                holder = near.end[chosen]
                if near_level[holder] == 0:
                    near_level[holder] = -1
                    stack[top] = holder
                    top += 1
                chosen = far.following[chosen]
