"""What HR looks at: which programmes, whose people, which months."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet, Window
from django.db.models.functions import Ntile

from insights.rollup.base import BANDS, DIMENSIONS, SETS
from mentoring.models import Grade
from mentoring.prepared import prepared

NAMES = {"department": "Department", "site": "Site", "band": "Grade band", "cohort": "Cohort"}
BITS = {name: 8 >> at for at, name in enumerate(DIMENSIONS)}
COUNTED = {15 - sum(BITS[name] for name in each.split(", ") if name) for each in SETS}


@dataclass(frozen=True)
class Selection:
    """Without programmes it is all of them. A dimension that is None is left open; months include both ends."""

    programmes: Sequence[int] | None = None
    department: int | None = None
    site: int | None = None
    band: int | None = None
    cohort: dt.date | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def cell(self) -> dict[str, Any]:
        """The dimensions that are chosen."""
        found = {name: getattr(self, name) for name in DIMENSIONS}
        return {name: value for name, value in found.items() if value is not None}

    @property
    def is_open(self) -> bool:
        """Nobody is left out."""
        return not self.cell

    @property
    def is_everything(self) -> bool:
        """Nobody and no month is left out."""
        return self.is_open and self.since is None and self.until is None

    def level(self, by: str = "") -> int:
        """Which rows of Tally answer it: the coarsest that keep what is asked for."""
        level = 15 - sum(BITS[name] for name in {*self.cell, *([by] if by else [])})
        return level if level in COUNTED else 0

    def narrow(self, rows: QuerySet[Any], *, programme: str = "programme", month: str = "month") -> QuerySet[Any]:
        found = Q(**self.cell)
        if self.programmes is not None:
            found &= Q(**{f"{programme}__in": self.programmes})
        if self.since:
            found &= Q(**{f"{month}__gte": self.since})
        if self.until:
            found &= Q(**{f"{month}__lte": self.until})
        return rows.filter(found)

    def without(self, name: str) -> "Selection":
        return replace(self, **{name: None})


def grade_bands() -> dict[int, str]:
    """The company's grades in up to four bands, by the names of their lowest and highest grade."""
    bands: dict[int, list[str]] = {}
    for band, name in _BANDS():
        bands.setdefault(band, []).append(name)
    return {band: names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}" for band, names in bands.items()}


def band_of_grades() -> dict[int | None, int]:
    """Each grade's band, by the grade's key."""
    return dict(_in_bands().values_list("pk", "band"))


def _in_bands() -> QuerySet[Any]:
    return Grade.objects.order_by("level").annotate(band=Window(Ntile(BANDS), order_by="level"))


_BANDS = prepared(lambda: _in_bands().values_list("band", "name"))
