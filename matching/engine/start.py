"""From candidate pairs to their best answer: bidding first, then the prices that places cost, then the exact solver."""

from collections.abc import Callable

import numpy as np

from matching.engine.auction import auction, everybody, make_queue, spread
from matching.engine.columns import I32, I64
from matching.engine.criteria import max_score
from matching.engine.network import INFINITY, Arcs, Seats, Side, State, make_state
from matching.engine.solver import enter, make_work, repair
from matching.engine.value import Scale

Tell = Callable[[float], None]
BONUS = 4  # a place is worth as much as so many of the highest scores while people bid
SLACK = 4  # a bid raises the price by a point divided by this
BIDS = 60  # for each person at most; the exact solver does what is left
AT_ONCE = 4096  # people between two signs of life


def best_of(arcs: Arcs, seats: Seats, scale: Scale, highest: int, tell: Tell) -> State:
    """The best answer that these pairs allow, with the prices that prove it."""
    state = make_state(arcs, seats.mentor_first, seats.mentee_first, seats)
    bid_for_seats(state, scale, min(BONUS * highest * scale.unit, scale.place // 2), tell)
    enter(state)
    balance(state, tell)
    return state


def balance(state: State, tell: Tell) -> int:
    """Brings everybody into balance; see `solver`. Returns the number of searches."""
    people, searches = len(state.mentors.price), 0
    work = make_work(people)
    for first in range(0, people, AT_ONCE):
        tell(0.5 + 0.5 * first / people)
        searches += repair(state, work, first, min(first + AT_ONCE, people))
    return searches


def bid_for_seats(state: State, scale: Scale, bonus: int, tell: Tell) -> None:
    """Fills the state with a nearly best answer and its prices."""
    mentors, mentees = cheaper(state.mentors, bonus), cheaper(state.mentees, bonus)
    mentors.price[:] = INFINITY
    mentees.price[:] = np.where(mentees.capacity > 0, mentees.first, 2 * bonus)  # too dear where no seat is left
    bidding = State(state.value, state.used, mentors, mentees)
    queue = make_queue(len(mentors.price))
    everybody(bidding, queue)
    limit = BIDS * len(mentors.price)
    for done in range(0, limit, max(1, limit // 32)):
        tell(0.5 * done / limit)
        if not auction(bidding, queue, max(1, scale.unit // SLACK), max(1, limit // 32)):
            break
    mentors.price[:] = np.where(mentors.price == INFINITY, mentors.first, mentors.price)  # who had nothing to bid for
    raise_to_places(bidding, state, scale.place - bonus)


def cheaper(side: Side, bonus: int) -> Side:
    """The same side where a place is worth no more than the bonus; it shares who is in which pair."""
    return side._replace(first=np.where(side.first < 0, -bonus, 0), price=side.price.copy())


def raise_to_places(bidding: State, state: State, more: int) -> None:
    """Prices as they are where a place outweighs all scores.

    Who could take somebody's only seat, if need be over others, is dear by a place; whoever such a chain starts from
    is cheap by one.
    """
    people = len(state.mentors.price)
    levels: list[I32] = [np.zeros(people, dtype=np.int32) for _ in range(2)]
    stack = np.empty(people, dtype=np.int32)
    spread(bidding, bidding.mentors, bidding.mentees, levels[0], levels[1], stack)
    spread(bidding, bidding.mentees, bidding.mentors, levels[1], levels[0], stack)
    for cheap, dear, level in zip(bidding[2:], state[2:], levels, strict=True):
        price: I64 = cheap.price + level * np.int64(more)
        alone = (cheap.degree == 0) & (cheap.capacity > 0)
        dear.price[:] = np.where(alone, dear.first, price)


def highest_of(weights: I32) -> int:
    return max(1, max_score(weights))
