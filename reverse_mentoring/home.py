"""What the home page shows: next steps of every app, one's pairs, programmes to join; for HR what waits for HR."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone

import goals.dashboard
import matching.dashboard
import mentoring.dashboard
from insights.figures.needs import needing_a_hand
from matching.models import Suggestion
from mentoring.dashboard.pairs import Row, row_of
from mentoring.models import Enrolment, Meeting, Pair, Person, Programme, Skill
from mentoring.models.pair import RUNNING
from mentoring.panels import NextStep
from reverse_mentoring.navigation import address

Panels = Callable[[Person, dt.datetime], list[NextStep]]
PANELS: tuple[Panels, ...] = (
    mentoring.dashboard.home_panels,
    goals.dashboard.home_panels,
    matching.dashboard.home_panels,
)

MOST_PROGRAMMES = 4
ONBOARDING = ("Who you are", "What you could teach", "What you want to learn", "How you like to meet")


@dataclass(frozen=True, kw_only=True)
class PairCard:
    """One of a person's open pairs, as they see it, with its meetings."""

    row: Row
    next_meeting: dt.datetime | None
    held: int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number that HR keeps an eye on, and the page behind it."""

    label: str
    value: int
    note: str
    url: str
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the onboarding, for components/steps.html."""

    name: str
    done: bool
    here: bool


def next_steps(person: Person, now: dt.datetime) -> list[NextStep]:
    """The most urgent first; among equals in the order in which the apps name them."""
    return sorted((step for panels in PANELS for step in panels(person, now)), key=lambda step: step.urgency)


def greeting(person: Person, now: dt.datetime) -> str:
    hour = now.astimezone(person.zone).hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    return f"Good {part}, {person.name.split()[0]}"


def pair_cards(person: Person, now: dt.datetime) -> list[PairCard]:
    """Open pairs that the person may know of: running ones first, in the order of their next meeting."""
    coming = Meeting.objects.planned().filter(pair=OuterRef("pk"), starts_at__gte=now).order_by("starts_at")
    pairs = (
        Pair.objects.known_to(person)
        .open()
        .with_people()
        .select_related("return_skill")
        .annotate(
            next_meeting=Subquery(coming.values("starts_at")[:1]),
            held=Count("meetings", filter=Q(meetings__status=Meeting.Status.HELD)),
            rank=Case(When(status__in=RUNNING, then=Value(0)), default=Value(1), output_field=IntegerField()),
        )
        .order_by("rank", "next_meeting", "-opened_at", "pk")
    )
    return [_card(pair, person) for pair in pairs]


def _card(pair: Any, person: Person) -> PairCard:
    return PairCard(row=row_of(pair, person), next_meeting=pair.next_meeting, held=pair.held)


def programmes_to_join(person: Person, besides: Sequence[NextStep] = ()) -> list[Programme]:
    """Open for enrolment, without this person's yes so far, and not among the next steps already."""
    shown = {step.url for step in besides}
    mine = Enrolment.objects.enrolled().filter(programme=OuterRef("pk"), person=person)
    opened = Programme.objects.for_person(person).open_for_enrolment(timezone.localdate())
    found = opened.filter(~Exists(mine)).order_by("enrol_until", "pk")[: MOST_PROGRAMMES + len(shown)]
    return [each for each in found if reverse("programme-detail", args=[each.pk]) not in shown][:MOST_PROGRAMMES]


def onboarding_steps(person: Person) -> list[Step]:
    """Where a newcomer stands; empty once they are through."""
    at = person.onboarding_step
    if at > len(ONBOARDING):
        return []
    return [Step(name=name, done=number < at, here=number == at) for number, name in enumerate(ONBOARDING, 1)]


def figures_for_hr(now: dt.datetime, *, seen_by: int) -> list[Figure]:
    """What HR keeps an eye on across all programmes; four queries.

    One's own pair is not counted among those in need: the number would tell that the partner asked for help.
    """
    others = Pair.objects.filter(kind=Pair.Kind.PROGRAMME).exclude(Q(mentor=seen_by) | Q(mentee=seen_by))
    in_need = needing_a_hand(others, now).count()
    suggested = Suggestion.objects.proposed().count()
    skills = Skill.objects.proposed().count()
    running = Pair.objects.running().aggregate(all=Count("pk"), exchanges=Count("pk", filter=Q(is_exchange=True)))
    return [
        Figure(
            label="Running pairs",
            value=running["all"],
            note=f"{running['exchanges']} of them mutual exchanges",
            url=address("dashboard"),
            tone="accent",
        ),
        Figure(label="Pairs that need a hand", value=in_need, note="see why, and what helps", url=address("all-needs")),
        Figure(label="Suggestions to decide on", value=suggested, note="two people each", url=address("approval-list")),
        Figure(label="Skills to review", value=skills, note="proposed by people", url=address("skill-review")),
    ]
