"""Counting a programme's figures anew."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from insights.actions.causes import publish_causes
from insights.actions.publishing import publish
from insights.figures.needs import needing_a_hand, rank
from insights.models import Flow, LeaderTally, PairNeed, RollUp, Tally
from insights.rollup.base import counting
from insights.rollup.flows import count_flows
from insights.rollup.pairs import count_pairs
from insights.rollup.people import count_people
from mentoring.actions.base import lock
from mentoring.models import Pair, Programme

MOST_AT_ONCE = 20


@transaction.atomic
def refresh(programme: Programme, now: dt.datetime | None = None) -> RollUp:
    """Counts all of it anew; running it twice changes nothing but the time. Whoever reads meanwhile sees the old."""
    now = now or timezone.now()
    rollup = lock(RollUp.objects.get_or_create(programme=programme, defaults={"asked_at": now})[0])
    for model in (Tally, Flow, LeaderTally, PairNeed):
        model._default_manager.filter(programme=programme).delete()
    with counting(programme.pk, now) as count:
        count_people(count)
        count_pairs(count)
        count_flows(count, programme)
        publish(count, programme, now)
    publish_causes(programme)
    in_need = needing_a_hand(Pair.objects.filter(programme=programme), now)
    PairNeed.objects.bulk_create((rank(pair, now) for pair in in_need), batch_size=2000)
    rollup.as_of, rollup.asked_at = now, None
    rollup.save()
    return rollup


@transaction.atomic
def refresh_if_due(programme: Programme, now: dt.datetime) -> None:
    """Does nothing where another worker was faster."""
    rollup, made = RollUp.objects.get_or_create(programme=programme, defaults={"asked_at": now})
    lock(rollup)
    if made or RollUp.objects.due(now).filter(pk=rollup.pk).exists():
        refresh(programme, now)


@transaction.atomic
def ask_for_refresh(programme: Programme, now: dt.datetime) -> None:
    """It is taken up within a minute, also where no worker can be woken now."""
    RollUp.objects.get_or_create(programme=programme, defaults={"asked_at": now})
    RollUp.objects.filter(programme=programme, asked_at__isnull=True).update(asked_at=now)


def due(now: dt.datetime) -> list[int]:
    """The programmes whose figures are to be counted: never yet, asked for, or too old; the longest waiting first."""
    launched = Programme.objects.exclude(status=Programme.Status.DRAFT)
    never = launched.filter(rollup__isnull=True).values_list("pk", flat=True)
    old = RollUp.objects.due(now).order_by("asked_at", "as_of").values_list("pk", flat=True)
    return [*never, *old][:MOST_AT_ONCE]
