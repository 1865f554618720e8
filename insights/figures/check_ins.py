"""How many check-ins are answered. What the answers say is nobody's figure here."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from goals.models import CheckIn
from mentoring.models import Programme

FEWEST = 5  # people behind a figure about check-ins


@dataclass(frozen=True)
class Response:
    """`answered` of the check-ins that were `asked` of `people`; `share` 0–100, None for fewer than FEWEST people."""

    asked: int
    answered: int
    people: int

    @property
    def share(self) -> int | None:
        return round(100 * self.answered / self.asked) if self.people >= FEWEST else None


def check_in_response(programme: Programme, now: dt.datetime) -> Response:
    """Of the check-ins that are past: answered, or no longer asked for. One still open counts once it is answered."""
    asked = CheckIn.objects.filter(pair__programme=programme, due_at__lte=now)
    counts = asked.exclude(status=CheckIn.Status.WAITING).aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(status=CheckIn.Status.ANSWERED)),
        people=Count("person", distinct=True),
    )
    return Response(**counts)
