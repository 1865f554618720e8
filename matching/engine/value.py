"""What a pair is worth to the solver: its score and, far below it, a number that breaks ties.

One whole number holds all three aims: placing somebody (`place`) outweighs any change of the total score, a point of
score (`unit`) any change of the tie-breaking numbers. So the best sum is the best answer, and the only one.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.columns import I32, MENTEE_CAPACITY, MENTOR_CAPACITY, Columns
from matching.engine.compiled import inlined
from matching.engine.criteria import max_score, score

MAX_TIE_BITS = 24
MAX_BITS = 60  # prices stay below 2 to the power of 61, sums of two of them within 64 bits


class Scale(NamedTuple):
    place: int  # a person placed in a role
    unit: int  # a point of score
    tie_bits: int  # tie-breaking numbers are below 2 to the power of this


def scale_of(c: Columns) -> Scale:
    seats = c.person[:, [MENTOR_CAPACITY, MENTEE_CAPACITY]].sum(axis=0, dtype=np.int64)
    return scale_for(int(seats.min()) if len(seats) else 0, c.weights)


def scale_for(pairs: int, weights: I32) -> Scale:
    """Where there are never more pairs than that."""
    pair_bits = pairs.bit_length()
    score_bits = max_score(weights).bit_length()
    tie_bits = max(0, min(MAX_TIE_BITS, MAX_BITS - 1 - 2 * pair_bits - score_bits))
    unit_bits = tie_bits + pair_bits
    return Scale(place=1 << (unit_bits + pair_bits + score_bits + 1), unit=1 << unit_bits, tie_bits=tie_bits)


@inlined
def tie_breaker(c: Columns, mentor: int, mentee: int, tie_bits: int) -> np.int64:
    """A number made of both keys, the same for ever and as good as random."""
    if tie_bits == 0:
        return np.int64(0)
    mixed = c.tie[mentor] + np.uint64(3) * c.tie[mentee]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(64 - tie_bits))


@inlined
def value_of(c: Columns, scale: Scale, mentor: int, mentee: int) -> np.int64:
    return score(c, mentor, mentee) * scale.unit + tie_breaker(c, mentor, mentee, scale.tie_bits)
