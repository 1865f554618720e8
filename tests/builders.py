"""Makes what a test needs. Alice is junior, Bob is senior, Charlie is a stranger to both, Dana works in HR."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from goals.models import CheckIn, Goal, Rating, Sheet, Statement, Survey
from matching.models import MatchingRun, Suggestion
from mentoring.actions import beginnings
from mentoring.models import (
    AgreedStep,
    Department,
    Enrolment,
    Grade,
    Invitation,
    Meeting,
    Pair,
    PairConcern,
    PeopleImport,
    Person,
    PrivateNote,
    Programme,
    RatherNotList,
    Role,
    Seat,
    Site,
    Skill,
    SkillCategory,
    SkillOffer,
    SkillWish,
    User,
)

PASSWORD = "reverse-mentoring"
# Whoever works all hours gets mail at once, whenever the tests run.
ALL_HOURS: dict[str, Any] = {
    "work_starts": dt.time(0),
    "work_ends": dt.time(23, 59),
    "working_days": [1, 2, 3, 4, 5, 6, 7],
}
_numbers = itertools.count(1)


def make_department(*, name: str = "Marketing") -> Department:
    return Department.objects.get_or_create(name=name)[0]


def make_site(*, name: str = "London", time_zone: str = "Europe/London") -> Site:
    return Site.objects.get_or_create(name=name, defaults={"time_zone": time_zone})[0]


def make_grade(*, level: int = 3) -> Grade:
    return Grade.objects.get_or_create(level=level, defaults={"name": f"Grade {level}"})[0]


def make_person(
    *, name: str = "", email: str = "", level: int = 3, department: str = "Marketing", site: str = "London",
    is_hr: bool = False, onboarded: bool = True, **fields: Any,
) -> Person:  # fmt: skip
    """An employee who has finished onboarding, with PASSWORD."""
    number = next(_numbers)
    name = name or f"Person {number}"
    email = email or f"{name.split()[0].lower()}{number}@demo.example"
    person = User.objects.create_user(email, PASSWORD, name=name, is_hr=is_hr).person
    person.user.emailaddress_set.create(email=person.user.email, verified=True, primary=True)
    person.department, person.site, person.grade = (
        make_department(name=department),
        make_site(name=site),
        make_grade(level=level),
    )
    person.job_title, person.joined_on, person.time_zone = "Specialist", dt.date(2024, 1, 8), person.site.time_zone
    person.onboarding_step = 5 if onboarded else 1
    for field, value in fields.items():
        setattr(person, field, value)
    person.save()
    return person


def make_alice(**fields: Any) -> Person:
    return make_person(**{"name": "Alice", "level": 2, **fields})


def make_bob(**fields: Any) -> Person:
    return make_person(**{"name": "Bob", "level": 7, "department": "Finance", **fields})


def make_charlie(**fields: Any) -> Person:
    return make_person(**{"name": "Charlie", "level": 4, "department": "Sales", **fields})


def make_dana(**fields: Any) -> Person:
    """Works in HR."""
    return make_person(**{"name": "Dana", "level": 5, "department": "People", "is_hr": True, **fields})


def make_partner(**fields: Any) -> Person:
    """From outside the company, with a year to go."""
    until = timezone.localdate() + dt.timedelta(days=365)
    defaults: dict[str, Any] = {
        "name": "Paula", "email": f"paula{next(_numbers)}@partner.example", "kind": Person.Kind.PARTNER,
        "partner_until": until, "confidential_since": timezone.now(),
    }  # fmt: skip
    return make_person(**{**defaults, **fields})


def make_invitation(*, email: str = "", kind: str = Person.Kind.EMPLOYEE, **fields: Any) -> Invitation:
    if kind == Person.Kind.PARTNER:
        fields.setdefault("partner_until", timezone.localdate() + dt.timedelta(days=180))
    return Invitation.objects.create(email=email or f"invited{next(_numbers)}@partner.example", kind=kind, **fields)


def make_concern(*, pair: Pair | None = None, reason: str = "line", **fields: Any) -> PairConcern:
    """Two others of a programme of their own stand in one reporting line, unless told otherwise."""
    pair = pair or make_pair(mentor=make_person(name="Uma"), mentee=make_person(name="Vic"))
    return PairConcern.objects.create(pair=pair, reason=reason, **{"sentence": "Uma reports to Vic by now.", **fields})


def make_import(*, status: str = PeopleImport.Status.READY, **fields: Any) -> PeopleImport:
    """Of a file with nobody in it."""
    head = ["employee_number", "name", "email"]
    defaults = {"file_name": "people.csv", "headings": head, "columns": head, "read_as": "CSV"}
    return PeopleImport.objects.create(status=status, **{**defaults, **fields})


def make_skill(*, name: str = "Social media", category: str = "Marketing and media", **fields: Any) -> Skill:
    slug = category.lower().replace(" ", "-")
    group = SkillCategory.objects.get_or_create(name=category, defaults={"slug": slug})[0]
    return Skill.objects.get_or_create(name=name, defaults={"category": group, **fields})[0]


def make_offer(*, person: Person, skill: Skill | None = None, level: int = 4, **fields: Any) -> SkillOffer:
    return SkillOffer.objects.create(person=person, skill=skill or make_skill(), level=level, **fields)


def make_wish(
    *, person: Person, skill: Skill | None = None, priority: int = 1, present: int = 1, wanted: int = 4
) -> SkillWish:
    return SkillWish.objects.create(
        person=person, skill=skill or make_skill(), priority=priority, present=present, wanted=wanted
    )


def make_programme(*, name: str = "", status: str = Programme.Status.LAUNCHED, **fields: Any) -> Programme:
    """Launched, open for enrolment today, half a year long."""
    today = timezone.localdate()
    defaults: dict[str, Any] = {
        "purpose": "Learn from each other across levels.",
        "enrol_from": today - dt.timedelta(days=14),
        "enrol_until": today + dt.timedelta(days=14),
        "starts_on": today,
        "ends_on": today + dt.timedelta(days=182),
    }
    name = name or f"Programme {next(_numbers)}"
    return Programme.objects.create(name=name, status=status, **{**defaults, **fields})


def make_enrolment(
    *, person: Person, programme: Programme, mentor_capacity: int = 1, mentee_capacity: int = 1
) -> Enrolment:
    """Enrolled, with its seats."""
    enrolment = Enrolment.objects.create(
        person=person, programme=programme, mentor_capacity=mentor_capacity, mentee_capacity=mentee_capacity,
        enrolled_at=timezone.now(),
    )  # fmt: skip
    for role, capacity in ((Role.MENTOR, mentor_capacity), (Role.MENTEE, mentee_capacity)):
        Seat.objects.bulk_create(Seat(enrolment=enrolment, role=role, number=n + 1) for n in range(capacity))
    return enrolment


def _free_seat(person: Person, programme: Programme, role: Role) -> Seat:
    if not Enrolment.objects.filter(person=person, programme=programme).exists():
        make_enrolment(person=person, programme=programme)
    return Seat.objects.free().filter(enrolment__person=person, enrolment__programme=programme, role=role).first()  # type: ignore[return-value]


def make_pair(
    *, mentor: Person | None = None, mentee: Person | None = None, programme: Programme | None = None,
    status: str = Pair.Status.ACTIVE, kind: str = Pair.Kind.PROGRAMME, skill: Skill | None = None, **fields: Any,
) -> Pair:  # fmt: skip
    """Alice mentors Bob unless told otherwise; active, both enrolled and holding their seats."""
    mentor, mentee = mentor or make_alice(), mentee or make_bob()
    now = timezone.now()
    if kind == Pair.Kind.PROGRAMME:
        programme = programme or make_programme()
        fields.setdefault("mentor_seat", _free_seat(mentor, programme, Role.MENTOR))
        fields.setdefault("mentee_seat", _free_seat(mentee, programme, Role.MENTEE))
    junior = mentor if (mentor.level or 0) <= (mentee.level or 0) else mentee
    if status in ("active", "paused", "completed", "ended"):
        fields.setdefault("started_at", now)
        fields.setdefault("both_know_since", now)
        fields.setdefault("mentor_briefed_at", now)
        fields.setdefault("mentee_briefed_at", now)
    if status in ("beginning", "parted"):
        fields = {"begun_at": now, "both_know_since": now, "with_introduction": True, **fields}
        fields.setdefault("answer_by", now + dt.timedelta(days=17))
    if status == Pair.Status.ASKING_SENIOR or kind == Pair.Kind.QUICK:
        fields.setdefault("both_know_since", now)
    if status in ("completed", "ended", "declined", "expired", "withdrawn", "parted"):
        fields.setdefault("finished_at", now)
    return Pair.objects.create(
        programme=programme, mentor=mentor, mentee=mentee, junior=junior, skill=skill or make_skill(), kind=kind,
        status=status, **fields,
    )  # fmt: skip


def let_start(pair: Pair) -> Pair:
    """Both read their briefing, meet, and say that they would like to go on."""
    for person in pair.people:
        pair = beginnings.confirm_briefing(pair, by=person)
    if pair.with_introduction:
        make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(hours=1), status=Meeting.Status.HELD)
        for person in pair.people:
            pair = beginnings.say(pair, by=person, goes_on=True)
    return pair


def make_meeting(
    *, pair: Pair, starts_at: dt.datetime | None = None, minutes: int = 45, status: str = Meeting.Status.PLANNED,
    **fields: Any,
) -> Meeting:  # fmt: skip
    """Tomorrow, unless told otherwise."""
    starts_at = starts_at or timezone.now() + dt.timedelta(days=1)
    if status == Meeting.Status.CANCELLED:
        fields.setdefault("cancelled_by", pair.mentor)
    return Meeting.objects.create(
        pair=pair, starts_at=starts_at, ends_at=starts_at + dt.timedelta(minutes=minutes), status=status,
        planned_by=pair.mentor, **fields,
    )  # fmt: skip


def make_run(
    *, programme: Programme | None = None, status: str = MatchingRun.Status.DONE, **fields: Any
) -> MatchingRun:
    """Done, unless told otherwise."""
    if status == MatchingRun.Status.DONE:
        fields.setdefault("finished_at", timezone.now())
    return MatchingRun.objects.create(programme=programme or make_programme(), status=status, **fields)


def make_suggestion(
    *, mentor: Person | None = None, mentee: Person | None = None, programme: Programme | None = None,
    skill: Skill | None = None, status: str = Suggestion.Status.PROPOSED, score: int = 80, **fields: Any,
) -> Suggestion:  # fmt: skip
    """Of a run: Alice could mentor Bob. Both are enrolled; it waits for HR."""
    programme, mentor, mentee = programme or make_programme(), mentor or make_alice(), mentee or make_bob()
    _enrol_both(programme, mentor, mentee)
    fields.setdefault("criteria", [{"name": "skill_fit", "points": score, "sentence": "A sentence on the skill."}])
    return Suggestion.objects.create(
        programme=programme, mentor=mentor, mentee=mentee, skill=skill or make_skill(), status=status, score=score,
        **fields,
    )  # fmt: skip


def make_request(
    *, asked_by: Person | None = None, asked: Person | None = None, programme: Programme | None = None,
    skill: Skill | None = None, status: str = Suggestion.Status.ASKED, **fields: Any,
) -> Suggestion:  # fmt: skip
    """Alice asks Bob to learn from her. Both are enrolled; Bob has a week to answer."""
    programme, asked_by, asked = programme or make_programme(), asked_by or make_alice(), asked or make_bob()
    _enrol_both(programme, asked_by, asked)
    now = timezone.now()
    if status not in (Suggestion.Status.ASKED, Suggestion.Status.DECLINED):
        fields.setdefault("both_said_yes_at", now)
    fields = {
        "mentor": asked_by, "mentee": asked, "answer_by": now + dt.timedelta(days=7),
        "remind_at": now + dt.timedelta(days=3), **fields,
    }  # fmt: skip
    return Suggestion.objects.create(
        programme=programme, asked_by=asked_by, asked=asked, skill=skill or make_skill(), status=status,
        origin=Suggestion.Origin.REQUEST, **fields,
    )  # fmt: skip


def _enrol_both(programme: Programme, *people: Person) -> None:
    for person in people:
        if not Enrolment.objects.filter(programme=programme, person=person).exists():
            make_enrolment(person=person, programme=programme)


def make_rather_not(*, person: Person, others: list[Person]) -> RatherNotList:
    kept = RatherNotList(person=person)
    kept.person_ids = [other.pk for other in others]
    kept.save()
    return kept


def make_check_in(*, pair: Pair, person: Person, number: int = 1, **fields: Any) -> CheckIn:
    """Asked for yesterday and waiting, unless told otherwise; answered ones are whole."""
    now = timezone.now()
    defaults: dict[str, Any] = {"due_at": now - dt.timedelta(days=1), "lapses_at": now + dt.timedelta(days=9)}
    if fields.get("status") == CheckIn.Status.ANSWERED:
        defaults |= {"happiness": 4, "information": 4, "progress": 3, "answered_at": now}
    return CheckIn.objects.create(pair=pair, person=person, number=number, **{**defaults, **fields})


def make_goal(*, pair: Pair, learner: Person | None = None, title: str = "Post once a week", **fields: Any) -> Goal:
    """Of the mentee, open."""
    if fields.get("status") in ("reached", "dropped"):
        fields.setdefault("closed_at", timezone.now())
    return Goal.objects.create(pair=pair, learner=learner or pair.mentee, title=title, **fields)


def make_step(
    *, pair: Pair, owner: Person | None = None, text: str = "Try three hashtags", **fields: Any
) -> AgreedStep:
    """A next step that the mentor has taken on, unless told otherwise."""
    return AgreedStep.objects.create(pair=pair, owner=owner or pair.mentor, text=text, **fields)


def make_note(*, pair: Pair, author: Person | None = None, text: str = "For me alone", **fields: Any) -> PrivateNote:
    """A private note on the pair, the mentor's unless told otherwise."""
    return PrivateNote.objects.create(pair=pair, author=author or pair.mentor, text=text, **fields)


def make_survey(*, programme: Programme | None = None, statements: int = 1, **fields: Any) -> Survey:
    """Open, with statements of which none is reversed."""
    fields.setdefault("name", f"Survey {next(_numbers)}")
    survey = Survey.objects.create(programme=programme or make_programme(), **{"status": "open", **fields})
    Statement.objects.bulk_create(Statement(survey=survey, number=n, text=f"Statement {n}") for n in range(statements))
    return survey


def make_sheet(*, survey: Survey, person: Person, time: str = "start", values: list[int] | None = None) -> Sheet:
    """Asked for since yesterday; answered where `values` has a number for each statement."""
    now = timezone.now()
    sheet = Sheet.objects.create(
        survey=survey, person=person, time=time, due_at=now - dt.timedelta(days=1), asked=1,
        lapses_at=now + dt.timedelta(days=9), status="answered" if values else "waiting",
        answered_at=now if values else None,
    )  # fmt: skip
    Rating.objects.bulk_create(
        Rating(sheet=sheet, statement=statement, value=value)
        for statement, value in zip(survey.statements.all(), values or [], strict=False)
    )
    return sheet
