"""Panels on meetings: data in, named records out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from mentoring import diaries
from mentoring.clock import in_words
from mentoring.models import Meeting, Pair, Person, PrivateNote
from mentoring.panels import NextStep

SOON = dt.timedelta(days=2)
TIMES_OFFERED = 3

Status = Meeting.Status


@dataclass(frozen=True, kw_only=True)
class MeetingsPanel:
    """The meetings of a pair, seen by one of the two. `times` are starts that suit both, while none is planned."""

    ahead: Sequence[Meeting]
    to_log: Sequence[Meeting]
    past: Sequence[Meeting]  # the latest first
    planned: int
    times: Sequence[dt.datetime] = ()
    notes: Sequence[PrivateNote] = ()

    @property
    def held(self) -> int:
        return sum(meeting.status == Status.HELD for meeting in self.past)

    @property
    def words(self) -> str:
        return f"{self.held} of {self.planned}"


def home_panels(person: Person, now: dt.datetime) -> list[NextStep]:
    """Meetings to log, to come and to plan; two queries, however many pairs there are."""
    pairs = Pair.objects.of(person).running().select_related("mentor", "mentee", "programme", "skill")
    meetings = defaultdict(list)
    for meeting in Meeting.objects.filter(pair__in=pairs.values("pk")):
        meetings[meeting.pair_id].append(meeting)
    return [
        step
        for pair in pairs.order_by("started_at", "pk")
        for step in steps_of(pair, person, meetings[pair.pk], now, coming_within=SOON)
    ]


def pair_steps(pair: Pair, person: Person, now: dt.datetime) -> list[NextStep]:
    return steps_of(pair, person, list(pair.meetings.all()), now) if pair.is_running else []


def steps_of(
    pair: Pair,
    person: Person,
    meetings: Sequence[Meeting],
    now: dt.datetime,
    *,
    coming_within: dt.timedelta | None = None,
) -> list[NextStep]:
    """What one of the two could do about the meetings of a running pair."""
    partner = pair.partner_of(person)
    steps = [_log_step(meeting, person, partner) for meeting in meetings if meeting.is_to_log(now)]
    coming = next((meeting for meeting in meetings if meeting.is_ahead(now)), None)
    if pair.status == Pair.Status.PAUSED:
        return [*steps, _resume_step(pair, partner)]
    if coming is None:
        return [*steps, _plan_step(pair, partner, sum(meeting.status == Status.HELD for meeting in meetings))]
    if coming.awaits_yes_of(person):
        return [*steps, _answer_step(coming, person, partner)]
    if coming_within is None or coming.starts_at - now <= coming_within:
        return [*steps, _coming_step(coming, person, partner, now)]
    return steps


def meetings_panel(pair: Pair, person: Person, now: dt.datetime) -> MeetingsPanel:
    """For the pair page of one of the two: three queries at the most."""
    meetings = list(pair.meetings.select_related("cancelled_by", "logged_by"))
    ahead = [meeting for meeting in meetings if meeting.is_ahead(now)]
    may_plan = pair.status == Pair.Status.ACTIVE and not ahead
    return MeetingsPanel(
        ahead=ahead,
        to_log=[meeting for meeting in meetings if meeting.is_to_log(now)],
        past=[meeting for meeting in reversed(meetings) if meeting.status != Status.PLANNED],
        planned=pair.meetings_planned,
        times=diaries.suggested_times(pair, person, now=now, count=TIMES_OFFERED) if may_plan else (),
        notes=list(PrivateNote.objects.visible_to(person.user).filter(pair=pair, meeting=None)),
    )


def _log_step(meeting: Meeting, person: Person, partner: Person) -> NextStep:
    when = in_words(meeting.starts_at, person.zone)
    return NextStep(
        title=f"Did you meet {partner.name}?",
        sentence=f"You had planned to on {when}. One of you logs it, in half a minute.",
        url=reverse("meeting-log", args=[meeting.pk]),
        button="Log it",
        icon="notebook-pen",
        urgency=12,
    )


def _answer_step(meeting: Meeting, person: Person, partner: Person) -> NextStep:
    return NextStep(
        title=f"{partner.name} would like to meet you",
        sentence=f"{in_words(meeting.starts_at, person.zone)}. One click says yes; or choose another time.",
        url=reverse("meeting-detail", args=[meeting.pk]),
        button="Answer",
        icon="calendar-clock",
        urgency=14,
    )


def _coming_step(meeting: Meeting, person: Person, partner: Person, now: dt.datetime) -> NextStep:
    is_today = meeting.starts_at.astimezone(person.zone).date() == now.astimezone(person.zone).date()
    when = in_words(meeting.starts_at, person.zone)
    return NextStep(
        title=f"You meet {partner.name}{' today' if is_today else ''}",
        sentence=f"{when}. {meeting.topic or 'What do you want to take away from it?'}",
        url=reverse("meeting-detail", args=[meeting.pk]),
        button="Open",
        icon="calendar-check",
        urgency=18 if is_today else 60,
    )


def _plan_step(pair: Pair, partner: Person, held: int) -> NextStep:
    if pair.is_quick and held:
        return _complete_step(
            pair, f"Is the question between you and {partner.name} answered?", "Close it, or meet again."
        )
    if held >= pair.meetings_planned:
        return _complete_step(
            pair,
            f"You and {partner.name} have met {held} times",
            "That is what the programme planned. Complete your pair, or go on as long as it helps.",
        )
    which, sentence = "first", "Times that suit you both are ready: one click plans it."
    if held:
        which = "next"
        sentence = f"You have met {held} of {pair.meetings_planned} times. A date in the calendar keeps it going."
    return NextStep(
        title=f"Plan your {which} meeting with {partner.name}",
        sentence=sentence,
        url=reverse("meeting-plan", args=[pair.pk]),
        button="Choose a time",
        icon="calendar-plus",
        urgency=38 if held else 20,
    )


def _complete_step(pair: Pair, title: str, sentence: str) -> NextStep:
    return NextStep(
        title=title,
        sentence=sentence,
        url=reverse("pair-complete", args=[pair.pk]),
        button="Complete it",
        icon="party-popper",
        urgency=32,
    )


def _resume_step(pair: Pair, partner: Person) -> NextStep:
    return NextStep(
        title=f"Your pair with {partner.name} is paused",
        sentence="Take it up again whenever it suits you.",
        url=reverse("pair-resume", args=[pair.pk]),
        button="Take it up again",
        icon="circle-play",
        urgency=70,
    )
