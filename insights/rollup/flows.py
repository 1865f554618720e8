"""What the pictures show, and what leaders did with their calendars."""

from insights.rollup.base import Count
from mentoring.models import Programme

_INTO = "INSERT INTO insights_flow (programme_id, kind, source, target, n, other)"

_WAYS = """
SELECT %(programme)s, '{kind}', {mine}, other_{mine}, count(*), 0
FROM side WHERE mentor AND {mine} IS NOT NULL AND other_{mine} IS NOT NULL GROUP BY {mine}, other_{mine}
"""

# What each skill of a pair was: shared by its junior (1) or by its senior (0).
_SKILLS = """
SELECT %(programme)s, 'skills', skill.category_id, (way.by_mentor <> side.senior)::int, count(*), 0
FROM side
CROSS JOIN LATERAL (VALUES (side.skill, true), (side.return_skill_id, false)) AS way (skill, by_mentor)
JOIN mentoring_skill skill ON skill.id = way.skill
WHERE side.mentor GROUP BY skill.category_id, (way.by_mentor <> side.senior)::int
"""

_BALANCE = """
SELECT %(programme)s, 'balance', COALESCE(wanted.skill_id, offered.skill_id), 0,
    COALESCE(wanted.n, 0), COALESCE(offered.n, 0)
FROM (
    SELECT w.skill_id, count(*) AS n FROM mentoring_skillwish w JOIN member m ON m.person = w.person_id
    WHERE m.status = 'enrolled' AND m.mentee_capacity > 0 GROUP BY w.skill_id
) wanted FULL JOIN (
    SELECT o.skill_id, count(*) AS n FROM mentoring_skilloffer o JOIN member m ON m.person = o.person_id
    WHERE m.status = 'enrolled' AND m.mentor_capacity > 0 AND o.level >= %(least)s GROUP BY o.skill_id
) offered ON offered.skill_id = wanted.skill_id
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
        count.run(f"{_INTO} {_WAYS.format(kind=kind, mine=mine)}")
    count.run(f"{_INTO} {_SKILLS}")
    count.run(f"{_INTO} {_BALANCE}", least=programme.min_offer_level)
    count.run(_LEADERS)
