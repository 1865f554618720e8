"""What is known of private answers, a row for each answer, for insights.actions.publishing alone to read."""

from collections.abc import Mapping
from dataclasses import dataclass

from insights.blocks import Bounds
from insights.rollup.base import CELL, month


@dataclass(frozen=True)
class Family:
    """Measures that are published together, of the same people. `sql` selects person, cell, month and the measures of
    each answer after `since` and up to `until`; a month never changes once it is over.
    """

    slug: str
    measures: Mapping[str, Bounds]
    sql: str


_HEAD = "SELECT m.person, " + ", ".join(f"m.{name}" for name in CELL.split(", "))
_IN_TIME = "{when} >= %(since)s AND {when} < %(until)s"


def _within(when: str) -> str:
    return _IN_TIME.format(when=when)


_ASKED = f"""
{_HEAD}, {month("c.at")}, (c.status = 'answered')::int
FROM (
    SELECT *, CASE WHEN status = 'answered' THEN answered_at ELSE lapses_at END AS at FROM goals_checkin
    WHERE status IN ('answered', 'lapsed')
) c
JOIN mentoring_pair p ON p.id = c.pair_id JOIN member m ON m.person = c.person_id
WHERE p.programme_id = %(programme)s AND {_within("c.at")}
"""

_ANSWERS = f"""
{_HEAD}, {month("c.answered_at")}, c.happiness, c.information
FROM goals_checkin c JOIN mentoring_pair p ON p.id = c.pair_id JOIN member m ON m.person = c.person_id
WHERE p.programme_id = %(programme)s AND c.status = 'answered' AND {_within("c.answered_at")}
"""

# The learner's last view of a goal in a month, beside the part of its time that was gone (without a date: of half a
# year).
_ON_TRACK = f"""
SELECT DISTINCT ON (r.goal_id, date_trunc('month', r.day))
    {_HEAD.removeprefix("SELECT ")}, date_trunc('month', r.day)::date, (
        r.progress >= 100.0 * (r.day - g.created_at::date)
            / GREATEST(1, COALESCE(g.due_on, g.created_at::date + 182) - g.created_at::date)
    )::int
FROM goals_goalrating r JOIN goals_goal g ON g.id = r.goal_id
JOIN mentoring_pair p ON p.id = g.pair_id JOIN member m ON m.person = g.learner_id
WHERE p.programme_id = %(programme)s AND {_within("r.day")}
ORDER BY r.goal_id, date_trunc('month', r.day), r.day DESC
"""

_LEARNED = f"""
{_HEAD}, {month("g.closed_at")}, g.level_now - g.level_at_start
FROM goals_goal g JOIN mentoring_pair p ON p.id = g.pair_id JOIN member m ON m.person = g.learner_id
WHERE p.programme_id = %(programme)s AND g.status <> 'open' AND g.level_now IS NOT NULL
    AND g.level_at_start IS NOT NULL AND {_within("g.closed_at")}
"""

# Of goals that were open in a month: was something learned, by a rating or a milestone?
_MOVED = f"""
{_HEAD}, start::date, (EXISTS (
        SELECT 1 FROM goals_goalrating r
        WHERE r.goal_id = g.id AND r.day >= start AND r.day < start + interval '1 month'
    ) OR EXISTS (
        SELECT 1 FROM goals_milestone s WHERE s.goal_id = g.id
            AND s.done_at >= start AT TIME ZONE 'UTC' AND s.done_at < (start + interval '1 month') AT TIME ZONE 'UTC'
    ))::int
FROM goals_goal g JOIN mentoring_pair p ON p.id = g.pair_id JOIN member m ON m.person = g.learner_id
CROSS JOIN LATERAL generate_series(
    {month("g.created_at")}::timestamp, {month("COALESCE(g.closed_at, p.finished_at, %(until)s)")}::timestamp,
    interval '1 month'
) AS start
WHERE p.programme_id = %(programme)s AND {_within("start AT TIME ZONE 'UTC'")}
"""

# A row for each of the two of each meeting that was planned and is over, one way or the other.
_CANCELLED = f"""
SELECT s.person, {", ".join("s." + name for name in CELL.split(", "))}, {month("t.starts_at")},
    (t.cancelled_by_id IS NOT DISTINCT FROM s.person)::int
FROM mentoring_meeting t JOIN side s ON s.pair = t.pair_id
WHERE t.status <> 'planned' AND {{senior}} AND {_within("t.starts_at")}
    AND (t.status <> 'cancelled' OR t.cancelled_by_id IS NOT NULL)
"""

# What each of the two tapped after a meeting; what comes after its month is published is in no figure.
_IMPRESSIONS = f"""
{_HEAD}, {month("t.ends_at")}, (i.{{tap}} = '{{good}}')::int
FROM mentoring_impression i JOIN mentoring_meeting t ON t.id = i.meeting_id
JOIN mentoring_pair p ON p.id = t.pair_id JOIN member m ON m.person = i.person_id
WHERE p.programme_id = %(programme)s AND i.{{tap}} <> '' AND {_within("t.ends_at")}
"""

OPINION = Bounds(1, 5, above=2, below=2)  # nor does a group look all but unanimous
YES_OR_NO = Bounds(0, 1, above=1)
SELDOM = Bounds(0, 1, below=1)

FAMILIES = (
    Family("asked", {"response": YES_OR_NO}, _ASKED),
    Family("answers", {"happiness": OPINION, "information": OPINION}, _ANSWERS),
    Family("on_track", {"on_track": YES_OR_NO}, _ON_TRACK),
    Family("learned", {"learned": Bounds(-5, 5, above=2, below=2)}, _LEARNED),
    Family("moved", {"moved": YES_OR_NO}, _MOVED),
    Family("both_learned", {"both_learned": YES_OR_NO}, _IMPRESSIONS.format(tap="learned", good="both")),
    Family("talked_even", {"talked_even": YES_OR_NO}, _IMPRESSIONS.format(tap="talked", good="even")),
    Family("by_senior", {"by_senior": SELDOM}, _CANCELLED.format(senior="s.senior")),
    Family("by_junior", {"by_junior": SELDOM}, _CANCELLED.format(senior="NOT s.senior")),
)
