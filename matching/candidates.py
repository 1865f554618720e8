"""The only bridge from the database to the engine: a programme's people and what HR decided, its rules and its weights.

A handful of queries, whatever the number of people. What people keep private goes through here to the engine in memory:
it is never logged, counted or handed on.
"""

import datetime as dt
import zoneinfo
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.conf.locale import LANG_INFO
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from matching import engine
from matching.engine.criteria.waiting import FIRST
from matching.models import Suggestion
from mentoring.models import (
    Channel,
    Enrolment,
    Pair,
    Person,
    Programme,
    RatherNotList,
    Role,
    Skill,
    SkillOffer,
    SkillWish,
)
from mentoring.models.reporting_line import lines_above

Two = tuple[int, int]
CRITERIA = ("skill_fit", "exchange", "grade_gap", "bridge", "channels", "overlap", "waiting")
STABILITY = 3  # points for a suggestion that stays: one person's change touches few others
UNKNOWN = -1
CHANNELS = {value: label.lower() for value, label in Channel.choices} | {Channel.IN_PERSON.value: "in_person"}
LANGUAGES = {code: str(told["name"]) for code, told in LANG_INFO.items() if "name" in told}
PROPOSED, REJECTED, DECLINED = Suggestion.Status.PROPOSED, Suggestion.Status.REJECTED, Suggestion.Status.DECLINED
ASSESSED = ("score", "is_exchange", "return_skill", "criteria", "exceptions")  # what `assess` fills in
PERSON_FIELDS = (
    "pk", "name", "grade__level", "department__name", "site__name", "time_zone", "work_starts", "work_ends",
    "working_days", "languages", "channels", "manager", "kind", "partner_until",
)  # fmt: skip
M = TypeVar("M", bound=Model)


class Asked(NamedTuple):
    """What a person said yes to, and how long they have waited for it."""

    mentor_capacity: int = 0
    mentee_capacity: int = 0
    waiting_runs: int = 0

    def with_room(self, capacity: str, places: int) -> "Asked":
        return self._replace(**{capacity: max(getattr(self, capacity), places)})


class Bonds:
    """What was decided between two people of the programme, by HR or by themselves."""

    def __init__(self) -> None:
        self.fixed: list[tuple[int, int, str]] = []  # mentor, mentee, skill: they stay
        self.couples: set[frozenset[int]] = set()  # those of them
        self.rejected: list[Two] = []
        self.previous: list[Two] = []  # suggested by the run before, not yet decided on
        self.running: dict[int, list[int]] = defaultdict(list)  # suggested already, without places of their own
        self.past: dict[int, list[int]] = defaultdict(list)
        self.unwilling: dict[int, list[int]] = defaultdict(list)  # private
        self.used: Counter[tuple[int, str]] = Counter()

    def fix(self, mentor: int, mentee: int, skill: str) -> None:
        self.fixed.append((mentor, mentee, skill))
        self.couples.add(frozenset((mentor, mentee)))
        self.used.update([(mentor, Role.MENTOR), (mentee, Role.MENTEE)])

    def are_together(self, one: int, other: int) -> bool:
        return frozenset((one, other)) in self.couples

    def has_room(self, mentor: int, mentee: int, asked: Mapping[int, Asked]) -> bool:
        return (
            self.used[mentor, Role.MENTOR] < asked.get(mentor, Asked()).mentor_capacity
            and self.used[mentee, Role.MENTEE] < asked.get(mentee, Asked()).mentee_capacity
        )


@dataclass(frozen=True)
class Candidates:
    """What the engine is asked, and how the numbers of its answer lead back to rows of the database."""

    people: engine.People
    policy: engine.Policy
    skill_ids: Mapping[str, int]
    suggested: tuple[Two, ...] = ()  # mentor and mentee of each suggestion of the run before, by their keys

    @cached_property
    def row_of(self) -> dict[int, int]:
        """A person's key → their row."""
        return {int(key): number for number, key in enumerate(self.people.keys)}

    def person_id(self, row: int) -> int:
        return int(self.people.keys[row])

    def skill_id(self, number: int) -> int:
        return self.skill_ids[self.people.skill_names[number]]


def policy_of(programme: Programme) -> engine.Policy:
    return engine.Policy(
        grade_gap=programme.min_grade_gap if programme.apply_grade_gap else None,
        reporting_line=programme.reporting_line_levels if programme.no_reporting_line else None,
        shared_language=programme.shared_language,
        overlap_hours=programme.min_overlap_hours or None,
        offer_level=programme.min_offer_level,
        weights={name: getattr(programme, f"weight_{name}") for name in CRITERIA},
        stability=STABILITY,
        worst_off_first=programme.worst_off_first,
    )


