"""The steps by which a kept answer follows a change: pairs come and go, and searches tell whose prices they moved.

Where somebody has no room left, their worst pair gives way: one that is not chosen may go while it has no profit, for
looking at all pairs (`look`) finds it again when it matters.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.columns import I32, I64, Columns
from matching.engine.compiled import inlined, kernel
from matching.engine.index import WHO, Indices
from matching.engine.live_state import NOBODY, Live
from matching.engine.network import INFINITY, NONE, Side, State, drop, step
from matching.engine.partners import Desk, Found, find_best, make_desk, make_found
from matching.engine.solver import search
from matching.engine.value import Scale

KNOWN, FULL = -2, -3  # of a pair
NO_PAIRS, NO_SLOTS, NO_SIGHT = 1, 2, 3  # what there was no room for
FOR_EVER = (1 << 31) - 1
MOST = 64  # partners that come in for a person at once; where there are more, so many times as many again


class Eyes(NamedTuple):
    """What looking for the partners of one person needs."""

    found: Found
    desk: Desk
    priced: I64  # (E,) see `partners.priced_lines`


def make_eyes(indices: Indices, most: int = MOST) -> Eyes:
    longer = max(indices, key=lambda index: len(index.entry))
    return Eyes(make_found(1, most), make_desk(longer, most), np.empty(len(longer.entry), dtype=np.int64))


@inlined
def call(live: Live, node: int) -> None:
    """Somebody may be out of balance."""
    if live.marks[node] & 1 == 0:
        live.marks[node] |= 1
        live.queue[live.sizes[1]] = node
        live.sizes[1] += 1


@inlined
def note(live: Live, node: int) -> None:
    if live.marks[node] & 2 == 0:
        live.marks[node] |= 2
        live.noted[live.sizes[2]] = node
        live.sizes[2] += 1


@kernel
def find_pair(state: State, mentor: int, mentee: int) -> int:
    for slot in range(state.mentors.start[mentor], state.mentors.start[mentor + 1]):
        arc = int(state.mentors.arcs[slot])
        if arc != NOBODY and state.mentees.end[arc] == mentee:
            return arc
    return NONE


@kernel
def slot_of(side: Side, person: int, arc: int) -> int:
    for slot in range(side.start[person], side.start[person + 1]):
        if side.arcs[slot] == arc:
            return slot
    return NONE


@kernel
def forget_pair(live: Live, arc: int) -> None:
    """Of a pair that is not chosen."""
    mentors, mentees = live.state.mentors, live.state.mentees
    mentors.arcs[slot_of(mentors, int(mentors.end[arc]), arc)] = NOBODY
    mentees.arcs[slot_of(mentees, int(mentees.end[arc]), arc)] = NOBODY
    live.free[live.sizes[0]] = arc
    live.sizes[0] += 1


@kernel
def make_room(live: Live, side: Side, far: Side, least: I64, far_least: I64, person: int, change: int) -> int:
    """A place for one more pair of somebody; FULL where none of those that they have may go.

    A pair may go if at the person's price it has no profit, however low the price of the other one may fall unseen.
    """
    state, worst, found = live.state, side.price[person], NOBODY
    for slot in range(side.start[person], side.start[person + 1]):
        arc = int(side.arcs[slot])
        if arc == NOBODY:
            return slot
        if state.used[arc] == 0 and live.born[arc] < change:
            left = state.value[arc] - far_least[far.end[arc]]
            if left < worst:
                worst, found = left, arc
    if found == NOBODY:
        return FULL
    least[person] = max(least[person], worst)
    slot = slot_of(side, person, found)
    forget_pair(live, found)
    return slot


@kernel
def add_pair(live: Live, mentor: int, mentee: int, value: int, change: int, born: int) -> int:
    """The number of the new pair; KNOWN where it is there already, FULL where there is no room."""
    state = live.state
    known = find_pair(state, mentor, mentee)
    if known != NONE:
        live.born[known] = max(live.born[known], born)
        return KNOWN
    mentors, mentees, least, far_least = state.mentors, state.mentees, live.least_mentors, live.least_mentees
    if live.sizes[0] == 0 or make_room(live, mentees, mentors, far_least, least, mentee, change) == FULL:
        return FULL
    mine = make_room(live, mentors, mentees, least, far_least, mentor, change)
    if mine == FULL:
        return FULL
    theirs = make_room(live, mentees, mentors, far_least, least, mentee, change)
    live.sizes[0] -= 1
    arc = live.free[live.sizes[0]]
    state.mentors.arcs[mine], state.mentees.arcs[theirs] = arc, arc
    state.mentors.end[arc], state.mentees.end[arc] = mentor, mentee
    state.value[arc], state.used[arc], live.born[arc] = value, 0, born
    return arc


@kernel
def clear(live: Live, person: int) -> None:
    """All pairs of somebody go; partners of the chosen ones are called."""
    state, people = live.state, len(live.least_mentors)
    for turn in range(2):
        side = state.mentors if turn == 0 else state.mentees
        for slot in range(side.start[person], side.start[person + 1]):
            arc = int(side.arcs[slot])
            if arc == NOBODY:
                continue
            if state.used[arc]:
                drop(state, arc)
                call(live, people + state.mentees.end[arc] if turn == 0 else state.mentors.end[arc])
            forget_pair(live, arc)


@kernel
def call_everybody(live: Live) -> None:
    for node in range(2 * len(live.least_mentors)):
        call(live, node)


@kernel
def mend(live: Live) -> int:
    """Brings everybody who was called into balance, and notes whose prices moved. Returns the number of searches."""
    state, people, searches, number = live.state, len(live.least_mentors), 0, 0
    mentors, mentees = state.mentors, state.mentees
    while number < live.sizes[1]:
        node = live.queue[number]
        live.marks[node] &= ~1
        number += 1
        person = node % people
        near, far = (mentors, mentees) if node < people else (mentees, mentors)
        while True:
            if near.price[person] > step(near, person, near.degree[person] + 1):
                search(state, near, far, live.work, person)
                note_settled(live, node >= people)
            elif near.price[person] < step(near, person, near.degree[person]):
                search(state, far, near, live.work, people + person)
                note_settled(live, node < people)
            else:
                break
            searches += 1
    live.sizes[1] = 0
    return searches


@kernel
def note_settled(live: Live, turned: bool) -> None:
    """A search numbers the raised side from N on; where mentees are lowered, that is turned round."""
    people = len(live.least_mentors)
    for number in range(live.work.sizes[1]):
        node = live.work.settled[number]
        if turned:
            node = node - people if node >= people else node + people
        note(live, node)


@kernel
def lowered(live: Live, slack: int, out: I32) -> int:
    """Whose prices are below the least at which no unknown pair had a profit. Returns how many.

    All others are safe; their least price follows the true one at a distance of `slack`.
    """
    state, people, count = live.state, len(live.least_mentors), 0
    for number in range(live.sizes[2]):
        node = live.noted[number]
        live.marks[node] &= ~2
        person = node % people
        price = state.mentors.price[person] if node < people else state.mentees.price[person]
        least = live.least_mentors if node < people else live.least_mentees
        if price < least[person]:
            out[count] = node
            count += 1
        else:
            least[person] = max(least[person], price - slack)
    live.sizes[2] = 0
    return count


@kernel
def look(
    c: Columns, scale: Scale, indices: Indices, live: Live, eyes: Eyes, nodes: I32, begin: int, slack: int,
    margin: int, change: int,
) -> tuple[int, int]:  # fmt: skip
    """Looks at all pairs of these people from `begin` on, in one role each.

    Those come in that could have a profit at a price lower by `slack` and the least prices of the others, the best
    first and while there is room. Where one has a profit, the person's price rises until none has. Returns where it
    stopped, and for want of what.
    """
    state, people = live.state, len(live.least_mentors)
    for number in range(begin, len(nodes)):
        node = int(nodes[number])
        as_mentor, person = node < people, node % people
        near, far = (state.mentors, state.mentees) if as_mentor else (state.mentees, state.mentors)
        least, far_least = live.least_mentors, live.least_mentees
        if not as_mentor:
            least, far_least = far_least, least
        if live.sizes[0] < eyes.found.partner.shape[1]:
            return number, NO_PAIRS
        least[person] = near.price[person] - slack
        search_partners(c, scale, indices, least, far_least, eyes, person, as_mentor)
        missing, left = bring(live, eyes.found, person, as_mentor, far_least, change)
        settle_at(live, node, max(near.price[person], best_known(state, near, far, person)))
        if left > near.price[person]:
            return number, missing
        least[person] = max(least[person], left, near.price[person] - margin)
    return len(nodes), 0


@kernel
def bring(live: Live, found: Found, person: int, as_mentor: bool, far_least: I64, change: int) -> tuple[int, int]:
    """The pairs that were found come in. Returns what there was no room for, and what the best beyond would leave."""
    for place in range(found.number[0]):
        other, value = int(found.partner[0, place]), found.value[0, place]
        mentor, mentee = (person, other) if as_mentor else (other, person)
        if add_pair(live, mentor, mentee, value, change, change) == FULL:
            return NO_SLOTS, value - far_least[other]
    last = found.partner.shape[1] - 1
    if found.number[0] > last:
        return NO_SIGHT, found.value[0, last] - far_least[found.partner[0, last]]
    return 0, -INFINITY


@kernel
def best_known(state: State, near: Side, far: Side, person: int) -> int:
    """What the best of somebody's pairs that are there and not chosen would leave them."""
    best = -INFINITY
    for slot in range(near.start[person], near.start[person + 1]):
        arc = near.arcs[slot]
        if not state.used[arc]:
            best = max(best, state.value[arc] - far.price[far.end[arc]])
    return best


