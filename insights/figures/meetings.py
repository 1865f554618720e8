"""How often pairs meet: meetings held for each month that a pair was running."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest, Least, TruncMonth
from django.utils import timezone

from mentoring.models import Meeting, Pair, Programme

MONTH = dt.timedelta(days=30.4375)  # a twelfth of 365.25 days
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Month:
    """`meetings` held in `pair_months` of running pairs."""

    start: dt.date
    meetings: int
    pair_months: float

    @property
    def rate(self) -> float | None:
        return self.meetings / self.pair_months if self.pair_months >= 0.05 else None


@dataclass(frozen=True)
class Pace:
    """Meetings a pair-month over the whole programme, and month by month (the last twelve)."""

    meetings: int
    pair_months: float
    pairs: int
    planned: int
    months: list[Month]

    @property
    def held_in_words(self) -> str:
        return "1 meeting held" if self.meetings == 1 else f"{self.meetings} meetings held"

    @property
    def rate(self) -> float | None:
        return self.meetings / self.pair_months if self.pair_months >= 0.05 else None


def meeting_pace(programme: Programme, now: dt.datetime) -> Pace:
    """A month of a pair counts from its start to its end, or until now. Paused time counts as running."""
    pairs = Pair.objects.filter(programme=programme, started_at__lt=now).started()
    held = Meeting.objects.held().filter(pair__programme=programme, starts_at__lt=now)
    starts = _month_starts(pairs, now)
    time = pairs.aggregate(
        pairs=Count("pk"),
        whole=Sum(_running(F("started_at"), now)),
        **{f"m{i}": Sum(_running(Greatest(F("started_at"), start), end)) for i, (start, end) in enumerate(starts)},
    )
    counted = dict(
        held.annotate(month=TruncMonth("starts_at", tzinfo=dt.UTC)).values_list("month").annotate(n=Count("pk"))
    )
    months = [Month(start.date(), counted.get(start, 0), _months(time[f"m{i}"])) for i, (start, _) in enumerate(starts)]
    return Pace(
        meetings=held.count(),
        pair_months=_months(time["whole"]),
        pairs=time["pairs"],
        planned=Meeting.objects.planned().filter(pair__programme=programme, starts_at__gte=now).count(),
        months=months,
    )


def _running(start: object, end: dt.datetime) -> "ExpressionWrapper[Any]":
    """How long a pair ran between the two, never below nothing."""
    until = Least(Coalesce(F("finished_at"), timezone.now()), end)
    return ExpressionWrapper(Greatest(until, start) - start, output_field=DurationField())  # type: ignore[operator]


def _month_starts(pairs: QuerySet[Pair], now: dt.datetime) -> list[tuple[dt.datetime, dt.datetime]]:
    """(start, end) of the months up to now in which a pair was running, in UTC."""
    first = pairs.order_by("started_at").values_list("started_at", flat=True).first()
    months: list[tuple[dt.datetime, dt.datetime]] = []
    start = now.astimezone(dt.UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = now
    while first and end > first and len(months) < MONTHS_SHOWN:
        months.append((start, end))
        end, start = start, (start - dt.timedelta(days=1)).replace(day=1)
    return months[::-1]


def _months(time: dt.timedelta | None) -> float:
    return time / MONTH if time else 0.0