def gather(programme: Programme, *, only: Collection[int] | None = None) -> Candidates:
    """Everybody who is enrolled, or `only` these people; and whoever stands above them in the reporting tree."""
    asked, bonds = _asked(programme, only), Bonds()
    _open_pairs(programme, only, asked, bonds)
    _suggestions(programme, only, asked, bonds)
    _past(programme, only, asked, bonds)
    _rather_not(asked, bonds)
    offers, wishes = _inventory(asked)
    zones = _Offsets(max(timezone.localdate(), programme.starts_on))
    rows = [
        engine.PersonRow(
            **_traits(person, zones),
            **asked.get(person["pk"], Asked())._asdict(),
            offers=offers[person["pk"]],
            wishes=wishes[person["pk"]],
            rather_not=bonds.unwilling[person["pk"]],
            past_partners=bonds.past[person["pk"]],
            running_partners=bonds.running[person["pk"]],
        )
        for person in _people(asked)
    ]
    people = engine.gather(rows, fixed=bonds.fixed, forbidden=bonds.rejected, previous=bonds.previous)
    skills = Skill.objects.order_by().filter(name__in=people.skill_names).values_list("name", "pk")
    return Candidates(people, policy_of(programme), dict(skills), tuple(bonds.previous))


def assess(suggestion: Suggestion, *, with_skill: bool = False) -> None:
    """Fills in what speaks for two people put together by hand, and which rules they break; without saving.

    `with_skill` chooses the skill that fits best, too. Nothing of a private list shows here.
    """
    found = gather(suggestion.programme, only=[suggestion.mentor_id, suggestion.mentee_id])
    mentor, mentee = found.row_of[suggestion.mentor_id], found.row_of[suggestion.mentee_id]
    pair = engine.score_pair(found.people, found.policy, mentor, mentee)
    suggestion.score, suggestion.is_exchange = pair.score, pair.is_exchange
    if with_skill:
        suggestion.skill_id = found.skill_id(pair.skill)
    suggestion.return_skill_id = found.skill_id(pair.return_skill) if pair.is_exchange else None
    is_second_best = pair.skill != UNKNOWN and found.skill_id(pair.skill) != suggestion.skill_id
    chosen = suggestion.skill if is_second_best else None
    suggestion.criteria = [_as_chosen(criterion, chosen)._asdict() for criterion in pair.criteria]
    suggestion.exceptions = [{"rule": rule.name, "sentence": rule.sentence} for rule in pair.broken_rules]


def _as_chosen(criterion: engine.Criterion, skill: Skill | None) -> engine.Criterion:
    """The points are those of the skill that fits best; where the two chose another, the sentence says so."""
    if skill is None or criterion.name != "skill_fit":
        return criterion
    return criterion._replace(sentence=f"They chose {skill}. What fits best is this: {criterion.sentence}")


def _between(rows: QuerySet[M], only: Collection[int] | None) -> QuerySet[M]:
    return rows if only is None else rows.filter(mentor__in=only, mentee__in=only)


def _asked(programme: Programme, only: Collection[int] | None) -> dict[int, Asked]:
    """Person → what they asked for, of those who are enrolled and here."""
    enrolled = Enrolment.objects.enrolled().filter(programme=programme, person__left_on__isnull=True)
    enrolled = enrolled if only is None else enrolled.filter(person__in=only)
    again = not_acted_on(programme)
    rows = enrolled.values_list("pk", "person", "mentor_capacity", "mentee_capacity", "waiting_runs", "comes_first")
    return {
        person: Asked(as_mentor, as_mentee, FIRST if first else max(0, waiting - (pk in again)))
        for pk, person, as_mentor, as_mentee, waiting, first in rows
    }


def not_acted_on(programme: Programme) -> set[int]:
    """Enrolments that the last run left waiting, if HR approved nothing of it: the next run takes its place."""
    last = programme.runs.done().first()
    if last is None or last.was_acted_on:
        return set()
    return set(last.left_out.filter(waits=True).values_list("enrolment", flat=True))


def _open_pairs(programme: Programme, only: Collection[int] | None, asked: dict[int, Asked], bonds: Bonds) -> None:
    """Open pairs stay and hold their places, those of somebody who has withdrawn since too."""
    rows = _between(programme.pairs.open().order_by("pk"), only)
    for mentor, mentee, skill in rows.values_list("mentor", "mentee", "skill__name"):
        bonds.fix(mentor, mentee, skill)
        asked[mentor] = asked.get(mentor, Asked()).with_room("mentor_capacity", bonds.used[mentor, Role.MENTOR])
        asked[mentee] = asked.get(mentee, Asked()).with_room("mentee_capacity", bonds.used[mentee, Role.MENTEE])


