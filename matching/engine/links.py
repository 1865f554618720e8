"""What two particular people are to each other."""

import numpy as np

from matching.engine.columns import I64, LINKS, Columns
from matching.engine.compiled import inlined


@inlined
def link_bits(c: Columns, person: int, partner: int) -> int:
    """RATHER_NOT, PAST, … of these two, as bits; 0 for most."""
    if c.person[person, LINKS] == 0:
        return 0
    low, high = c.link_start[person], c.link_start[person + 1]
    while low < high:
        middle = (low + high) // 2
        if c.link[middle, 0] < partner:
            low = middle + 1
        else:
            high = middle
    if low < c.link_start[person + 1] and c.link[low, 0] == partner:
        return c.link[low, 1]
    return 0


def couples_linked(c: Columns, bits: int) -> I64:
    """The two people of each link with one of these bits, from each side that has it."""
    rows = np.flatnonzero(c.link[:, 1] & bits)
    return np.column_stack([np.searchsorted(c.link_start, rows, side="right") - 1, c.link[rows, 0]]).astype(np.int64)
