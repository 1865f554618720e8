"""Panels on meetings: data in, named records out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet
from django.urls import reverse

from mentoring import diaries
from mentoring.clock import in_words
from mentoring.dashboard.mine import ListOf, ListOfPair, Mine, may_have
from mentoring.dashboard.unshown import OF_MEETING
from mentoring.models import AgreedStep, Meeting, Pair, Person, PrivateNote
from mentoring.models.after_meeting import with_impression_of
from mentoring.models.pair import RUNNING
from mentoring.panels import NextStep
from mentoring.prepared import KEY, prepared

SOON = dt.timedelta(days=2)
FRESH = dt.timedelta(days=10)  # a meeting that is still remembered well enough to say how it was
MOST_STEPS = 8
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
    steps: Sequence[AgreedStep] = ()  # the open ones first

    @property
    def held(self) -> int:
        return sum(meeting.status == Status.HELD for meeting in self.past)

    @property
    def words(self) -> str:
        return f"{self.held} of {self.planned}"


def home_panels(person: Person, now: dt.datetime, mine: Mine | None = None) -> list[NextStep]:
    """Meetings to log, to come and to plan; two queries, however many pairs there are."""
    mine = mine or Mine(person, now)
    return [
        step
        for pair in mine.running
        for step in steps_of(pair, person, mine.meetings[pair.pk], now, coming_within=SOON)
    ]


def pair_steps(
    pair: Pair, person: Person, now: dt.datetime, meetings: Sequence[Meeting] | None = None
) -> list[NextStep]:
    if not pair.is_running:
        return []
    return steps_of(pair, person, meetings_of(pair, person) if meetings is None else meetings, now)


def meetings_of(pair: Pair, person: Person) -> list[Meeting]:
    """All of them, the earliest first; each with `said`, and with who cancelled it."""
    found, people = _MEETINGS(pair.pk, person.pk), {who.pk: who for who in pair.people}
    for meeting in found:
        if meeting.cancelled_by_id in people:
            meeting.cancelled_by = people[meeting.cancelled_by_id]
    return found


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
    if not pair.is_quick:
        steps += [_impression_step(meeting, partner) for meeting in meetings if _is_to_tell(meeting, now)]
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


def meetings_panel(
    pair: Pair, person: Person, now: dt.datetime, meetings: Sequence[Meeting] | None = None
) -> MeetingsPanel:
    """For the pair page of one of the two: four queries at the most."""
    meetings = meetings_of(pair, person) if meetings is None else meetings
    ahead = [meeting for meeting in meetings if meeting.is_ahead(now)]
    may_plan = pair.status == Pair.Status.ACTIVE and not ahead
    return MeetingsPanel(
        ahead=ahead,
        to_log=[meeting for meeting in meetings if meeting.is_to_log(now)],
        past=[meeting for meeting in reversed(meetings) if meeting.status != Status.PLANNED],
        planned=pair.meetings_planned,
        times=diaries.suggested_times(pair, person, now=now, count=TIMES_OFFERED) if may_plan else (),
        notes=_NOTES(person.pk, pair.pk) if may_have(pair, "has_notes") else [],
        steps=_STEPS(pair.pk) if may_have(pair, "has_steps") else [],
    )


_MEETINGS = prepared(
    lambda pair, person: with_impression_of(Meeting.objects.filter(pair=pair).defer(*OF_MEETING), person), KEY, KEY
)
_NOTES = prepared(lambda author, pair: PrivateNote.objects.filter(author=author, pair=pair, meeting=None), KEY, KEY)
_STEPS = prepared(lambda pair: AgreedStep.objects.filter(pair=pair).select_related("owner")[:MOST_STEPS], KEY)
PAIR_LISTS: dict[str, ListOfPair] = {
    "has_notes": lambda person: PrivateNote.objects.filter(author=person, pair=OuterRef("pk"), meeting=None),
    "has_steps": lambda person: AgreedStep.objects.filter(pair=OuterRef("pk")),
}


def taken_on(person: int) -> QuerySet[AgreedStep]:
    of_theirs = Q(pair__mentor=person) | Q(pair__mentee=person)
    return AgreedStep.objects.open().filter(of_theirs, owner=person, pair__status__in=RUNNING)


_TAKEN_ON = prepared(lambda person: taken_on(person)[:MOST_STEPS], KEY)
HOME_LISTS: dict[str, ListOf] = {"taken_on": lambda person, now: taken_on(person)}


def steps_taken_on(mine: Mine) -> list[AgreedStep]:
    """What this person has taken on in their running pairs and not done yet; one query at the most."""
    if not mine.may_have("taken_on"):
        return []
    found, pairs = _TAKEN_ON(mine.person.pk), {pair.pk: pair for pair in mine.pairs}
    for step in found:
        step.pair = pairs[step.pair_id]
    return found


def _is_to_tell(meeting: Meeting, now: dt.datetime) -> bool:
    """Whether it took place lately, and this person has not said yet how it was."""
    return meeting.status == Status.HELD and now - FRESH < meeting.ends_at and not getattr(meeting, "said", True)


def _impression_step(meeting: Meeting, partner: Person) -> NextStep:
    return NextStep(
        title=f"How was it with {partner.name}?",
        sentence="Two taps, for yourself: who learned something, and who talked.",
        url=reverse("meeting-detail", args=[meeting.pk]) + "#impression",
        button="Say it",
        icon="message-circle",
        urgency=44,
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
