"""Pairs that need a hand, each with its reason in words and what HR could do; never with a private word."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, cast

from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)  # fmt: skip

from goals.models import AgreementVersion, Brainstorm, CheckIn, Goal, Hand
from insights.models import PairNeed
from mentoring.clock import ago
from mentoring.models import HelpOffer, Meeting, Pair, Person
from mentoring.models.pair import PairQuerySet

ASKED, STUCK, NEVER_MET, QUIET_NOW = "asked", "stuck", "never_met", "quiet"
UNSIGNED, OVERDUE = "unsigned", "overdue"
REASONS = {
    ASKED: "{name} asked HR for help.",
    STUCK: "A brainstorm has not helped yet.",
    NEVER_MET: "No meeting in {days} days since they started.",
    QUIET_NOW: "No meeting for {days} days, and none planned.",
    UNSIGNED: "The agreement is not signed by both.",
    OVERDUE: "A goal is past its date.",
}
PROPOSALS = {
    ASKED: "Answer {name} alone: the partner does not know that they asked.",
    STUCK: "Offer them half an hour with you, together or each alone.",
    NEVER_MET: "Ask each of them for two dates.",
    QUIET_NOW: "Offer a brainstorm.",
    UNSIGNED: "Remind them of the agreement.",
    OVERDUE: "Suggest that they look at the goal together.",
}
ABOUT = {NEVER_MET: "meeting", QUIET_NOW: "meeting", UNSIGNED: "agreement", OVERDUE: "goal"}
WORD = {
    "meeting": "two dates to choose from are all that it takes.",
    "agreement": "ten minutes together are enough for the agreement.",
    "goal": "give the goal a new date, or let it go.",
}
WEIGHT = {ASKED: 1000, STUCK: 600, NEVER_MET: 500, QUIET_NOW: 300, UNSIGNED: 100, OVERDUE: 50}
LONGEST = 200  # days that still make a pair more urgent

ASKED_LATELY = dt.timedelta(days=60)
DAY = dt.timedelta(days=1)
BEGIN = dt.timedelta(days=21)  # without a first meeting, or without a signed agreement


@dataclass(frozen=True)
class Step:
    """What HR can do for a pair with one button. `done` says who did it lately; `to` is who alone hears of it."""

    kind: str
    button: str
    sentence: str
    icon: str
    about: str = ""
    to: Person | None = None
    done: str = ""
    first: bool = False


@dataclass(frozen=True)
class PairInNeed:
    """A running pair, why it needs a hand (the gravest reason first), and what could be done about it."""

    pair: Pair
    reasons: list[str]
    proposal: str
    steps: list[Step] = field(default_factory=list)


class Signs(Protocol):
    """What `in_need` adds to a pair."""

    started_at: dt.datetime | None
    last_met: dt.datetime | None
    quiet_after: int  # days without a meeting, as the programme has it
    will_meet: bool
    asked_for_help: bool
    asker: int | None
    has_signed: bool
    has_overdue_goal: bool
    is_stuck: bool


def needing_a_hand(among: PairQuerySet, now: dt.datetime) -> QuerySet[Pair]:
    """Active pairs with at least one of the reasons, those that asked for help first, then the longest quiet."""
    upcoming = Meeting.objects.planned().filter(pair=OuterRef("pk"), starts_at__gte=now)
    asked = (
        CheckIn.objects.answered()
        .filter(pair=OuterRef("pk"), help_wanted=CheckIn.Help.HR, answered_at__gte=now - ASKED_LATELY)
        .exclude(hand__status=Hand.Status.CLOSED)
    )
    signed = AgreementVersion.objects.signed_by_both().filter(agreement__pair=OuterRef("pk"))
    quiet_after = F("programme__slow_days_without_meeting")
    quiet = ExpressionWrapper(quiet_after * Value(DAY), output_field=DurationField())
    overdue = Goal.objects.open().filter(pair=OuterRef("pk"), due_on__lt=now.date())
    return (
        among.active()
        .annotate(
            last_met=Max("meetings__starts_at", filter=Q(meetings__status=Meeting.Status.HELD)),
            quiet_after=quiet_after,
            quiet_since=ExpressionWrapper(Value(now) - quiet, output_field=DateTimeField()),
            will_meet=Exists(upcoming),
            asked_for_help=Exists(asked),
            asker=Subquery(asked.order_by("-answered_at").values("person")[:1]),
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
            | Q(will_meet=False, last_met__lt=F("quiet_since"))
        )
        .order_by(F("asked_for_help").desc(), F("last_met").asc(nulls_first=True), "started_at", "pk")
        .with_people()
    )


def rank(pair: Pair, now: dt.datetime) -> PairNeed:
    """A row of `needing_a_hand` as it is kept: its reasons as codes, the gravest first, and how urgent they are."""
    signs = cast(Signs, pair)
    reasons = _reasons(signs, now)
    urgency = sum(WEIGHT[code] + min(days or 0, LONGEST) for code, days in reasons)
    return PairNeed(
        pair=pair, programme_id=pair.programme_id or 0, urgency=urgency, reasons=reasons,
        asker_id=signs.asker if signs.asked_for_help else None,
    )  # fmt: skip


def _reasons(pair: Signs, now: dt.datetime) -> list[tuple[str, int | None]]:
    running = (now - pair.started_at).days if pair.started_at else 0
    quiet = (now - pair.last_met).days if pair.last_met else 0
    found = [
        (ASKED, None, pair.asked_for_help),
        (STUCK, None, pair.is_stuck),
        (NEVER_MET, running, not pair.will_meet and pair.last_met is None and running > BEGIN.days),
        (QUIET_NOW, quiet, not pair.will_meet and pair.last_met is not None and quiet >= pair.quiet_after),
        (UNSIGNED, None, not pair.has_signed and running > BEGIN.days),
        (OVERDUE, None, pair.has_overdue_goal),
    ]
    return [(code, days) for code, days, is_so in found if is_so]


def pairs_in_need(rows: Iterable[PairNeed], now: dt.datetime) -> list[PairInNeed]:
    """A page of PairNeed in words, with what HR can do; the pairs come with their people and recent offers of help."""
    return [_in_words(row, now) for row in rows]


def with_all_it_shows(rows: QuerySet[PairNeed], now: dt.datetime) -> QuerySet[PairNeed]:
    """In three queries, however many."""
    recent = HelpOffer.objects.recent(now).select_related("by")
    people = ("mentor__user", "mentor__department", "mentee__user", "mentee__department", "skill", "programme")
    return rows.select_related("asker", *(f"pair__{name}" for name in people)).prefetch_related(
        Prefetch("pair__help_offers", recent, to_attr="recent_help")
    )


def _in_words(need: PairNeed, now: dt.datetime) -> PairInNeed:
    asker = str(need.asker) if need.asker else ""
    codes = [code for code, _ in need.reasons]
    reasons = [REASONS[code].format(days=days, name=asker) for code, days in need.reasons]
    return PairInNeed(need.pair, reasons, PROPOSALS[codes[0]].format(name=asker), _steps(need, codes, now))


def _steps(need: PairNeed, codes: list[str], now: dt.datetime) -> list[Step]:
    """What fits the reasons, what helps most first. Whoever asked HR alone is answered alone."""
    done: dict[str, str] = {}
    for offer in cast(Any, need.pair).recent_help:
        done.setdefault(offer.kind, f"{offer.by or 'Somebody'}, {ago(offer.at, now)}")
    asker = need.asker
    both = f"{need.pair.mentor} and {need.pair.mentee}"
    steps = []
    if about := next((ABOUT[code] for code in codes if code in ABOUT), ""):
        steps.append(Step("nudge", "Nudge", f"{both} each get a friendly word: {WORD[about]}", "bell", about))
    call = (
        f"{asker} alone gets your offer of ten minutes; the other does not learn of it."
        if asker
        else f"{both} each get your offer of ten minutes, with your address to write to."
    )
    steps.insert(0 if asker or STUCK in codes else len(steps), Step("call", "Call", call, "phone", to=asker))
    if {STUCK, NEVER_MET, QUIET_NOW} & set(codes):
        offer_words = f"{both} each learn that they may part without a reason, and are free for a new pair at once."
        steps.append(Step("new_pair", "New pair", offer_words, "users", first=False))
    first = next((step for step in steps if step.kind not in done), None)
    return [replace(step, done=done.get(step.kind, ""), first=step is first) for step in steps]
