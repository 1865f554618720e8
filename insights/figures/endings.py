"""Why pairs ended early, in the words of a list; each where five or more gave it, and in whole fives only."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.models import EarlyEnd, Programme

AT_ONCE = 5
OTHERS = "Other causes, each given by fewer than five"


@dataclass(frozen=True)
class Causes:
    """`counted` who gave a cause, and how many gave each that five or more gave, the most common first; the others
    stand together without being told apart. Empty before there are five.

    Only whole fives are counted, in the order in which they came: so what is added at once is never one pair's cause.
    A cause that all of them gave is not told, for it would be everybody's.
    """

    counted: int
    rows: Sequence[tuple[str, int]]


def causes(programme: Programme) -> Causes:
    given = list(EarlyEnd.objects.filter(programme=programme).order_by("pk").values_list("cause", flat=True))
    counted = given[: len(given) // AT_ONCE * AT_ONCE]
    each = [(str(cause.label), counted.count(cause.value)) for cause in EarlyEnd.Cause]
    told = sorted((row for row in each if AT_ONCE <= row[1] < len(counted)), key=lambda row: (-row[1], row[0]))
    rest = len(counted) - sum(number for _, number in told)
    return Causes(counted=len(counted), rows=[*told, *([(OTHERS, rest)] if rest else [])])
