"""Pairs that need a hand, each with its reason in words and what HR could do; never with a private word."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, cast

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from goals.models import AgreementVersion, Brainstorm, CheckIn, Goal, Hand
from mentoring.models import Meeting, Pair, Programme
from mentoring.models.pair import PairQuerySet

QUIET = dt.timedelta(days=30)  # without a meeting
BEGIN = dt.timedelta(days=21)  # without a first meeting, or without a signed agreement


@dataclass(frozen=True)
class PairInNeed:
    """A running pair, why it needs a hand (the gravest reason first), and what could be done about it."""

    pair: Pair
    reasons: list[str]
    proposal: str


class Signs(Protocol):
    """What `in_need` adds to a pair."""

    started_at: dt.datetime | None
    last_met: dt.datetime | None
    will_meet: bool
    asked_for_help: bool
    helped_name: str
    has_signed: bool
    has_overdue_goal: bool
    is_stuck: bool


def in_need(programme: Programme, now: dt.datetime, *, seen_by: int) -> QuerySet[Pair]:
    """The programme's pairs that need a hand.

    Whoever works in HR does not see their own pair: they would learn that their partner asked for help.
    """
    among = Pair.objects.filter(programme=programme).exclude(Q(mentor=seen_by) | Q(mentee=seen_by))
    return needing_a_hand(among, now)


def needing_a_hand(among: PairQuerySet, now: dt.datetime) -> QuerySet[Pair]:
    """Active pairs with at least one of the reasons, those that asked for help first, then the longest quiet."""
    upcoming = Meeting.objects.planned().filter(pair=OuterRef("pk"), starts_at__gte=now)
    asked = (
        CheckIn.objects.answered()
        .filter(pair=OuterRef("pk"), help_wanted=CheckIn.Help.HR, answered_at__gte=now - 2 * QUIET)
        .exclude(hand__status=Hand.Status.CLOSED)
    )
    signed = AgreementVersion.objects.annotate(hands=Count("signatures")).filter(
        agreement__pair=OuterRef("pk"), hands__gte=2
    )
    overdue = Goal.objects.open().filter(pair=OuterRef("pk"), due_on__lt=now.date())
    return (
        among.active()
        .annotate(
            last_met=Max("meetings__starts_at", filter=Q(meetings__status=Meeting.Status.HELD)),
            will_meet=Exists(upcoming),
            asked_for_help=Exists(asked),
            helped_name=Subquery(asked.order_by("-answered_at").values("person__name")[:1]),
            has_signed=Exists(signed),
            has_overdue_goal=Exists(overdue),
            is_stuck=Exists(Brainstorm.objects.of_which_hr_knows(now).filter(pair=OuterRef("pk"))),
        )
        .filter(
            Q(asked_for_help=True)
            | Q(is_stuck=True)
            | Q(has_overdue_goal=True)
            | Q(has_signed=False, started_at__lt=now - BEGIN)
            | Q(will_meet=False, last_met__isnull=True, started_at__lt=now - BEGIN)
            | Q(will_meet=False, last_met__lt=now - QUIET)
        )
        .order_by(F("asked_for_help").desc(), F("last_met").asc(nulls_first=True), "started_at", "pk")
        .with_people()
    )


def pairs_in_need(rows: Iterable[Pair], now: dt.datetime) -> list[PairInNeed]:
    """The reasons of each of `rows`, a page of `in_need`."""
    return [PairInNeed(pair, *_words(cast(Signs, pair), now)) for pair in rows]


def _words(pair: Signs, now: dt.datetime) -> tuple[list[str], str]:
    """The reasons, gravest first, and what HR could do about the first of them."""
    found: list[tuple[str, str]] = []
    running = (now - pair.started_at).days if pair.started_at else 0
    if pair.asked_for_help:
        name = pair.helped_name
        found.append((f"{name} asked HR for help.", f"Answer {name} alone: the partner does not know that they asked."))
    if pair.is_stuck:
        found.append(("A brainstorm has not helped yet.", "Offer them half an hour with you, together or each alone."))
    if not pair.will_meet and pair.last_met is None and running > BEGIN.days:
        found.append((f"No meeting in {running} days since they started.", "Ask each of them for two dates."))
    if not pair.will_meet and pair.last_met is not None and pair.last_met < now - QUIET:
        found.append((f"No meeting for {(now - pair.last_met).days} days, and none planned.", "Offer a brainstorm."))
    if not pair.has_signed and running > BEGIN.days:
        found.append(("The agreement is not signed by both.", "Remind them of the agreement."))
    if pair.has_overdue_goal:
        found.append(("A goal is past its date.", "Suggest that they look at the goal together."))
    return [reason for reason, _ in found], found[0][1]
