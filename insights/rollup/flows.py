"""What the pictures show, and what leaders did with their calendars.

Each picture is counted twice: for the programme as a whole, and for each cell of people, so that it can be filtered.
"""

from insights.models.rollup import CELLS, WHOLE
from insights.rollup.base import CELL, Count, month
from mentoring.models import Programme

_COLUMNS = "(programme_id, kind, level, source, target, n, other"
_CELL_COLUMNS = "department_id, site_id, band, cohort"

_WAYS = f"""
INSERT INTO insights_flow {_COLUMNS})
SELECT %(programme)s, '{{kind}}', {WHOLE}, {{mine}}, other_{{mine}}, count(*), 0
FROM side WHERE mentor AND {{mine}} IS NOT NULL AND other_{{mine}} IS NOT NULL GROUP BY {{mine}}, other_{{mine}}
"""
_WAYS_OF_CELLS = f"""
INSERT INTO insights_flow {_COLUMNS}, {_CELL_COLUMNS}, month)
SELECT %(programme)s, '{{kind}}', {CELLS}, source, target, count(*), 0, {CELL}, month
FROM (
    SELECT {CELL}, {month("started_at")} AS month, CASE WHEN mentor THEN {{mine}} ELSE other_{{mine}} END AS source,
        CASE WHEN mentor THEN other_{{mine}} ELSE {{mine}} END AS target
    FROM side WHERE {{mine}} IS NOT NULL AND other_{{mine}} IS NOT NULL
) ways GROUP BY source, target, {CELL}, month
"""

# What each skill of a pair was: shared by its junior (1) or by its senior (0).
_EACH_SKILL = """
FROM side
CROSS JOIN LATERAL (VALUES (side.skill, true), (side.return_skill_id, false)) AS way (skill, by_mentor)
JOIN mentoring_skill skill ON skill.id = way.skill
"""
_BY_JUNIOR = "(way.by_mentor <> (side.mentor = side.senior))::int"
_SKILLS = f"""
INSERT INTO insights_flow {_COLUMNS})
SELECT %(programme)s, 'skills', {WHOLE}, skill.category_id, {_BY_JUNIOR}, count(*), 0
{_EACH_SKILL} WHERE side.mentor GROUP BY skill.category_id, {_BY_JUNIOR}
"""
_SKILLS_OF_CELLS = f"""
INSERT INTO insights_flow {_COLUMNS}, {_CELL_COLUMNS}, month)
SELECT %(programme)s, 'skills', {CELLS}, category, by_junior, count(*), 0, {CELL}, month
FROM (
    SELECT {CELL}, {month("started_at")} AS month, skill.category_id AS category, {_BY_JUNIOR} AS by_junior
    {_EACH_SKILL}
) shared GROUP BY category, by_junior, {CELL}, month
"""

_INVENTORY = """
    SELECT w.skill_id AS skill, 1 AS wanted, 0 AS offered, m.* FROM mentoring_skillwish w
    JOIN member m ON m.person = w.person_id WHERE m.status = 'enrolled' AND m.mentee_capacity > 0
    UNION ALL
    SELECT o.skill_id, 0, 1, m.* FROM mentoring_skilloffer o
    JOIN member m ON m.person = o.person_id
    WHERE m.status = 'enrolled' AND m.mentor_capacity > 0 AND o.level >= %(least)s
"""
_BALANCE = f"""
INSERT INTO insights_flow {_COLUMNS})
SELECT %(programme)s, 'balance', {WHOLE}, skill, 0, sum(wanted), sum(offered)
FROM ({_INVENTORY}) all_of_it GROUP BY skill
"""
_BALANCE_OF_CELLS = f"""
INSERT INTO insights_flow {_COLUMNS}, {_CELL_COLUMNS})
SELECT %(programme)s, 'balance', {CELLS}, skill, 0, sum(wanted), sum(offered), {CELL}
FROM ({_INVENTORY}) all_of_it GROUP BY skill, {CELL}
"""

_LEADERS = """
INSERT INTO insights_leadertally
    (programme_id, person_id, pairs, months, held, planned, accepted, cancelled, ahead)
SELECT %(programme)s, person, count(*), sum(extract(epoch FROM until - started_at) / 86400 / 30.4375),
    sum(held), sum(planned), sum(accepted), sum(cancelled), sum(ahead)
FROM side CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE m.status = 'held' AND m.starts_at < %(now)s) AS held,
        count(*) FILTER (WHERE m.planned_by_id = side.person) AS planned,
        count(*) FILTER (WHERE m.accepted_at IS NOT NULL AND m.planned_by_id <> side.person) AS accepted,
        count(*) FILTER (WHERE m.cancelled_by_id = side.person) AS cancelled,
        count(*) FILTER (WHERE m.status = 'planned' AND m.starts_at > %(now)s) AS ahead
    FROM mentoring_meeting m WHERE m.pair_id = side.pair
) calendar
WHERE senior GROUP BY person
"""


def count_flows(count: Count, programme: Programme) -> None:
    for kind, mine in (("departments", "department"), ("bands", "band")):
        for statement in (_WAYS, _WAYS_OF_CELLS):
            count.run(statement.format(kind=kind, mine=mine))
    for statement in (_SKILLS, _SKILLS_OF_CELLS, _LEADERS):
        count.run(statement)
    for statement in (_BALANCE, _BALANCE_OF_CELLS):
        count.run(statement, least=programme.min_offer_level)
