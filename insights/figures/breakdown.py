"""A figure by department, by site, by grade band, by cohort: as fine as privacy allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from insights.figures.catalog import Figure
from insights.figures.counts import bins_of
from insights.figures.selection import NAMES, Selection, grade_bands
from insights.figures.values import Number, number_of
from insights.rollup.base import DIMENSIONS
from mentoring.models import Department, Site


@dataclass(frozen=True)
class PartRow:
    """`address` is the filter that shows this part alone."""

    name: str
    number: Number
    key: str = ""


@dataclass(frozen=True)
class Breakdown:
    """`hidden` are those of a private figure whose groups reach across several parts."""

    dimension: str
    title: str
    rows: Sequence[PartRow]
    hidden: int = 0


def breakdowns(figure: Figure, chosen: Selection) -> list[Breakdown]:
    """By each dimension that is not chosen already. Of a private figure only groups that lie within one part count."""
    whole = number_of(figure, bins_of([figure], chosen).get(None, []), chosen).n if figure.private else 0
    names: dict[str, Mapping[Any, str]] = {
        "department": dict(Department.objects.values_list("pk", "name")),
        "site": dict(Site.objects.values_list("pk", "name")),
        "band": grade_bands(),
    }
    return [
        _breakdown(figure, chosen, dimension, names.get(dimension, {}), whole)
        for dimension in DIMENSIONS
        if dimension not in chosen.cell
    ]


def _breakdown(figure: Figure, chosen: Selection, dimension: str, names: Mapping[Any, str], whole: int) -> Breakdown:
    found = bins_of([figure], chosen, by=dimension)
    asked = Selection(programmes=chosen.programmes, band=0)  # not open: each of its people counts
    rows = [
        PartRow(_name(dimension, key, names), number_of(figure, bins, asked), _key(key)) for key, bins in found.items()
    ]
    rows.sort(key=lambda row: (not row.key, row.name))
    hidden = whole - sum(row.number.n for row in rows) if figure.private else 0
    return Breakdown(dimension, NAMES[dimension], rows, hidden)


def _name(dimension: str, key: Any, names: Mapping[Any, str]) -> str:
    if key is None:
        return "Not known"
    return f"Enrolled in {key:%B %Y}" if dimension == "cohort" else names.get(key, "Not known")


def _key(key: Any) -> str:
    """As the filter's address writes it."""
    if key is None:
        return ""
    return str(key) if isinstance(key, int) else f"{key:%Y-%m}"
