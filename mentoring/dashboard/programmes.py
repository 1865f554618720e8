"""Panels on programmes: data in, named records out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from mentoring import programme_words as words
from mentoring.dashboard.after import new_pair_offers
from mentoring.dashboard.mine import Mine
from mentoring.models import Enrolment, Pair, Person, Programme, User
from mentoring.panels import NextStep
from mentoring.programme_words import rhythm, until
from notifications.rendering import markdown_html

SOON = dt.timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A programme as one reader sees it in the list."""

    programme: Programme
    enrolment: Enrolment | None
    until: str
    rhythm: str
    enrolled: int | None  # for HR


@dataclass(frozen=True, kw_only=True)
class Group:
    title: str
    icon: str
    rows: Sequence[Row]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What HR sees of a programme at a glance. Who of two has answered is not among it."""

    enrolled: int
    in_pair: int
    asking: int
    beginning: int
    running: int
    completed: int


def rows_for(user: User, today: dt.date) -> list[Group]:
    """The programmes this user may see: to join, their own, drafts for HR, those to come, those that are over."""
    programmes = list(Programme.objects.visible_to(user).order_by("-starts_on", "name", "pk"))
    mine = {e.programme_id: e for e in Enrolment.objects.enrolled().filter(person=user.pk)}
    counts = _enrolled_counts() if user.is_hr else {}
    groups: dict[str, list[Row]] = {"Open for enrolment": [], "Mine": [], "Drafts": [], "Running": [], "Over": []}
    for programme in programmes:
        enrolment = mine.get(programme.pk)
        row = Row(
            programme=programme, enrolment=enrolment, until=until(programme.enrol_until, today),
            rhythm=rhythm(programme), enrolled=counts.get(programme.pk, 0) if user.is_hr else None,
        )  # fmt: skip
        groups[_group_of(programme, enrolment, today)].append(row)
    icons = {
        "Open for enrolment": "door-open",
        "Mine": "sprout",
        "Drafts": "pencil",
        "Running": "calendar",
        "Over": "archive",
    }
    return [Group(title=title, icon=icons[title], rows=rows) for title, rows in groups.items() if rows]


def _group_of(programme: Programme, enrolment: Enrolment | None, today: dt.date) -> str:
    if programme.status == Programme.Status.DRAFT:
        return "Drafts"
    if programme.status == Programme.Status.CLOSED or programme.ends_on < today:
        return "Over"
    if enrolment:
        return "Mine"
    return "Open for enrolment" if programme.enrol_from <= today <= programme.enrol_until else "Running"


def _enrolled_counts() -> dict[int, int]:
    enrolled = Enrolment.objects.enrolled().order_by().values("programme").annotate(number=Count("pk"))
    return dict(enrolled.values_list("programme", "number"))


def figures(programme: Programme) -> Figures:
    pairs = programme.pairs.aggregate(
        asking=Count("pk", filter=Q(pk__in=Pair.objects.asking().values("pk"))),
        beginning=Count("pk", filter=Q(status=Pair.Status.BEGINNING)),
        running=Count("pk", filter=Q(pk__in=Pair.objects.running().values("pk"))),
        completed=Count("pk", filter=Q(status=Pair.Status.COMPLETED)),
    )
    running = programme.pairs.running()
    in_pair = Person.objects.filter(Q(pk__in=running.values("mentor")) | Q(pk__in=running.values("mentee")))
    return Figures(enrolled=programme.enrolments.enrolled().count(), in_pair=in_pair.count(), **pairs)


def page_of_programme(programme: Programme) -> dict[str, object]:
    """What its page tells everybody who may see it."""
    return {
        "programme": programme,
        "rhythm": words.rhythm(programme),
        "rules": words.rules(programme),
        "audience": words.audience(programme),
        "until": until(programme.enrol_until, timezone.localdate()),
        "guide": markdown_html(programme.guide),
    }


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something a profile lacks that the matching would use."""

    what: str
    why: str
    url: str
    link: str


def missing_for_matching(person: Person) -> list[Gap]:
    """Nothing of it is demanded; each says what it is good for."""
    profile = {"url": reverse("profile-edit"), "link": "Complete your profile"}
    gaps = []
    if person.grade_id is None:
        gaps.append(
            Gap(
                what="Your grade",
                why="The mentor usually stands below the mentee; without it you fit fewer people.",
                **profile,
            )
        )
    if person.department_id is None:
        gaps.append(Gap(what="Your department", why="Pairs that bridge departments are preferred.", **profile))
    if not person.offers.exists():
        gaps.append(
            Gap(
                what="Skills to share",
                why="You can only be a mentor in what you offer.",
                url=reverse("inventory"),
                link="Add a skill",
            )
        )
    if not person.wishes.exists():
        gaps.append(
            Gap(
                what="Skills to learn",
                why="You can only be a mentee in what you wish for.",
                url=reverse("inventory"),
                link="Add a wish",
            )
        )
    return gaps


def home_panels(person: Person, now: dt.datetime, mine: Mine | None = None) -> list[NextStep]:
    """The programme to join whose time is up first, and what keeps an enrolled person from being matched."""
    mine = mine or Mine(person, now)
    first, enrolments = mine.programmes_to_join[:1], mine.enrolments
    return [
        *(_to_join(programme, timezone.localdate(now)) for programme in first),
        *_to_fill_in(mine),
        *new_pair_offers(enrolments, now),
    ]


def _to_join(programme: Programme, today: dt.date) -> NextStep:
    return NextStep(
        title=f"Join “{programme}”",
        sentence=f"Open for enrolment {until(programme.enrol_until, today)}. {rhythm(programme)}.",
        url=reverse("programme-detail", args=[programme.pk]), button="See what it is about", icon="sprout",
        urgency=30 if programme.enrol_until - today <= SOON else 50,
    )  # fmt: skip


def _to_fill_in(mine: Mine) -> list[NextStep]:
    """Somebody said yes to a role in which the matching has nothing to go by."""
    if not mine.enrolments:
        return []
    offers, wishes = mine.inventory
    teaches = any(e.mentor_capacity for e in mine.enrolments) and not offers
    learns = any(e.mentee_capacity for e in mine.enrolments) and not wishes
    if not teaches and not learns:
        return []
    return [
        NextStep(
            title="Add to your skills",
            sentence="You are enrolled, but your list of skills "
            + ("is empty" if teaches and learns else "has nothing to teach" if teaches else "has nothing to learn")
            + ", so nobody can be found for you yet.",
            url=reverse("inventory"), button="My skills", icon="sparkles", urgency=20,
        )
    ]  # fmt: skip
