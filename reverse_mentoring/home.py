"""What the home page shows: next steps of every app, one's pairs, programmes to join; for HR what waits for HR."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, Q
from django.urls import reverse

import goals.dashboard
import goals.rows
import matching.dashboard
import mentoring.dashboard
from insights.models.need import needs_seen_by
from mentoring.dashboard.mine import Mine
from mentoring.dashboard.pairs import Row, row_of
from mentoring.models import Meeting, Pair, Person, Programme, Skill, User
from mentoring.models.pair import OPEN
from mentoring.panels import NextStep
from mentoring.prepared import KEY, MOMENT, prepared
from mentoring.seldom import seldom_counted
from reverse_mentoring.navigation import address

Panels = Callable[[Person, dt.datetime, Mine], list[NextStep]]
PANELS: tuple[Panels, ...] = (
    mentoring.dashboard.home_panels,
    goals.dashboard.home_panels,
    matching.dashboard.home_panels,
)

HOME_LISTS = {
    **mentoring.dashboard.mine.HOME_LISTS, **mentoring.dashboard.meetings.HOME_LISTS,
    **goals.rows.HOME_LISTS, **matching.dashboard.HOME_LISTS,
}  # fmt: skip
_THERE_IS = prepared(
    lambda person, now: (
        Person.objects.filter(pk=person)
        .order_by()
        .values_list(*(Exists(found(person, now).order_by()) for found in HOME_LISTS.values()))
    ),
    KEY,
    MOMENT,
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


def mine_of(person: Person, now: dt.datetime) -> Mine:
    """With what there is of those lists that are mostly empty, asked at once."""
    return Mine(person, now, dict(zip(HOME_LISTS, *_THERE_IS(person.pk, now), strict=True)))


def next_steps(mine: Mine) -> list[NextStep]:
    """The most urgent first; among equals in the order in which the apps name them."""
    steps = (step for panels in PANELS for step in panels(mine.person, mine.now, mine))
    return sorted(steps, key=lambda step: step.urgency)


def greeting(person: Person, now: dt.datetime) -> str:
    hour = now.astimezone(person.zone).hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    return f"Good {part}, {person.name.split()[0]}"


def pair_cards(mine: Mine) -> list[PairCard]:
    """Open pairs that the person may know of: running ones first, in the order of their next meeting."""
    opened = [pair for pair in mine.known_pairs if pair.status in OPEN]
    cards = [_card(pair, mine) for pair in sorted(opened, key=lambda pair: pair.opened_at, reverse=True)]
    return sorted(cards, key=lambda card: (not card.row.pair.is_running, _last_if_none(card.next_meeting)))


def _card(pair: Pair, mine: Mine) -> PairCard:
    meetings = mine.meetings[pair.pk]
    coming = (meeting.starts_at for meeting in meetings if meeting.is_ahead(mine.now))
    held = sum(meeting.status == Meeting.Status.HELD for meeting in meetings)
    return PairCard(row=row_of(pair, mine.person), next_meeting=next(coming, None), held=held)


def _last_if_none(moment: dt.datetime | None) -> tuple[bool, float]:
    return (moment is None, moment.timestamp() if moment else 0)


def programmes_to_join(mine: Mine, besides: Sequence[NextStep] = ()) -> list[Programme]:
    """Open for enrolment, without this person's yes so far, and not among the next steps already."""
    shown = {step.url for step in besides}
    found = mine.programmes_to_join
    return [each for each in found if reverse("programme-detail", args=[each.pk]) not in shown][:MOST_PROGRAMMES]


def onboarding_steps(person: Person) -> list[Step]:
    """Where a newcomer stands; empty once they are through."""
    at = person.onboarding_step
    if at > len(ONBOARDING):
        return []
    return [Step(name=name, done=number < at, here=number == at) for number, name in enumerate(ONBOARDING, 1)]


_NEW_SKILLS = prepared(lambda: Skill.objects.proposed().order_by().values("status").values_list(Count("pk"), flat=True))


def _running() -> dict[str, int]:
    """How many pairs run, and how many of them are mutual exchanges."""
    return Pair.objects.running().aggregate(all=Count("pk"), exchanges=Count("pk", filter=Q(is_exchange=True)))


def figures_for_hr(user: User) -> list[Figure]:
    """What HR keeps an eye on across all programmes; five queries at most.

    Those that need a hand are as of the last roll-up, and nobody's own pair is among them. Of more than a thousand each
    number is up to a minute old.
    """
    in_need = needs_seen_by(user)
    suggested = sum(matching.dashboard.waiting().values())
    skills = sum(_NEW_SKILLS())
    running = seldom_counted("pairs:running", _running)
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
