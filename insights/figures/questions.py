"""Quick questions: how many are asked, taken up and answered, in the company as a whole."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from mentoring.models import Pair

PERIOD = dt.timedelta(days=90)


@dataclass(frozen=True)
class Questions:
    """Of the quick questions `asked` in the last 90 days: `taken_up` by the mentor, and `answered`."""

    asked: int
    taken_up: int
    answered: int


def quick_questions(now: dt.datetime) -> Questions:
    asked = Pair.objects.filter(kind=Pair.Kind.QUICK, opened_at__gte=now - PERIOD)
    return Questions(
        **asked.aggregate(
            asked=Count("pk"),
            taken_up=Count("pk", filter=Q(started_at__isnull=False)),
            answered=Count("pk", filter=Q(status=Pair.Status.COMPLETED)),
        )
    )
