"""How much any answer could be worth, from prices at which all eligible pairs were looked at (docs/matching.md)."""

from typing import NamedTuple

import numpy as np

from matching.engine.columns import I64
from matching.engine.network import Arcs, State
from matching.engine.people import BoolArray
from matching.engine.profits import exact_sum
from matching.engine.verify import seat_bound


class Bound(NamedTuple):
    """No answer is worth more beside the fixed pairs, as these prices prove."""

    worth: int
    mentors: I64
    mentees: I64


def arcs_of(state: State, which: BoolArray | slice = slice(None)) -> Arcs:
    return Arcs(state.mentors.end[which], state.mentees.end[which], state.value[which])


def worth_of(state: State) -> tuple[int, int]:
    """People placed beside those whom fixed pairs place, and the sum of the chosen pairs' values."""
    placed = sum(int(((side.degree > 0) & (side.first < 0)).sum()) for side in (state.mentors, state.mentees))
    return placed, exact_sum(state.value[state.used > 0])


def raised(state: State, improving: Arcs) -> I64:
    """Mentees' prices at which none of the pairs that would improve on the answer does any more."""
    prices = state.mentees.price.copy()
    np.maximum.at(prices, improving.mentee, improving.value - state.mentors.price[improving.mentor])
    return prices


def bound_at(state: State, mentees: I64) -> Bound:
    """The bound at prices that leave no pair a profit but chosen ones."""
    mentors, chosen = state.mentors.price.copy(), arcs_of(state, state.used > 0)
    worth = seat_bound(mentors, state.mentors.capacity, state.mentors.first)
    worth += seat_bound(mentees, state.mentees.capacity, state.mentees.first)
    profit = chosen.value - mentors[chosen.mentor] - mentees[chosen.mentee]
    return Bound(worth + exact_sum(np.maximum(profit, 0)), mentors, mentees)
