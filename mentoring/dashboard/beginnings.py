"""Panels on the beginning of a pair: what is done, what comes next, and nothing of what the other did in private."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from mentoring.dashboard.meetings import steps_of
from mentoring.models import IntroductionAnswer, Meeting, Pair, Person
from mentoring.models.introduction import has_said
from mentoring.panels import NextStep

Status = Meeting.Status


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the beginning, for components/steps.html."""

    name: str
    done: bool
    here: bool
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class BeginningPage:
    """For one of the two. `said` is their own answer: True, False, or None."""

    steps: Sequence[Step]
    is_briefed: bool
    meeting: Meeting | None
    has_met: bool
    said: bool | None
    has_first_word: bool
    waits_for_first_word: bool  # the partner is the junior, and has not had the time to propose
    first_word_until: dt.datetime
    answer_by: dt.datetime
    meet_by: dt.datetime


def pair_steps(pair: Pair, person: Person, now: dt.datetime) -> list[NextStep]:
    found = Pair.objects.beginning().filter(pk=pair.pk).with_people().annotate(has_said=has_said(person))
    return [step for each in found for step in steps_of_beginning(each, person, list(each.meetings.all()), now)]


def steps_of_beginning(pair: Pair, person: Person, meetings: Sequence[Meeting], now: dt.datetime) -> list[NextStep]:
    """What this person could do for a pair that begins, which has `has_said`."""
    meetings = [m for m in meetings if m.status in (Status.PLANNED, Status.HELD)]
    partner, steps = pair.partner_of(person), []
    if pair.briefed_at(person) is None:
        steps.append(_briefing_step(pair, partner))
    if not pair.with_introduction:
        return steps
    if any(meeting.status == Status.PLANNED for meeting in meetings):
        steps += steps_of(pair, person, meetings, now)
    elif not meetings and not pair.waits_for_first_word(person, now):
        steps.append(_introduction_step(pair, person, partner))
    if _has_met(meetings, now) and not pair.has_said:  # type: ignore[attr-defined]
        steps.append(_go_on_step(pair, partner))
    return steps


def beginning_page(pair: Pair, person: Person, now: dt.datetime) -> BeginningPage:
    assert pair.answer_by is not None
    assert pair.meet_by is not None
    assert pair.first_word_until is not None
    meetings = list(pair.meetings.filter(status__in=[Status.PLANNED, Status.HELD]))
    answer = IntroductionAnswer.objects.visible_to(person.user).filter(pair=pair).first()
    said, is_briefed, has_met = (
        answer.goes_on if answer else None,
        pair.briefed_at(person) is not None,
        _has_met(meetings, now),
    )
    return BeginningPage(
        steps=_stages(pair, is_briefed, has_met, said),
        is_briefed=is_briefed,
        meeting=meetings[0] if meetings else None,
        has_met=has_met,
        said=said,
        has_first_word=person.pk == pair.junior_id,
        waits_for_first_word=not meetings and pair.waits_for_first_word(person, now),
        first_word_until=pair.first_word_until,
        answer_by=pair.answer_by,
        meet_by=pair.meet_by,
    )


def _stages(pair: Pair, is_briefed: bool, has_met: bool, said: bool | None) -> list[Step]:
    """Briefing, introduction, private answer, agreement; the first that is not done is where they stand."""
    named = [("Your briefing", is_briefed, reverse("pair-briefing", args=[pair.pk]))]
    if pair.with_introduction:
        named.append(("Get to know each other", has_met, ""))
        named.append(("Say privately whether to go on", said is not None, reverse("pair-go-on", args=[pair.pk])))
    named.append(("Your agreement", False, ""))
    here = next(number for number, (_, done, _) in enumerate(named) if not done)
    return [
        Step(name=name, done=done, here=number == here, url=url if number <= here else "")
        for number, (name, done, url) in enumerate(named)
    ]


def _has_met(meetings: Sequence[Meeting], now: dt.datetime) -> bool:
    return any(meeting.status == Status.HELD or meeting.starts_at <= now for meeting in meetings)


def _briefing_step(pair: Pair, partner: Person) -> NextStep:
    return NextStep(
        title=f"Before you meet {partner.name}: your briefing",
        sentence="Three minutes to read, one click to confirm. Your pair starts once both of you have.",
        url=reverse("pair-briefing", args=[pair.pk]), button="Read it", icon="book-open", urgency=6,
    )  # fmt: skip


def _introduction_step(pair: Pair, person: Person, partner: Person) -> NextStep:
    first = "You have the first word: choose" if person.pk == pair.junior_id else "Choose"
    return NextStep(
        title=f"Get to know {partner.name}",
        sentence=f"{first} half an hour that suits you both. Nothing is decided in it.",
        url=reverse("meeting-plan", args=[pair.pk]), button="Choose a time", icon="coffee", urgency=8,
    )  # fmt: skip


def _go_on_step(pair: Pair, partner: Person) -> NextStep:
    return NextStep(
        title=f"Would you like to go on with {partner.name}?",
        sentence="Say it privately. One “not this one” is enough, and nobody learns whose it was.",
        url=reverse("pair-go-on", args=[pair.pk]), button="Say it", icon="lock", urgency=4,
    )  # fmt: skip
