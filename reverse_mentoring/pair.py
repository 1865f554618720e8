"""What the page of a pair shows: the next step first, then the panels of every app."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from goals import dashboard as goals
from goals import rows as goal_rows
from goals.models import CheckIn
from mentoring import channels, diaries
from mentoring.clock import place_of
from mentoring.dashboard import after, beginnings, meetings
from mentoring.models import Channel, Meeting, Pair, Person, Skill, User
from mentoring.panels import NextStep

PAIR_LISTS = {**meetings.PAIR_LISTS, **goal_rows.PAIR_LISTS}  # what the page reads only where there is any


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two in this pair."""

    person: Person
    is_me: bool
    role: str
    shares: Skill | None
    local_time: str


@dataclass(frozen=True, kw_only=True)
class WayToMeet:
    """A way to meet that both ranked."""

    channel: str
    label: str
    mine: int
    theirs: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """What each of the two ranked there; empty where somebody ranked fewer ways."""

    number: int
    mine: str
    theirs: str


def next_steps(
    pair: Pair,
    person: Person,
    now: dt.datetime,
    met: Sequence[Meeting] | None = None,
    panels: goals.PairPanels | None = None,
) -> list[NextStep]:
    """The most urgent first; `met` are the pair's meetings, and `panels` those of its goals, where they are there."""
    steps = [
        *meetings.pair_steps(pair, person, now, met),
        *goals.pair_steps(pair, person, now, panels),
        *after.pair_steps(pair, person, now),
    ]
    return sorted(steps, key=lambda step: step.urgency)


def beginning_of(pair: Pair, person: Person, now: dt.datetime) -> dict[str, object]:
    """For one of the two, while their pair begins."""
    partner = pair.partner_of(person)
    ways = ways_to_meet(pair.partner_of(partner), partner)
    page = beginnings.beginning_page(pair, person, now)
    may_plan = pair.with_introduction and page.meeting is None and not page.waits_for_first_word
    return {
        "pair": pair,
        "me": person,
        "partner": partner,
        "page": page,
        "sides": [_side(pair, who, person, now) for who in (person, partner)],
        "steps": sorted(beginnings.pair_steps(pair, person, now), key=lambda step: step.urgency),
        "ways": ways,
        "places": ranked_places(person, partner),
        "channel": ways[0].channel if ways else Channel.VIDEO,
        "times": diaries.suggested_times(pair, person, now=now, count=meetings.TIMES_OFFERED) if may_plan else (),
    }


def page_of(pair: Pair, person: Person, now: dt.datetime) -> dict[str, object]:
    """For one of the two."""
    partner, met = pair.partner_of(person), meetings.meetings_of(pair, person)
    ways, panels = ways_to_meet(pair.partner_of(partner), partner), goals.pair_panels(pair, person, now)
    return {
        "pair": pair,
        "me": person,
        "partner": partner,
        "sides": [_side(pair, who, person, now) for who in (person, partner)],
        "steps": next_steps(pair, person, now, met, panels),
        "ways": ways,
        "channel": ways[0].channel if ways else Channel.VIDEO,
        "meetings": meetings.meetings_panel(pair, person, now, met),
        "closing": after.closing_panel(pair, person),
        "places": ranked_places(person, partner),
        **panels,
    }


def ways_to_meet(person: Person, partner: Person) -> list[WayToMeet]:
    """The most liked by both first."""
    return [
        WayToMeet(
            channel=channel,
            label=Channel(channel).label,
            mine=person.channels.index(channel) + 1,
            theirs=partner.channels.index(channel) + 1,
            note=_far_apart(person, partner) if channel == Channel.IN_PERSON else "",
        )
        for channel in channels.shared(person.channels, partner.channels, same_site=person.site_id == partner.site_id)
    ]


def ranked_places(person: Person, partner: Person) -> list[Place]:
    """What each likes first, second and so on, side by side."""
    return [
        Place(number=number, mine=_channel_at(person, number), theirs=_channel_at(partner, number))
        for number in range(1, max(len(person.channels), len(partner.channels)) + 1)
    ]


def _channel_at(person: Person, number: int) -> str:
    return str(Channel(person.channels[number - 1]).label) if number <= len(person.channels) else ""


def counts_of(pair: Pair) -> dict[str, object]:
    """For HR: how often they meet and when, and nothing of what they say."""
    return Meeting.objects.filter(pair=pair).aggregate(
        held=Count("pk", filter=Q(status=Meeting.Status.HELD)),
        planned=Count("pk", filter=Q(status=Meeting.Status.PLANNED)),
        not_held=Count("pk", filter=Q(status=Meeting.Status.NOT_HELD)),
        cancelled=Count("pk", filter=Q(status=Meeting.Status.CANCELLED)),
        first=Min("starts_at", filter=Q(status=Meeting.Status.HELD)),
        last=Max("starts_at", filter=Q(status=Meeting.Status.HELD)),
    )


MOST_SHARED = 12


def shared_answers_of(pair: Pair, reader: User) -> list[CheckIn]:
    """For HR: the latest check-ins whose author lets HR see them by name."""
    answers = CheckIn.objects.on_desk_of(reader).filter(pair=pair).select_related("person")
    return list(answers.order_by("-answered_at", "-pk")[:MOST_SHARED])


def _side(pair: Pair, who: Person, me: Person, now: dt.datetime) -> Side:
    is_mentor = who.pk == pair.mentor_id
    who = pair.mentor if is_mentor else pair.mentee  # the same, read with all that a card shows
    return Side(
        person=who,
        is_me=who == me,
        role="Mentor" if is_mentor else "Mentee",
        shares=pair.skill if is_mentor else pair.return_skill,
        local_time=""
        if who.time_zone == me.time_zone
        else f"{now.astimezone(who.zone):%A, %H:%M} in {place_of(who.zone)}",
    )


def _far_apart(person: Person, partner: Person) -> str:
    if person.site_id == partner.site_id or not person.site or not partner.site:
        return ""
    return f"you are in {person.site}, {partner.name} in {partner.site}"
