"""Why pairs ended early, in the words of a list; each where five or more in a programme gave it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from insights.models import PublishedCauses
from mentoring.models import EarlyEnd

FEWEST = 5
OTHERS = "Other causes, each given by fewer than five"


@dataclass(frozen=True)
class Causes:
    """`counted` who gave a cause, and how many gave each that is told, the most common first; the others stand together
    without being told apart. Empty before there are five.
    """

    counted: int
    rows: Sequence[tuple[str, int]]


def causes(programmes: Sequence[int] | None) -> Causes:
    """Of these programmes, or of all. Of several it adds up what each tells, and nothing else: so taking one view from
    another gives what stands on a programme's own page."""
    published = PublishedCauses.objects.filter(counted__gt=0)
    if programmes is not None:
        published = published.filter(programme__in=programmes)
    told, counted = Counter[str](), 0
    for n, counts in published.values_list("counted", "counts"):
        counted += n
        told.update({cause: times for cause, times in counts.items() if cause and times >= FEWEST})
    rows = sorted(
        ((str(EarlyEnd.Cause(cause).label), n) for cause, n in told.items()), key=lambda row: (-row[1], row[0])
    )
    rest = counted - told.total()
    return Causes(counted, [*rows, *([(OTHERS, rest)] if rest else [])])
