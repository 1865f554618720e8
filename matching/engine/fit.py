"""How well one person's offers cover another's wishes."""

from matching.engine.columns import I32, Columns
from matching.engine.compiled import inlined


@inlined
def fit_of(priority: int, present: int, wanted: int, level: int) -> int:
    """Fulfilment of one wish by one offer, 1 to 10; 0 where the offer is not above what the person knows already.

    7, 4 or 1 by priority, and up to 3 more for the part of the way that the offer covers.
    """
    if level <= present or wanted <= present:
        return 0
    return 10 - 3 * priority + 3 * (min(level, wanted) - present) // (wanted - present)


@inlined
def best_fit(c: Columns, giver: int, taker: int) -> tuple[int, int]:
    """The best fulfilment of any wish of `taker` by an offer of `giver`, and its skill (by name at a tie); (0, -1)."""
    best, skill = 0, -1
    offer, offers = c.offer_start[giver], c.offer_start[giver + 1]
    wish, wishes = c.wish_start[taker], c.wish_start[taker + 1]
    while offer < offers and wish < wishes:
        offered, wanted = c.offer[offer, 0], c.wish[wish, 0]
        if offered < wanted:
            offer += 1
        elif offered > wanted:
            wish += 1
        else:
            fit = fit_of(c.wish[wish, 1], c.wish[wish, 2], c.wish[wish, 3], c.offer[offer, 1])
            if fit > best:
                best, skill = fit, offered
            offer += 1
            wish += 1
    return best, skill


@inlined
def find_cover(c: Columns, giver: int, taker: int, skill: int, out: I32) -> None:
    """Writes skill, offered level, priority, present and wanted level of one skill; −1 for what is not there."""
    out[:] = -1
    out[0] = skill
    for slot in range(c.offer_start[giver], c.offer_start[giver + 1]):
        if c.offer[slot, 0] == skill:
            out[1] = c.offer[slot, 1]
    for slot in range(c.wish_start[taker], c.wish_start[taker + 1]):
        if c.wish[slot, 0] == skill:
            out[2], out[3], out[4] = c.wish[slot, 1], c.wish[slot, 2], c.wish[slot, 3]
