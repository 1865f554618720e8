"""Overlap: working hours in common on a day."""

from matching.engine.columns import Columns
from matching.engine.compiled import inlined
from matching.engine.hours import minutes_in_common
from matching.engine.view import Couples

NAME = "overlap"
TITLE = "Hours in common"
WEIGHT = 2


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    """One for each full hour, at most 10."""
    return min(10, minutes_in_common(c, mentor, mentee) // 60)


def sentences(couples: Couples) -> list[str]:
    told = {minutes: sharing(minutes) for minutes in set(couples.minutes)}
    return [told[minutes] for minutes in couples.minutes]


def sharing(minutes: int) -> str:
    if minutes < 60:
        return ""
    hours = f"{minutes / 60:.1f}".removesuffix(".0")
    return "They share one working hour a day." if hours == "1" else f"They share {hours} working hours a day."
