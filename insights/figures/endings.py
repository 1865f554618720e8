"""Why pairs ended early, in the words of a list; told of in whole fives only."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.models import EarlyEnd, Programme

AT_ONCE = 5


@dataclass(frozen=True)
class Causes:
    """`counted` who gave a cause, and how many gave each, the most common first; empty before there are five.

    Only whole fives are counted, in the order in which they came: so what is added at once is never one pair's cause.
    """

    counted: int
    rows: Sequence[tuple[str, int]]


def causes(programme: Programme) -> Causes:
    given = list(EarlyEnd.objects.filter(programme=programme).order_by("pk").values_list("cause", flat=True))
    counted = given[: len(given) // AT_ONCE * AT_ONCE]
    rows = [(str(cause.label), counted.count(cause.value)) for cause in EarlyEnd.Cause if cause.value in counted]
    return Causes(counted=len(counted), rows=sorted(rows, key=lambda row: (-row[1], row[0])))
