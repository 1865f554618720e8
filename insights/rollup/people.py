"""Facts about people: how far they came, and how long it took."""

from insights.rollup.base import CELL, Count, month


def count_people(count: Count) -> None:
    stages = {
        "enrolled": "enrolled_at",
        "suggested": "suggested_at",
        "active": "paired_at",
        "completed": "completed_at",
    }
    facts = [
        f"SELECT {CELL}, {month(when)} AS month, '{name}' AS measure, 0 AS value, 1 AS n, 0 AS total "
        f"FROM member WHERE {when} IS NOT NULL"
        for name, when in stages.items()
    ]
    facts += [_days("days_to_pair", "paired_at"), _days("days_to_meeting", "met_at")]
    count.tally(" UNION ALL ".join(facts))


def _days(measure: str, until: str) -> str:
    """Whole days from the enrolment on."""
    days = f"GREATEST(0, floor(extract(epoch FROM {until} - enrolled_at) / 86400))::int"
    return f"SELECT {CELL}, {month(until)}, '{measure}', {days}, 1, {days} FROM member WHERE {until} IS NOT NULL"
