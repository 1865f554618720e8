"""What stands on the dashboards: from values to cards, charts and rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from insights.charts import Chart, Row, bar_chart, column_chart, spark_line
from insights.figures import catalog
from insights.figures.catalog import Kind
from insights.figures.selection import Selection
from insights.figures.values import MONTH, Value
from insights.models import PairNeed, Tally
from mentoring.models import Programme, User

MOST_MONTHS = 12

__all__ = ["Selection", "dashboard", "funnel_chart", "programme_rows", "trend_chart"]


@dataclass(frozen=True)
class Card:
    value: Value
    spark: str  # the points of its line, empty where there is no trend
    spark_words: str


def dashboard(values: Sequence[Value]) -> dict[str, Any]:
    by_group: defaultdict[str, list[Value]] = defaultdict(list)
    for value in values:
        by_group[value.figure.group].append(value)
    return {
        "key_points": [card(value) for value in by_group[catalog.KEY]],
        "stages": by_group[catalog.FUNNEL],
        "funnel": funnel_chart(by_group[catalog.FUNNEL]),
        "groups": [(group, [card(value) for value in by_group[group]]) for group in catalog.GROUPS],
    }


def card(value: Value) -> Card:
    months = [(month, number) for month, number in value.months if number.number is not None][-MOST_MONTHS:]
    if len(months) < 2 or value.figure.kind == Kind.PARTS:
        return Card(value, "", "")
    words = ", ".join(f"{month:%b %Y}: {number.written}" for month, number in months)
    return Card(value, spark_line([number.number or 0 for _, number in months]), words)


def funnel_chart(stages: Sequence[Value], *, fewest: int = 1) -> Chart:
    """Shares are of those who enrolled; where only some months are looked at, there may be none. Of fewer than `fewest`
    people nothing is said but that."""
    whole, counts = stages[0].whole.n, [stage.whole.n for stage in stages]
    written = [f"{n:,} ({100 * n / whole:.0f} %)" if whole >= n > 0 else f"{n:,}" for n in counts]
    written = [words if n == 0 or n >= fewest else f"under {fewest}" for n, words in zip(counts, written, strict=True)]
    counts = [n if n == 0 else max(n, fewest) for n in counts]
    rows = [
        Row(stage.figure.title, [n], [words])
        for stage, n, words in zip(stages, counts, written, strict=True)
        if any(counts)
    ]
    words = "Over all months, who came this far is among those before, too."
    return bar_chart("funnel", catalog.FUNNEL, words, rows=rows, series=["People"], head="Stage")


def trend_chart(value: Value) -> Chart:
    """Month by month, the last twelve."""
    figure = value.figure
    rows = [
        Row(f"{month:%b %y}", [] if number.number is None else [max(number.number, 0)], [number.written])
        for month, number in value.months[-MOST_MONTHS:]
    ]
    return column_chart(
        figure.slug, f"{figure.title}, month by month", figure.definition, rows=rows, series=figure.title, head="Month"
    )


@dataclass(frozen=True)
class ProgrammeRow:
    programme: Programme
    enrolled: int
    active: int
    completed: int
    pace: str
    needs: int


def programme_rows(programmes: Iterable[Programme], *, seen_by: User) -> list[ProgrammeRow]:
    """The programmes of a page beside each other; two queries."""
    programmes = list(programmes)
    measures = ("enrolled", "active", "completed", "held", "running")
    found: defaultdict[tuple[int, str], tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    rows = Tally.objects.filter(programme__in=programmes, level=15, measure__in=measures).order_by()
    for row in rows.values("programme", "measure").annotate(n_all=Sum("n"), total_all=Sum("total")):
        found[row["programme"], row["measure"]] = row["n_all"], row["total_all"]
    needs = PairNeed.objects.visible_to(seen_by).filter(programme__in=programmes).order_by()
    counts = dict(needs.values_list("programme").annotate(Count("pk")))
    return [_programme_row(each, found, counts.get(each.pk, 0)) for each in programmes]


def _programme_row(programme: Programme, found: dict[tuple[int, str], tuple[int, float]], needs: int) -> ProgrammeRow:
    enrolled, active, completed = (found[programme.pk, name][0] for name in ("enrolled", "active", "completed"))
    held, days = found[programme.pk, "held"][1], found[programme.pk, "running"][1]
    pace = f"{held / days * MONTH:.2f}" if days > 1 else "–"
    return ProgrammeRow(programme, enrolled, active, completed, pace, needs)
