"""Facts about pairs that started: how they meet, what they agreed, what they bridge, how they ended."""

from insights.rollup.base import CELL, Count, month

LONG_ENOUGH = 15  # days of a month that a pair must have run for the month to count as one in which it should have met
TIME_TO_SIGN = 21  # days
# How far a pair had come that ended early.
LEFT, NEVER_MET, MET_ONCE, MET_OFTEN = 1, 2, 3, 4

_RUNNING = f"""
SELECT {CELL}, pair, started_at, until, start::date AS month,
    extract(epoch FROM LEAST(until, (start + interval '1 month') AT TIME ZONE 'UTC')
        - GREATEST(started_at, start AT TIME ZONE 'UTC')) / 86400.0 AS days
FROM side, generate_series({month("started_at")}::timestamp, {month("until")}::timestamp, interval '1 month') AS start
"""
_HELD = f"""
SELECT m.pair_id AS pair, {month("m.starts_at")} AS month, count(*) AS n
FROM mentoring_meeting m JOIN mentoring_pair p ON p.id = m.pair_id
WHERE p.programme_id = %(programme)s AND m.status = 'held' AND m.starts_at < %(now)s
GROUP BY 1, 2
"""


def count_pairs(count: Count) -> None:
    count.run(f"CREATE TEMP TABLE pair_month ON COMMIT DROP AS {_RUNNING}")
    count.run(f"CREATE TEMP TABLE held ON COMMIT DROP AS {_HELD}")
    count.run("ANALYZE pair_month")
    count.run("ANALYZE held")
    count.tally(" UNION ALL ".join(_rhythm()))
    count.tally(_NEXT_DATE)
    count.tally(_SIGNED)
    count.tally(_EXCHANGE)
    count.tally(" UNION ALL ".join(_bridges()))
    count.tally(" UNION ALL ".join(_endings()))
    count.run("DROP TABLE pair_month, held")


def _rhythm() -> list[str]:
    head = f"SELECT {', '.join('r.' + name for name in CELL.split(', '))}"
    return [
        f"{head}, r.month AS month, 'running' AS measure, 0 AS value, 1 AS n, r.days AS total FROM pair_month r "
        "WHERE r.days > 0",
        f"{head}, h.month, 'held', 0, 1, h.n FROM held h JOIN side r ON r.pair = h.pair",
        f"{head}, r.month, 'regular', 0, 1, (h.n IS NOT NULL)::int FROM pair_month r "
        f"LEFT JOIN held h ON h.pair = r.pair AND h.month = r.month WHERE r.days >= {LONG_ENOUGH}",
    ]


# At the end of each month, or now: did a date lie ahead that had been set by then?
_NEXT_DATE = f"""
SELECT {CELL}, month, 'next_date' AS measure, 0 AS value, 1 AS n, EXISTS (
    SELECT 1 FROM mentoring_meeting m
    WHERE m.pair_id = at_end.pair AND m.starts_at > at_end.moment AND m.created_at <= at_end.moment
        AND m.status <> 'cancelled'
)::int AS total
FROM (SELECT *, LEAST((month + interval '1 month') AT TIME ZONE 'UTC', %(now)s) AS moment FROM pair_month) at_end
WHERE until >= moment
"""

_SIGNED = f"""
SELECT {CELL}, {month("started_at")} AS month, 'signed' AS measure, 0 AS value, 1 AS n, EXISTS (
    SELECT 1 FROM goals_agreement a JOIN goals_agreementversion v ON v.agreement_id = a.id
    WHERE a.pair_id = side.pair AND (SELECT count(*) FROM goals_signature s WHERE s.version_id = v.id) >= 2
)::int AS total
FROM side WHERE started_at <= %(now)s - interval '{TIME_TO_SIGN} days'
"""

# Of pairs that met: a mutual exchange, or skills each way in their agreement.
_EXCHANGE = f"""
SELECT {CELL}, {month("started_at")} AS month, 'exchange' AS measure, 0 AS value, 1 AS n, (is_exchange OR EXISTS (
    SELECT 1 FROM goals_agreement a
    WHERE a.pair_id = side.pair
        AND EXISTS (SELECT 1 FROM goals_agreement_mentor_shares s WHERE s.agreement_id = a.id)
        AND EXISTS (SELECT 1 FROM goals_agreement_mentee_shares s WHERE s.agreement_id = a.id)
))::int AS total
FROM side WHERE EXISTS (SELECT 1 FROM held WHERE held.pair = side.pair)
"""


def _bridges() -> list[str]:
    head, start = f"SELECT {CELL}", month("started_at")
    levels = "abs(level - other_level)"
    years = "abs(joined_on - other_joined_on) / 365"
    return [
        f"{head}, {start} AS month, 'levels' AS measure, {levels} AS value, 1 AS n, {levels} AS total FROM side "
        f"WHERE {levels} IS NOT NULL",
        f"{head}, {start}, 'tenure', {years}, 1, {years} FROM side WHERE {years} IS NOT NULL",
        f"{head}, {start}, 'departments', 0, 1, (department <> other_department)::int FROM side "
        "WHERE department <> other_department IS NOT NULL",
        f"{head}, {start}, 'sites', 0, 1, (site <> other_site)::int FROM side WHERE site <> other_site IS NOT NULL",
    ]


def _endings() -> list[str]:
    head, end = f"SELECT {CELL}", month("finished_at")
    over = "FROM side WHERE status IN ('completed', 'ended') AND finished_at <= %(now)s"
    times = "COALESCE((SELECT sum(n) FROM held WHERE held.pair = side.pair), 0)"
    how = (
        f"CASE WHEN ended_by IS NULL THEN {LEFT} WHEN {times} = 0 THEN {NEVER_MET} "
        f"WHEN {times} = 1 THEN {MET_ONCE} ELSE {MET_OFTEN} END"
    )
    return [
        f"{head}, {end} AS month, 'ended' AS measure, 0 AS value, 1 AS n, (status = 'ended')::int AS total {over}",
        f"{head}, {end}, 'ended_how', {how}, 1, 1 {over} AND status = 'ended'",
    ]
