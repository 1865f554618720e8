"""A quick and nearly best answer by bidding, with prices that suit it: where the exact solver begins.

Mentors bid for mentees: for the one who leaves them most, as much as they can give without preferring the next. A
mentee keeps the best bids. Here a person placed is worth no more than `bonus`, so that prices stay small, and ends come
soon; the exact solver brings what is amiss into order.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.columns import I8, I32, I64
from matching.engine.compiled import inlined, kernel
from matching.engine.network import INFINITY, NONE, Side, State, use

# The columns of `Bidding.mentee`; from HELD on the pair and the mentor of each bid that is kept.
SEATS, FIRST, KEPT, HELD = range(4)


class Bidding(NamedTuple):
    """The network as bids need it. Of its pairs nothing is copied: of very many people they fill the memory."""

    start: I64  # (N+1,) the candidate pairs, which stand by mentor: start[i] to start[i+1]
    value: I64  # (M,)
    end: I32  # (M,) the mentee of a pair
    used: I8  # (M,) 1 while the bid for it is kept
    mentor: I64  # (N, 4) price, seats, price of the first seat, bids that are kept
    mentee: I64  # (N, 4 + 2 × seats) see above
    price: I64  # (N,) of mentees


class Queue(NamedTuple):
    """Mentors who have something to bid for, first come first served."""

    person: I32  # (N,) a ring
    waits: I32  # (N,) 1 while in the queue
    ends: I64  # (2,) first, number


def make_queue(people: int) -> Queue:
    return Queue(np.zeros(people, np.int32), np.zeros(people, np.int32), np.zeros(2, np.int64))


def make_bidding(state: State, mentors: Side, mentees: Side) -> Bidding:
    """Nobody has bid yet. The sides tell what the first seats are worth, and at which prices bidding begins."""
    people = len(mentors.price)
    most = int(mentees.capacity.max(initial=0)) + 1  # one more than there are seats, for a moment
    mentee = np.zeros((people, HELD + 2 * most), dtype=np.int64)
    mentee[:, SEATS], mentee[:, FIRST] = mentees.capacity, mentees.first
    mentor = np.column_stack([mentors.price, mentors.capacity, mentors.first, np.zeros(people, dtype=np.int64)])
    return Bidding(mentors.start, state.value, mentees.end, state.used, mentor, mentee, mentees.price.copy())


@inlined
def push(queue: Queue, person: int) -> None:
    if queue.waits[person] == 0:
        size = len(queue.person)
        slot = queue.ends[0] + queue.ends[1]
        queue.person[slot if slot < size else slot - size] = person
        queue.ends[1] += 1
        queue.waits[person] = 1


@inlined
def from_price(seats: int, first: int, seat: int) -> int:
    """As `network.step`."""
    if seat > seats:
        return INFINITY
    if seat <= 0:
        return -INFINITY
    return first if seat == 1 else 0


@inlined
def worst_bid(b: Bidding, mentee: int) -> tuple[int, int]:
    """The lowest bid that a mentee keeps, and which it is."""
    low, found = INFINITY, NONE
    for number in range(b.mentee[mentee, KEPT]):
        bid = b.value[b.mentee[mentee, HELD + 2 * number]] - b.mentor[b.mentee[mentee, HELD + 2 * number + 1], 0]
        if bid < low:
            low, found = bid, number
    return low, found


@inlined
def best_pair(b: Bidding, mentor: int) -> tuple[int, int, int]:
    """What the best mentee would leave, what the next one, and the pair with the best."""
    best, second, found = -INFINITY, -INFINITY, NONE
    for arc in range(b.start[mentor], b.start[mentor + 1]):
        left = b.value[arc] - b.price[b.end[arc]]
        if left > second and b.used[arc] == 0:
            if left > best:
                best, second, found = left, best, arc
            else:
                second = left
    return best, second, found


@inlined
def give_up(b: Bidding, mentee: int, number: int) -> int:
    """A mentee lets a bid go. Returns its mentor."""
    arc, mentor = b.mentee[mentee, HELD + 2 * number], b.mentee[mentee, HELD + 2 * number + 1]
    last = b.mentee[mentee, KEPT] - 1
    b.mentee[mentee, HELD + 2 * number] = b.mentee[mentee, HELD + 2 * last]
    b.mentee[mentee, HELD + 2 * number + 1] = b.mentee[mentee, HELD + 2 * last + 1]
    b.mentee[mentee, KEPT] = last
    b.used[arc] = 0
    b.mentor[mentor, 3] -= 1
    return mentor


@inlined
def bid(b: Bidding, queue: Queue, mentor: int, slack: int) -> None:
    """A mentor fills one seat, or finds that none is worth it. No price is below that of a first seat."""
    row = b.mentor[mentor]
    least = from_price(row[1], row[2], row[3] + 1)
    best, second, found = best_pair(b, mentor)
    if best <= least:
        row[0] = min(row[0], least)
        return
    row[0] = min(row[0], max(second, least))
    push(queue, mentor)
    mentee = b.end[found]
    kept, seats, first = b.mentee[mentee, KEPT], b.mentee[mentee, SEATS], b.mentee[mentee, FIRST]
    b.mentee[mentee, HELD + 2 * kept], b.mentee[mentee, HELD + 2 * kept + 1] = found, mentor
    b.mentee[mentee, KEPT], b.used[found] = kept + 1, 1
    row[3] += 1
    price = b.price[mentee]
    low, worst = worst_bid(b, mentee)
    if kept + 1 > seats or low < from_price(seats, first, kept + 1):
        push(queue, give_up(b, mentee, worst))
        price = max(price, low + slack)
        low, worst = worst_bid(b, mentee)
    else:
        price = max(price, from_price(seats, first, kept + 1))
    b.price[mentee] = max(price, min(low, from_price(seats, first, b.mentee[mentee, KEPT] + 1)))


@kernel
def auction(b: Bidding, queue: Queue, slack: int, most: int) -> int:
    """Bids until nobody has anything to bid for, or `most` times. Returns the number of bids."""
    bids = 0
    while queue.ends[1] > 0 and bids < most:
        mentor = queue.person[queue.ends[0]]
        queue.ends[0] = queue.ends[0] + 1 if queue.ends[0] + 1 < len(queue.person) else 0
        queue.ends[1] -= 1
        queue.waits[mentor] = 0
        if b.mentor[mentor, 3] < b.mentor[mentor, 1]:
            bid(b, queue, mentor, slack)
            bids += 1
    return bids


@kernel
def everybody(b: Bidding, queue: Queue) -> None:
    """All mentors with a seat to fill come to the queue, in the order of their keys."""
    for mentor in range(len(b.price)):
        if b.mentor[mentor, 3] < b.mentor[mentor, 1]:
            push(queue, mentor)


@kernel
def take_over(b: Bidding, state: State) -> None:
    """The pairs whose bids were kept are chosen."""
    for mentee in range(len(b.price)):
        for number in range(b.mentee[mentee, KEPT]):
            use(state, b.mentee[mentee, HELD + 2 * number])


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
