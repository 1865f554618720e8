"""Publishes why pairs ended early: in fives, in the order in which the causes were given, each five once for all.

So what comes to the figures at once is never one pair's cause, and whoever looks twice learns no more than what five
gave together. Of five who gave the same cause one is counted without it: else everybody would know each of theirs.
"""

from collections import Counter
from collections.abc import Sequence

from django.db import connection

from insights.models import PublishedCauses
from insights.models.published import CAUSES_AT_ONCE
from mentoring.actions.base import lock
from mentoring.models import EarlyEnd, Programme

UNTOLD = ""


def publish_causes(programme: Programme) -> None:
    """The whole fives that came since the last time; none while one is written, which has its place already."""
    told = lock(PublishedCauses.objects.get_or_create(programme=programme)[0])
    given = EarlyEnd.objects.filter(programme=programme, pk__gt=told.last).order_by("pk").values_list("pk", "cause")
    newest = given.values_list("pk", flat=True).last()
    if newest is None or somebody_writes():
        return
    new = list(given.filter(pk__lte=newest))
    new = new[: len(new) // CAUSES_AT_ONCE * CAUSES_AT_ONCE]
    if not new:
        return
    counts = Counter(told.counts)
    for start in range(0, len(new), CAUSES_AT_ONCE):
        counts.update(weighed([cause for _, cause in new[start : start + CAUSES_AT_ONCE]]))
    told.last, told.counted, told.counts = new[-1][0], told.counted + len(new), dict(counts)
    told.save()


def somebody_writes() -> bool:
    """Another session has written an early end and not committed it. Its key may be older than those one sees."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS, [EarlyEnd._meta.db_table])
        return bool(cursor.fetchone()[0])


# The lock that every INSERT takes before it takes a key, and keeps to the end of its transaction.
_WRITERS = """
SELECT EXISTS (
    SELECT 1 FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND pid IS DISTINCT FROM pg_backend_pid()
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND relation = %s::regclass
)
"""


def weighed(causes: Sequence[str]) -> Counter[str]:
    """How often each of these causes is counted; one that all gave is counted once less, and one stands untold."""
    if len(set(causes)) > 1:
        return Counter(causes)
    return Counter({causes[0]: len(causes) - 1, UNTOLD: 1})
