"""Pairs of people who will leave with the next file, written straight into PostgreSQL for `make bench-import`."""

from benchmarks.rows import analyze, insert
from goals.models import CheckIn
from mentoring.models import Enrolment, Meeting, Pair, Person, Programme, Seat, Skill

FIRST = 1_000_000  # the lowest employee number; they follow each other


def pair_the_last(percent: int) -> int:
    """The last of the company to come mentor the first, who stay; each pair with a meeting ahead and a check-in."""
    people = Person.objects.count()
    pairs = people * percent // 100
    _enrol(f"e.number < {FIRST + pairs} OR e.number >= {FIRST + people - pairs}")
    _pair(people - pairs)
    insert(
        Meeting, "mentoring_pair p", pair_id="p.id", starts_at="now() + interval '7 days'", planned_by_id="p.mentor_id",
        ends_at="now() + interval '7 days 1 hour'", status="'planned'", topic="'First'", uid="gen_random_uuid()",
    )  # fmt: skip
    insert(
        CheckIn, "mentoring_pair p", pair_id="p.id", person_id="p.mentee_id", number="1", status="'waiting'",
        due_at="now() + interval '14 days'", lapses_at="now() + interval '24 days'",
    )  # fmt: skip
    analyze()
    return pairs


def _enrol(who: str) -> None:
    programme = Programme.objects.create(
        name="All together", purpose="To learn from each other.", status=Programme.Status.LAUNCHED,
        enrol_from="2026-01-01", enrol_until="2026-12-31", starts_on="2026-02-01", ends_on="2027-01-31",
    )  # fmt: skip
    numbered = "(SELECT user_id, employee_number::int AS number FROM mentoring_person) e"
    insert(
        Enrolment, f"{numbered} WHERE {who}", programme_id=str(programme.pk), person_id="e.user_id",
        enrolled_at="now()", mentor_capacity="1", mentee_capacity="1",
    )  # fmt: skip
    for role in ("mentor", "mentee"):
        insert(Seat, "mentoring_enrolment e", enrolment_id="e.id", role=f"'{role}'", number="1")


def _pair(apart: int) -> None:
    seated = (
        "(SELECT user_id, employee_number::int AS number, s.id AS seat FROM mentoring_person"
        " JOIN mentoring_enrolment e ON e.person_id = user_id JOIN mentoring_seat s ON s.enrolment_id = e.id"
        " WHERE s.role = '{}')"
    )
    insert(
        Pair, f"{seated.format('mentor')} one JOIN {seated.format('mentee')} two ON one.number = two.number + {apart}",
        programme_id=str(Programme.objects.get().pk), mentor_id="one.user_id", mentee_id="two.user_id",
        junior_id="one.user_id", skill_id=str(Skill.objects.order_by("pk")[0].pk), mentor_seat_id="one.seat",
        mentee_seat_id="two.seat", status="'active'", opened_at="now()", both_know_since="now()", begun_at="now()",
        mentor_briefed_at="now()", mentee_briefed_at="now()", started_at="now()",
    )  # fmt: skip
