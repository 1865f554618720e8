"""A random programme with a history of four months, written row by row: what the figures are recounted over."""

import datetime as dt
from random import Random

from django.utils import timezone

from goals.models import Agreement, AgreementVersion, CheckIn, Goal, GoalRating, Milestone, Signature
from mentoring.models import Enrolment, Impression, Meeting, Pair, Person, Programme
from tests.builders import make_enrolment, make_pair, make_person, make_programme, make_skill

NOW = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)
DEPARTMENTS, SITES = ("Finance", "Legal", "Sales"), ("London", "Leeds")


def ago(random: Random, earliest: int, latest: int = 0) -> dt.datetime:
    """Some time between so many days ago."""
    return NOW - dt.timedelta(minutes=random.randint(latest * 1440, earliest * 1440))


def make_history(*, seed: int, pairs: int = 24) -> Programme:
    random = Random(seed)
    programme = make_programme(name=f"Round {seed}")
    people = [_person(random) for _ in range(2 * pairs)]
    for person in people:
        make_enrolment(person=person, programme=programme)
        Enrolment.objects.filter(person=person).update(enrolled_at=ago(random, 140, 100))
    for mentor, mentee in zip(people[:pairs], people[pairs:], strict=True):
        _pair(random, programme, mentor, mentee)
    return programme


def _person(random: Random) -> Person:
    return make_person(
        level=random.randint(1, 8), department=random.choice(DEPARTMENTS), site=random.choice(SITES),
        joined_on=dt.date(2010, 1, 1) + dt.timedelta(days=random.randint(0, 5000)),
    )  # fmt: skip


def _pair(random: Random, programme: Programme, mentor: Person, mentee: Person) -> None:
    status = random.choice(["active"] * 5 + ["paused", "completed", "ended", "asking_junior"])
    started = ago(random, 99, 20)
    fields = {} if status == "asking_junior" else {"started_at": started}
    if status in ("completed", "ended"):
        fields |= {"finished_at": started + (NOW - started) * random.random()}
        fields |= {"ended_by": random.choice([mentor, mentee, None])} if status == "ended" else {}
    pair = make_pair(
        programme=programme, mentor=mentor, mentee=mentee, status=status, is_exchange=random.random() < 0.5,
        return_skill=make_skill(name="Negotiation"), **fields,
    )  # fmt: skip
    if status != "asking_junior":
        until = pair.finished_at or NOW
        _meetings(random, pair, until)
        _agreement(random, pair)
        for person in pair.people:
            _check_ins(random, pair, person, until)
            _goal(random, pair, person, until)


def _meetings(random: Random, pair: Pair, until: dt.datetime) -> None:
    assert pair.started_at
    for _ in range(random.randint(0, 5)):
        status = random.choice(["held", "held", "held", "cancelled", "not_held"])
        at = pair.started_at + (until - pair.started_at) * random.random()
        meeting = Meeting.objects.create(
            pair=pair, starts_at=at, ends_at=at + dt.timedelta(hours=1), status=status, planned_by=pair.mentor,
            cancelled_by=random.choice([pair.mentor, pair.mentee]) if status == "cancelled" else None,
        )  # fmt: skip
        Meeting.objects.filter(pk=meeting.pk).update(created_at=at - dt.timedelta(days=random.randint(1, 40)))
        if status == "held":
            _impressions(meeting, pair)
    if pair.is_running and random.random() < 0.6:
        at = NOW + dt.timedelta(days=random.randint(1, 30))
        meeting = Meeting.objects.create(pair=pair, starts_at=at, ends_at=at + dt.timedelta(hours=1))
        Meeting.objects.filter(pk=meeting.pk).update(created_at=ago(random, 30))


def _impressions(meeting: Meeting, pair: Pair) -> None:
    """By a lot of its own, so that nothing else shifts."""
    lot = Random(str(meeting.starts_at))
    for person in pair.people:
        learned, talked = lot.choice(["both", "one", "nobody", ""]), lot.choice(["even", "me", "other", ""])
        Impression.objects.create(meeting=meeting, person=person, learned=learned, talked=talked)


def _agreement(random: Random, pair: Pair) -> None:
    if random.random() < 0.8:
        agreement = Agreement.objects.create(pair=pair)
        if random.random() < 0.4:
            agreement.mentor_shares.add(pair.skill)
            agreement.mentee_shares.add(make_skill(name="Negotiation"))
        version = AgreementVersion.objects.create(agreement=agreement, number=1, content=[])
        for person in random.choice([pair.people, pair.people[:1]]):
            Signature.objects.create(version=version, person=person)


def _check_ins(random: Random, pair: Pair, person: Person, until: dt.datetime) -> None:
    assert pair.started_at
    for number in range(1, random.randint(1, 5)):
        due = pair.started_at + (until - pair.started_at) * random.random()
        answered = random.random() < 0.8
        row = CheckIn(
            pair=pair, person=person, number=number, due_at=due, status="answered" if answered else "lapsed",
            lapses_at=due + dt.timedelta(days=3),
        )  # fmt: skip
        if answered:
            row.answered_at = due + dt.timedelta(days=1)
            row.happiness, row.information, row.progress = (random.randint(2, 4) for _ in "hip")
        row.save()


def _goal(random: Random, pair: Pair, learner: Person, until: dt.datetime) -> None:
    assert pair.started_at
    life = until - pair.started_at
    closed = pair.started_at + life * (0.5 + random.random() / 2) if random.random() < 0.5 else None
    goal = Goal.objects.create(
        pair=pair, learner=learner, title="Learn it", level_at_start=random.randint(0, 2),
        level_now=random.randint(2, 5), status="reached" if closed else "open", closed_at=closed,
        created_at=pair.started_at, due_on=NOW.date() if random.random() < 0.7 else None,
    )  # fmt: skip
    # Sorted, as a set of days has another order in each process.
    days = sorted({(pair.started_at + life * random.random()).date() for _ in range(3)})
    GoalRating.objects.bulk_create(GoalRating(goal=goal, day=day, progress=random.randint(0, 100)) for day in days)
    Milestone.objects.create(goal=goal, title="A step", done_at=pair.started_at + life * random.random())


def month_of(moment: dt.datetime | dt.date) -> dt.date:
    day = moment.astimezone(dt.UTC).date() if isinstance(moment, dt.datetime) else moment
    return day.replace(day=1)


def is_over(month: dt.date) -> bool:
    """Whether its private answers are published."""
    return month < month_of(timezone.localtime(NOW))