@inlined
def search_partners(
    c: Columns, scale: Scale, indices: Indices, own: I64, others: I64, eyes: Eyes, person: int, as_mentor: bool
) -> None:
    index, upward = (indices.mentors, -1) if as_mentor else (indices.mentees, 1)
    room_for_ties = 1 << scale.tie_bits
    for line in range(index.own_start[person], index.own_start[person + 1]):
        skill = index.own[line, 0]
        for slot in range(index.start[skill], index.start[skill + 1]):
            eyes.priced[slot] = (others[index.entry[slot, WHO]] - room_for_ties) // scale.unit
    find_best(c, scale, index, upward, own, others, eyes.priced, person, person + 1, eyes.desk, eyes.found, 0, 0)


@kernel
def settle_at(live: Live, node: int, price: int) -> None:
    """Somebody's price rises to where none of their pairs that is not chosen has a profit; chosen ones at a loss go."""
    state, people = live.state, len(live.least_mentors)
    person = node % people
    near, far = (state.mentors, state.mentees) if node < people else (state.mentees, state.mentors)
    if price > near.price[person]:
        near.price[person] = price
        call(live, node)
        arc = near.head[person]
        while arc != NONE:
            after, other = near.following[arc], far.end[arc]
            if state.value[arc] < price + far.price[other]:
                drop(state, arc)
                call(live, people + other if node < people else other)
            arc = after
