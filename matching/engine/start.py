"""From candidate pairs to their best answer: bidding first, then the prices that places cost, then the exact solver."""

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

import numpy as np

from matching.engine.auction import (
    FIRST,
    KEPT,
    SEATS,
    Bidding,
    auction,
    everybody,
    make_bidding,
    make_queue,
    spread,
    take_over,
)
from matching.engine.columns import I32, I64
from matching.engine.criteria import max_score
from matching.engine.network import INFINITY, Arcs, Seats, Side, State, make_state
from matching.engine.solver import enter, make_work, repair
from matching.engine.value import Scale

Tell = Callable[[float], None]


class Terms(NamedTuple):
    """How people bid."""

    bonus: int  # a place is worth as much as so many of the highest scores meanwhile
    slack: int  # points by which a bid raises the price beyond what it must


ONE_SEAT, SEVERAL_SEATS = Terms(2, 2), Terms(1, 4)  # where people have several, those who find none bid longest


class OutOfTime(Exception):  # noqa: N818  (an ending, not an error)
    """Raised by `tell`: what is there now is the answer."""


FEW = 3000  # so few people may end bidding before all is bid: the exact solver does the rest sooner
FEW_BIDS = 16  # for each of them at least
PEOPLE_A_BID = 60  # and one more for so many of them
BIDS = 8  # for each person between two signs of life
PATIENCE = 60  # signs of life; from then on a bid raises the price by twice as much each time, so that it ends
MARGIN = 40  # points below the earlier prices to start bidding from
AT_ONCE = 512  # people between two signs of life


def best_of(
    arcs: Arcs,
    seats: Seats,
    scale: Scale,
    highest: int,
    tell: Tell,
    earlier: I64 | None = None,
    *,
    nearly: bool = False,
) -> State:
    """The best answer that these pairs allow, with the prices that prove it; the best so far where `tell` says so.

    Bidding begins a little below the prices that mentees had in an `earlier` answer, where that leads anywhere. With
    `nearly` it ends with the bids: of very many people all that follows takes ten times as long.
    """
    several = max(side.max(initial=0) for side in (seats.mentor_capacity, seats.mentee_capacity)) > 1
    terms = SEVERAL_SEATS if several else ONE_SEAT
    slack, bonus = terms.slack * scale.unit, min(terms.bonus * highest * scale.unit, scale.place // 2)
    begin = None if earlier is None else without_places(earlier, scale.place - bonus) - MARGIN * scale.unit
    state = make_state(arcs, seats.mentor_first, seats.mentee_first, seats)
    if not bid_for_seats(state, scale, bonus, slack, tell, begin):
        bid_for_seats(state, scale, bonus, slack, tell)
    if not nearly:
        enter(state)
        balance(state, tell)
    return state


def without_places(prices: I64, more: int) -> I64:
    """What prices were while people bid, before `raise_to_places`."""
    lower: I64 = prices - (prices + more // 2) // more * more
    return lower


def balance(state: State, tell: Tell) -> int:
    """Brings everybody into balance; see `solver`. Returns the number of searches."""
    people, searches = len(state.mentors.price), 0
    work = make_work(people)
    with suppress(OutOfTime):
        for first in range(0, people, AT_ONCE):
            searches += repair(state, work, first, min(first + AT_ONCE, people))
            tell(0.5 + 0.5 * first / people)
    return searches


def bid_for_seats(state: State, scale: Scale, bonus: int, slack: int, tell: Tell, begin: I64 | None = None) -> bool:
    """Fills the state with a nearly best answer and its prices.

    False where it began at prices at which somebody whom nobody bids for is still too dear; nothing is filled then.
    """
    mentors, mentees = cheaper(state.mentors, bonus), cheaper(state.mentees, bonus)
    mentors.price[:] = INFINITY
    least = mentees.first if begin is None else np.maximum(mentees.first, begin)
    mentees.price[:] = np.where(mentees.capacity > 0, least, 2 * bonus)  # too dear where no seat is left
    bidding = make_bidding(state, mentors, mentees)
    bid_out(bidding, slack, tell, bids_for(len(mentors.price)))
    if begin is not None and too_dear(bidding):
        state.used[:] = 0
        return False
    take_over(bidding, state)
    prices = bidding.mentor[:, 0]
    mentors.price[:] = np.where(prices == INFINITY, mentors.first, prices)  # who had nothing to bid for
    mentees.price[:] = bidding.price
    raise_to_places(State(state.value, state.used, mentors, mentees), state, scale.place - bonus)
    return True


def too_dear(bidding: Bidding) -> bool:
    """Whether somebody with seats whom nobody bids for has a price above that of a first seat."""
    seats, first, kept = (bidding.mentee[:, column] for column in (SEATS, FIRST, KEPT))
    return bool(((kept == 0) & (seats > 0) & (bidding.price > first)).any())


def bids_for(people: int) -> int:
    """How many bids these people make at most."""
    return max(FEW_BIDS, people // PEOPLE_A_BID) * people if people <= FEW else INFINITY


def bid_out(bidding: Bidding, slack: int, tell: Tell, most: int) -> None:
    """Until nobody has anything to bid for, or so many bids are made."""
    people, rounds, bids = len(bidding.price), 0, 0
    queue = make_queue(people)
    everybody(bidding, queue)
    with suppress(OutOfTime):
        while queue.ends[1] and bids < most:
            bids += auction(bidding, queue, slack, min(BIDS * people, most - bids))
            rounds += 1
            slack *= 1 if rounds < PATIENCE else 2
            tell(0.5 - 0.5 / (1 + rounds))


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
