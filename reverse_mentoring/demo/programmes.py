"""Two programmes of the demo company: the founding case mid-way, and a round that is open for enrolment."""

import datetime as dt
from collections.abc import Iterable

from mentoring.models import Enrolment, Invitee, Person, Programme, Role, Seat
from mentoring.texts import default_guide

DAYS_GONE = 122  # four months
DAYS_WHOLE = 182  # six


def make_programmes(*, today: dt.date, created_by: Person) -> tuple[Programme, Programme]:
    """(mid-way, open for enrolment)."""
    starts = today - dt.timedelta(days=DAYS_GONE)
    midway = Programme.objects.create(
        name=f"500 × 500, {starts.year}",
        purpose="Five hundred executives learn from five hundred newcomers what they bring: new tools, new habits, "
        "fresh eyes. And give back how this house works.",
        guide=default_guide(),
        starts_on=starts,
        ends_on=starts + dt.timedelta(days=DAYS_WHOLE),
        enrol_from=starts - dt.timedelta(days=35),
        enrol_until=starts - dt.timedelta(days=7),
        status=Programme.Status.LAUNCHED,
        created_by=created_by,
    )
    opened = Programme.objects.create(
        name="Open round",
        purpose="For everybody who missed the first round, or would like another: pair up across levels, "
        "departments and sites.",
        guide=default_guide(),
        starts_on=today + dt.timedelta(days=21),
        ends_on=today + dt.timedelta(days=21 + DAYS_WHOLE),
        enrol_from=today - dt.timedelta(days=10),
        enrol_until=today + dt.timedelta(days=18),
        status=Programme.Status.LAUNCHED,
        created_by=created_by,
    )
    return midway, opened


def make_circle(people: Iterable[Person], *, today: dt.date, created_by: Person) -> Programme:
    """Only for those whom HR named."""
    circle = Programme.objects.create(
        name="Pilot with an invited circle",
        purpose="Two dozen colleagues try what the next round may bring: three months, and more meetings.",
        guide=default_guide(),
        starts_on=today + dt.timedelta(days=30),
        ends_on=today + dt.timedelta(days=30 + DAYS_WHOLE // 2),
        enrol_from=today - dt.timedelta(days=2),
        enrol_until=today + dt.timedelta(days=20),
        audience=Programme.Audience.CHOSEN,
        status=Programme.Status.LAUNCHED,
        created_by=created_by,
    )
    Invitee.objects.bulk_create(Invitee(programme=circle, person=person) for person in people)
    return circle


def enrol(programme: Programme, *, mentors: Iterable[Person], mentees: Iterable[Person], at: dt.datetime) -> None:
    """Each with one seat in their role; in both roles where they stand in both lists."""
    teach, learn = {person.pk for person in mentors}, {person.pk for person in mentees}
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            programme=programme,
            person_id=pk,
            mentor_capacity=int(pk in teach),
            mentee_capacity=int(pk in learn),
            enrolled_at=at,
        )
        for pk in sorted(teach | learn)
    )
    Seat.objects.bulk_create(
        Seat(enrolment=enrolment, role=role, number=1)
        for enrolment in enrolments
        for role, capacity in ((Role.MENTOR, enrolment.mentor_capacity), (Role.MENTEE, enrolment.mentee_capacity))
        if capacity
    )
