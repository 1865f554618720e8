"""Kept: two who were together in an earlier answer stay, where HR sets `Policy.stability`."""

from matching.engine.columns import PREVIOUS, Columns
from matching.engine.compiled import inlined
from matching.engine.links import link_bits
from matching.engine.view import Couples

NAME = "kept"
TITLE = "Kept"
WEIGHT = 0  # set by Policy.stability


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    return 1 if link_bits(c, mentor, mentee) & PREVIOUS else 0


def sentences(couples: Couples) -> list[str]:
    return ["They were together in the earlier answer." if bits & PREVIOUS else "" for bits in couples.links]
