"""Publishes what is known of private answers: once for each closed month, in groups, never changed afterwards."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from insights.blocks import FEWEST, form_blocks, sum_up
from insights.models import Batch, PublishedCell
from insights.months import next_month, start_of
from insights.rollup.answers import FAMILIES, Family
from insights.rollup.base import DIMENSIONS, Count
from mentoring.models import Programme

SETTLES = dt.timedelta(hours=2)  # after a month's end, so that what was under way at midnight is in
LONG_AGO = dt.date(2000, 1, 1)
AT_MONTH, AT_VALUES = len(DIMENSIONS) + 1, len(DIMENSIONS) + 2


def publish(count: Count, programme: Programme, now: dt.datetime) -> None:
    """Each family up to the last month that is over."""
    until = start_of(now - SETTLES)
    for family in FAMILIES:
        last = Batch.objects.filter(programme=programme, family=family.slug).order_by("-month").first()
        since = next_month(last.month) if last else LONG_AGO
        if since < until:
            rows = count.rows(family.sql, since=since, until=until)
            _publish_family(programme, family, rows)


def _publish_family(programme: Programme, family: Family, rows: list[tuple[Any, ...]]) -> None:
    """A batch for each month; one with answers of too few people waits for the next month."""
    rows.sort(key=lambda row: (row[AT_MONTH], row[0]))
    waiting: list[tuple[Any, ...]] = []
    for month, answers in groupby(rows, key=lambda row: row[AT_MONTH]):
        waiting += answers
        if len({row[0] for row in waiting}) >= FEWEST:
            batch = Batch.objects.create(programme=programme, family=family.slug, month=month)
            PublishedCell.objects.bulk_create(_cells(batch, family, waiting), batch_size=2000)
            waiting = []


def _cells(batch: Batch, family: Family, rows: list[tuple[Any, ...]]) -> Iterable[PublishedCell]:
    for block in form_blocks([row[0] for row in rows], [row[1:AT_MONTH] for row in rows]):
        label: Any = block.label
        department, site, band, cohort = label
        for at, (measure, bounds) in enumerate(family.measures.items(), AT_VALUES):
            found = sum_up([rows[i][at] for i in block.rows], bounds)
            yield PublishedCell(
                batch=batch, measure=measure, department_id=department, site_id=site, band=band, cohort=cohort,
                people=block.people, n=found.n, total=found.total, squares=found.squares,
            )  # fmt: skip
