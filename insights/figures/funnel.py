"""How far people have come in a programme: enrolled, suggested, active, completed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from matching.models import Suggestion
from mentoring.models import Enrolment, Pair, Programme

SUGGESTED = ("proposed", "approved")


@dataclass(frozen=True)
class Stage:
    """`people` who came at least this far; `share` of those who enrolled, 0–100, None where nobody did."""

    name: str
    meaning: str
    people: int
    share: int | None


def funnel(programme: Programme) -> list[Stage]:
    """Each stage holds the later ones: who has a pair was suggested, whether a run or HR brought the two together."""
    pairs = Pair.objects.filter(programme=programme)
    suggestions = Suggestion.objects.filter(programme=programme, status__in=SUGGESTED)
    enrolments = Enrolment.objects.filter(programme=programme).enrolled()
    completed = _people(pairs.filter(status=Pair.Status.COMPLETED))
    active = _people(pairs.started())
    suggested = [*_people(pairs), *_people(suggestions)]
    enrolled = [*suggested, enrolments.order_by().values(someone=F("person"))]
    counts = [
        ("Enrolled", "people who said yes to the programme", _count(enrolled)),
        ("Suggested", "people in a suggestion or a pair", _count(suggested)),
        ("Active", "people in a pair that started", _count(active)),
        ("Completed", "people in a pair that was completed", _count(completed)),
    ]
    whole = counts[0][2]
    return [Stage(name, meaning, n, round(100 * n / whole) if whole else None) for name, meaning, n in counts]


def _people(rows: QuerySet[Any]) -> list[QuerySet[Any]]:
    return [rows.order_by().values(someone=F(side)) for side in ("mentor", "mentee")]


def _count(parts: list[QuerySet[Any]]) -> int:
    """How many different people stand in any of the parts."""
    return parts[0].union(*parts[1:]).count()
