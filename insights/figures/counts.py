"""What was counted of some measures, read for a selection: two queries, however many figures come of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum

from insights.figures.catalog import Figure
from insights.figures.selection import Selection
from insights.models import PublishedCell, Tally


@dataclass(frozen=True)
class Bin:
    """`n` things and the `total` of what was counted of them; `value` where they are spread over values."""

    measure: str
    month: dt.date
    value: int
    n: int
    total: float
    squares: float = 0.0


Bins = Mapping[Any, list[Bin]]  # by the value of a dimension; under None all of them


def bins_of(figures: Iterable[Figure], chosen: Selection, by: str = "") -> Bins:
    """The bins of all measures of these figures, apart for each value of the dimension `by`."""
    figures = list(figures)
    found: defaultdict[Any, list[Bin]] = defaultdict(list)
    counted = {name for figure in figures if not figure.private for name in figure.measures}
    private = {name for figure in figures if figure.private for name in figure.measures}
    for key, each in (*_counted(counted, chosen, by), *_published(private, chosen, by)):
        found[key].append(each)
    return found


def _counted(measures: set[str], chosen: Selection, by: str) -> Iterable[tuple[Any, Bin]]:
    if not measures:
        return
    rows = chosen.narrow(Tally.objects.filter(level=chosen.level(by), measure__in=measures))
    keys = ["measure", "month", "value", *([by] if by else [])]
    sums = rows.order_by().values(*keys).annotate(n_all=Sum("n"), total_all=Sum("total"))
    for row in sums:
        yield (
            row[by] if by else None,
            Bin(row["measure"], row["month"], row["value"], row["n_all"], row["total_all"]),
        )


def _published(measures: set[str], chosen: Selection, by: str) -> Iterable[tuple[Any, Bin]]:
    """Sums over whole groups, the only thing that is ever shown of private answers."""
    if not measures:
        return
    rows = chosen.narrow(
        PublishedCell.objects.filter(measure__in=measures), programme="batch__programme", month="batch__month"
    )
    if by:
        rows = rows.filter(**{f"{by}__isnull": False})
    keys = ["measure", "month", *([by] if by else [])]
    sums = (
        rows.order_by()
        .annotate(month=F("batch__month"))
        .values(*keys)
        .annotate(n_all=Sum("n"), total_all=Sum("total"), squares_all=Sum("squares"))
    )
    for row in sums:
        each = Bin(row["measure"], row["month"], 0, row["n_all"], row["total_all"], row["squares_all"])
        yield row[by] if by else None, each
