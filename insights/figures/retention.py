"""Did people of a programme stay in the company more often than similar colleagues outside it?

Whoever was in the programme on the day on which it had begun and enrolment was over stands against whoever was here
that day and in no programme. What either did later does not move them to the other side: it would count time that only
those who stayed could have had (the landmark method, Anderson, Cain and Gelber, J. Clin. Oncol. 1 (1983) 710-719).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, DateField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from insights.blocks import FEWEST
from insights.figures.selection import band_of_grades
from mentoring.models import Enrolment, Person, Programme

SURE = 1.96  # standard errors to either side: 95 %
SOON = dt.timedelta(days=90)  # too early to say who stays
YEARS = (1, 3, 8)  # in the company: where one tenure ends and the next begins
LADDER = ((0, 1, 2), (0, 2), (0,))  # alike in all of it; else in grade band and tenure; else in grade band
Cell = tuple[int | None, int | None, int | None]  # grade band, department, tenure


@dataclass(frozen=True)
class Stratum:
    """People who are alike: how many were inside and outside, and how many of each are here still."""

    inside: int = 0
    inside_stayed: int = 0
    outside: int = 0
    outside_stayed: int = 0

    def __add__(self, other: "Stratum") -> "Stratum":
        return Stratum(
            self.inside + other.inside, self.inside_stayed + other.inside_stayed,
            self.outside + other.outside, self.outside_stayed + other.outside_stayed,
        )  # fmt: skip

    @property
    def compares(self) -> bool:
        return self.inside > 0 and self.outside > 0


@dataclass(frozen=True)
class Comparison:
    """Shares from 0 to 1, each stratum weighed alike on both sides; their difference with its 95 % interval."""

    inside: int
    outside: int
    inside_stayed: float
    outside_stayed: float
    difference: float
    low: float
    high: float

    @property
    def says(self) -> str:
        """In words what the interval allows to say."""
        if self.low > 0:
            return "More stayed than chance alone explains."
        return (
            "Fewer stayed than chance alone explains." if self.high < 0 else "Chance alone may explain the difference."
        )


@dataclass(frozen=True)
class Retention:
    """`alone` of the programme had nobody like them outside. Without a comparison, `why_not` says why."""

    since: dt.date
    alone: int = 0
    comparison: Comparison | None = None
    why_not: str = ""


def retention(programme: Programme, today: dt.date) -> Retention:
    """Two queries, however many people."""
    since = max(programme.starts_on, programme.enrol_until)
    if today - since < SOON:
        return Retention(since, why_not=f"It is told once {SOON.days} days have passed since everybody was in.")
    strata, alone = alike(_cells(programme, since))
    return _told(since, strata, alone)


def _told(since: dt.date, strata: Sequence[Stratum], alone: int) -> Retention:
    whole = sum(strata, Stratum())
    if min(whole.inside, whole.outside) < FEWEST:
        return Retention(since, alone, why_not=f"There are fewer than {FEWEST} similar colleagues to compare with.")
    if whole.inside - whole.inside_stayed + whole.outside - whole.outside_stayed < FEWEST:
        return Retention(since, alone, why_not=f"Fewer than {FEWEST} of both together have left, which proves nothing.")
    return Retention(since, alone, comparison=compare(strata))


def compare(strata: Sequence[Stratum]) -> Comparison:
    """The Mantel-Haenszel difference of two shares over strata, with Sato's interval.

    With n of whom x stayed inside, m of whom y stayed outside, N = n + m in each stratum, and w = nm/N:
    difference D = Σ(xm - yn)/N / Σw (Greenland and Robins, Biometrics 41 (1985) 55-68); variance (D·ΣP + ΣQ) / (Σw)²,
    P = (n²y - m²x + nm(m - n)/2) / N², Q = (x(m - y) + y(n - x)) / 2N (Sato, Biometrics 45 (1989) 1323-1324). It holds
    with few large strata as with many small ones. Interval: D ± 1.96 · √variance.
    """
    rows = [(s.inside, s.inside_stayed, s.outside, s.outside_stayed, s.inside + s.outside) for s in strata]
    weight = sum(n * m / N for n, _, m, _, N in rows)
    inside = sum(x * m / N for _, x, m, _, N in rows) / weight
    outside = sum(y * n / N for n, _, _, y, N in rows) / weight
    p = sum((n * n * y - m * m * x + n * m * (m - n) / 2) / N**2 for n, x, m, y, N in rows)
    q = sum((x * (m - y) + y * (n - x)) / (2 * N) for n, x, m, y, N in rows)
    difference = inside - outside
    reach = SURE * max(difference * p + q, 0) ** 0.5 / weight
    return Comparison(
        sum(n for n, *_ in rows), sum(m for _, _, m, _, _ in rows), inside, outside,
        difference, max(difference - reach, -1), min(difference + reach, 1),
    )  # fmt: skip


def alike(cells: Mapping[Cell, Stratum]) -> tuple[list[Stratum], int]:
    """As alike as can be: whoever finds nobody in their own cell is compared along fewer things. And how many of the
    inside find nobody at all. Who is put where depends on nobody's staying."""
    left, strata = dict(cells), []
    for kept in LADDER:
        groups: dict[tuple[int | None, ...], list[Cell]] = {}
        for cell in left:
            groups.setdefault(tuple(cell[at] for at in kept), []).append(cell)
        for group in groups.values():
            whole = sum((left[cell] for cell in group), Stratum())
            if whole.compares:
                strata.append(whole)
                for cell in group:
                    del left[cell]
    return strata, sum(stratum.inside for stratum in left.values())


def _cells(programme: Programme, since: dt.date) -> dict[Cell, Stratum]:
    """Employees who were here on that day, as they are told apart now."""
    bands, cells = band_of_grades(), dict[Cell, Stratum]()
    rows = _here_on(programme, since).values_list("grade", "department", "tenure", "is_inside")
    counts = rows.annotate(n=Count("pk"), stayed=Count("pk", filter=Q(left_on__isnull=True)))
    for grade, department, tenure, is_inside, n, stayed in counts:
        found = Stratum(n, stayed, 0, 0) if is_inside else Stratum(0, 0, n, stayed)
        cell = (bands.get(grade), department, tenure)
        cells[cell] = cells.get(cell, Stratum()) + found
    return cells


def _here_on(programme: Programme, since: dt.date) -> QuerySet[Any]:
    """Whoever had enrolled in this programme and not withdrawn, and whoever had enrolled in none."""
    by_then = Enrolment.objects.filter(person=OuterRef("pk"), enrolled_at__date__lte=since)
    inside = by_then.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__date__gt=since), programme=programme)
    today = Value(dt.date.max, output_field=DateField())
    tenure = Case(
        *(When(joined_on__gt=_years_before(since, years), then=number) for number, years in enumerate(YEARS)),
        When(joined_on__isnull=False, then=len(YEARS)),
    )
    people = Person.objects.employees().annotate(until=Coalesce("left_on", today)).filter(until__gt=since)
    return (
        people.exclude(joined_on__gt=since)
        .annotate(is_inside=Exists(inside), tenure=tenure)
        .filter(Q(is_inside=True) | ~Exists(by_then))
        .order_by()
    )


def _years_before(day: dt.date, years: int) -> dt.date:
    return day - dt.timedelta(days=round(years * 365.25))