def _suggestions(programme: Programme, only: Collection[int] | None, asked: Mapping[int, Asked], bonds: Bonds) -> None:
    """What two people or HR put together keeps its places until HR decides, as long as there are places."""
    wanted = Suggestion.objects.filter(programme=programme, status__in=[PROPOSED, REJECTED, DECLINED])
    columns = ("mentor", "mentee", "skill__name", "status", "origin")
    for mentor, mentee, skill, status, origin in _between(wanted.order_by("pk"), only).values_list(*columns):
        if status == REJECTED:
            bonds.rejected.append((mentor, mentee))
        elif status == DECLINED:
            bonds.unwilling[mentor].append(mentee)
        elif origin == Suggestion.Origin.RUN:
            bonds.previous.append((mentor, mentee))
        elif bonds.are_together(mentor, mentee):
            continue
        elif bonds.has_room(mentor, mentee, asked):
            bonds.fix(mentor, mentee, skill)
        else:
            bonds.running[mentor].append(mentee)


def _past(programme: Programme, only: Collection[int] | None, asked: Mapping[int, Asked], bonds: Bonds) -> None:
    """Who was paired, or asked to be, in any programme. A no and a silence are alike here, too."""
    pairs = Pair.objects.filter(kind=Pair.Kind.PROGRAMME).exclude(status=Pair.Status.WITHDRAWN)
    elsewhere = _between(pairs.exclude(pk__in=programme.pairs.open().values("pk")), only)
    for mentor, mentee in elsewhere.order_by().values_list("mentor", "mentee"):
        if mentor in asked and mentee in asked:
            bonds.past[mentor].append(mentee)


def _rather_not(asked: Mapping[int, Asked], bonds: Bonds) -> None:
    for kept in RatherNotList.objects.filter(person__in=list(asked)):
        bonds.unwilling[kept.person_id] += kept.person_ids


def _inventory(asked: Mapping[int, Asked]) -> tuple[dict[int, dict[str, int]], dict[int, list[engine.Wish]]]:
    """Person → what they offer, person → what they want to learn; accepted skills only."""
    offers: dict[int, dict[str, int]] = defaultdict(dict)
    wishes: dict[int, list[engine.Wish]] = defaultdict(list)
    theirs = Q(person__in=list(asked), skill__status=Skill.Status.ACCEPTED)
    offered = SkillOffer.objects.filter(theirs).order_by()
    for person, skill, level in offered.values_list("person", "skill__name", "level"):
        offers[person][skill] = level
    wanted = SkillWish.objects.filter(theirs).order_by("pk")
    columns = ("person", "skill__name", "priority", "present", "wanted")
    for person, skill, priority, present, level in wanted.values_list(*columns):
        wishes[person].append(engine.Wish(skill=skill, priority=priority, present=present, wanted=level))
    return offers, wishes


def _people(asked: Mapping[int, Asked]) -> Iterator[dict[str, Any]]:
    """These people and all above them, with what the engine looks at."""
    wanted = set(asked).union(*lines_above(asked).values())
    yield from Person.objects.filter(pk__in=wanted).order_by("pk").values(*PERSON_FIELDS).iterator()


def _traits(person: Mapping[str, Any], offset: "_Offsets") -> dict[str, Any]:
    """What the engine asks about a person that their enrolment does not say."""
    return {
        "key": person["pk"],
        "name": person["name"],
        "grade": UNKNOWN if person["grade__level"] is None else person["grade__level"],
        "department": person["department__name"] or "",
        "site": person["site__name"] or "",
        "utc_offset": offset[person["time_zone"]],
        "work_starts": _minutes(person["work_starts"]),
        "work_ends": _minutes(person["work_ends"]),
        "work_days": sum(1 << (day - 1) for day in person["working_days"]),
        "languages": [LANGUAGES.get(code, code) for code in person["languages"]],
        "channels": [CHANNELS[channel] for channel in person["channels"]],
        "manager": person["manager"],
        "external": person["kind"] == Person.Kind.PARTNER,
        "approved": person["partner_until"] is None or person["partner_until"] >= offset.day,
    }


def _minutes(clock: dt.time) -> int:
    return clock.hour * 60 + clock.minute


class _Offsets(dict[str, int]):
    """Time zone → minutes east of UTC, at noon of a day."""

    def __init__(self, day: dt.date) -> None:
        super().__init__()
        self.day = day

    def __missing__(self, zone: str) -> int:
        noon = dt.datetime.combine(self.day, dt.time(12), tzinfo=zoneinfo.ZoneInfo(zone))
        offset = noon.utcoffset() or dt.timedelta()
        self[zone] = int(offset.total_seconds() // 60)
        return self[zone]
