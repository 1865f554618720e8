"""Working hours in common."""

from matching.engine.columns import SITE, WORK_DAYS, WORK_ENDS, WORK_STARTS, Columns
from matching.engine.compiled import inlined

DAY = 24 * 60


@inlined
def shared_minutes(starts: int, ends: int, other_starts: int, other_ends: int) -> int:
    """Minutes of a day in both; the hours may lie in neighbouring days of UTC."""
    minutes = 0
    for shift in (-DAY, 0, DAY):
        minutes += max(0, min(ends, other_ends + shift) - max(starts, other_starts + shift))
    return minutes


@inlined
def minutes_in_common(c: Columns, one: int, other: int) -> int:
    """Minutes of a day when both work; 0 where they share no working day of the week."""
    if c.person[one, WORK_DAYS] & c.person[other, WORK_DAYS] == 0:
        return 0
    return shared_minutes(
        c.person[one, WORK_STARTS], c.person[one, WORK_ENDS], c.person[other, WORK_STARTS], c.person[other, WORK_ENDS]
    )


@inlined
def same_site(c: Columns, one: int, other: int) -> bool:
    return c.person[one, SITE] >= 0 and c.person[one, SITE] == c.person[other, SITE]
