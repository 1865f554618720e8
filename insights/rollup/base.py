"""The people and pairs of one programme as temporary tables, and how facts about them become rows of Tally.

`member` holds each enrolled person with their cell, `side` each of the two people of each pair that started. A fact
about a pair is counted once for each of its people, in that person's cell: added up, each pair stands there twice.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

DIMENSIONS = ("department", "site", "band", "cohort")
CELL = ", ".join(DIMENSIONS)
# Single cells; each dimension by itself; the small ones together; the whole.
SETS = (CELL, *DIMENSIONS, "site, band", "site, cohort", "band, cohort", "site, band, cohort", "")
BANDS = 4


def month(moment: str) -> str:
    """The first day of the month of a time, in UTC, as SQL."""
    return f"date_trunc('month', {moment} AT TIME ZONE 'UTC')::date"


_BAND = f"""
CREATE TEMP TABLE grade_band ON COMMIT DROP AS
SELECT id, ntile({BANDS}) OVER (ORDER BY level) AS band, level FROM mentoring_grade
"""

_MEMBER = f"""
CREATE TEMP TABLE member ON COMMIT DROP AS
WITH suggested AS (
    SELECT person, min(at) AS at FROM (
        SELECT unnest(ARRAY[mentor_id, mentee_id]) AS person, created_at AS at FROM matching_suggestion
        WHERE programme_id = %(programme)s AND status IN ('proposed', 'approved')
        UNION ALL
        SELECT unnest(ARRAY[mentor_id, mentee_id]), LEAST(opened_at, started_at) FROM mentoring_pair
        WHERE programme_id = %(programme)s
    ) found GROUP BY person
), paired AS (
    SELECT person, min(started_at) AS at, min(finished_at) FILTER (WHERE status = 'completed') AS completed_at,
        min(met_at) AS met_at
    FROM (
        SELECT unnest(ARRAY[p.mentor_id, p.mentee_id]) AS person, p.started_at, p.finished_at, p.status, (
            SELECT min(m.starts_at) FROM mentoring_meeting m WHERE m.pair_id = p.id AND m.status = 'held'
        ) AS met_at
        FROM mentoring_pair p
        WHERE p.programme_id = %(programme)s AND p.started_at <= %(now)s
            AND p.status IN ('active', 'paused', 'completed', 'ended')
    ) found GROUP BY person
)
SELECT e.person_id AS person, who.department_id AS department, who.site_id AS site, band.band, band.level,
    {month("e.enrolled_at")} AS cohort, who.joined_on, e.enrolled_at, e.mentor_capacity, e.mentee_capacity, e.status,
    suggested.at AS suggested_at, paired.at AS paired_at, paired.completed_at, paired.met_at
FROM mentoring_enrolment e
JOIN mentoring_person who ON who.user_id = e.person_id
LEFT JOIN grade_band band ON band.id = who.grade_id
LEFT JOIN suggested ON suggested.person = e.person_id
LEFT JOIN paired ON paired.person = e.person_id
WHERE e.programme_id = %(programme)s AND (e.status = 'enrolled' OR suggested.at IS NOT NULL)
"""

_SIDE = f"""
CREATE TEMP TABLE side ON COMMIT DROP AS
SELECT p.id AS pair, me.person, me.{CELL.replace(", ", ", me.")}, p.junior_id <> me.person AS senior,
    p.mentor_id = me.person AS mentor, p.started_at, LEAST(COALESCE(p.finished_at, %(now)s), %(now)s) AS until,
    p.finished_at, p.status, p.ended_by_id AS ended_by, p.is_exchange, p.skill_id AS skill, p.return_skill_id,
    me.level, me.joined_on, other.level AS other_level, other.joined_on AS other_joined_on,
    other.department AS other_department, other.site AS other_site, other.band AS other_band
FROM mentoring_pair p
JOIN member me ON me.person IN (p.mentor_id, p.mentee_id)
JOIN member other ON other.person IN (p.mentor_id, p.mentee_id) AND other.person <> me.person
WHERE p.programme_id = %(programme)s AND p.started_at <= %(now)s
    AND p.status IN ('active', 'paused', 'completed', 'ended')
"""


@contextmanager
def counting(programme: int, now: dt.datetime) -> Iterator["Count"]:
    """Inside a transaction; the temporary tables go with it, or here, so that one may count several programmes."""
    with connection.cursor() as cursor:
        count = Count(cursor, {"programme": programme, "now": now})
        for statement in (_BAND, _MEMBER, "CREATE INDEX ON member (person)", _SIDE, "CREATE INDEX ON side (pair)"):
            count.run(statement)
        count.run("ANALYZE member")
        count.run("ANALYZE side")
        yield count
        count.run("DROP TABLE side, member, grade_band")


class Count:
    """A cursor that knows its programme and its now."""

    def __init__(self, cursor: CursorWrapper, params: Mapping[str, Any]) -> None:
        self.cursor, self.params = cursor, params

    def run(self, sql: str, **more: Any) -> None:
        self.cursor.execute(sql, {**self.params, **more})

    def rows(self, sql: str, **more: Any) -> list[tuple[Any, ...]]:
        self.run(sql, **more)
        return list(self.cursor.fetchall())

    def tally(self, facts: str) -> None:
        """`facts` selects the cell, month, measure, value, n and total of each fact."""
        sets = ", ".join(f"(month, measure, value{', ' if cell else ''}{cell})" for cell in SETS)
        self.run(f"""
INSERT INTO insights_tally
    (programme_id, level, department_id, site_id, band, cohort, month, measure, value, n, total)
SELECT %(programme)s, GROUPING({CELL}), {CELL}, month, measure, value, sum(n), sum(total)
FROM ({facts}) facts GROUP BY GROUPING SETS ({sets})
""")
