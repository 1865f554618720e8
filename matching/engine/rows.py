"""One record a person, for callers that hold people rather than columns; `gather` makes the columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matching.engine.people import MONDAY_TO_FRIDAY, UNKNOWN, InputError, IntArray, People

Key = int | str
IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    skill: str
    priority: int = 2  # 1 highly desirable, 2 desirable, 3 nice to have
    present: int = 0  # 0 to 5
    wanted: int = 3  # 1 to 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person as the engine sees them; other people are named by their keys."""

    key: Key
    name: str
    grade: int = UNKNOWN
    department: str = ""  # "" unknown
    site: str = ""
    utc_offset: int = 0  # minutes east of UTC
    work_starts: int = 9 * 60  # minutes after local midnight
    work_ends: int = 17 * 60 + 30
    work_days: int = MONDAY_TO_FRIDAY
    languages: Sequence[str] = ("en",)
    channels: Sequence[str] = ()  # most liked first
    mentor_capacity: int = 0
    mentee_capacity: int = 0
    manager: Key | None = None
    offers: Mapping[str, int] = field(default_factory=dict)  # skill to level
    wishes: Sequence[Wish] = ()
    rather_not: Sequence[Key] = ()
    past_partners: Sequence[Key] = ()
    running_partners: Sequence[Key] = ()
    waiting_runs: int = 0
    external: bool = False
    approved: bool = True


def gather(
    rows: Sequence[PersonRow],
    *,
    fixed: Iterable[tuple[Key, Key, str]] = (),
    forbidden: Iterable[tuple[Key, Key]] = (),
    exceptions: Iterable[tuple[Key, Key]] = (),
    previous: Iterable[tuple[Key, Key]] = (),
) -> People:
    """The columns of these people. Keys that belong to nobody in `rows` are passed over.

    `fixed` are (mentor, mentee, skill), "" for the skill that fits best.
    """
    at = {row.key: number for number, row in enumerate(rows)}
    skills = index_of(skill for row in rows for skill in (*row.offers, *(wish.skill for wish in row.wishes)))

    def pairs(couples: Iterable[tuple[Key | None, ...]]) -> IntArray:
        return matrix([(at[a], at[b]) for a, b in couples if a in at and b in at], 2)

    return People(
        keys=keys_of(rows),
        names=[row.name for row in rows],
        managers=np.array([UNKNOWN if row.manager is None else at.get(row.manager, UNKNOWN) for row in rows], np.int32),
        offers=matrix([(n, skills[s], level) for n, row in enumerate(rows) for s, level in row.offers.items()], 3),
        wishes=matrix(
            [(n, skills[w.skill], w.priority, w.present, w.wanted) for n, row in enumerate(rows) for w in row.wishes], 5
        ),
        rather_not=pairs((row.key, other) for row in rows for other in row.rather_not),
        past=pairs((row.key, other) for row in rows for other in row.past_partners),
        running=pairs((row.key, other) for row in rows for other in row.running_partners),
        fixed=matrix([(at[a], at[b], skills.get(skill, UNKNOWN)) for a, b, skill in fixed if a in at and b in at], 3),
        forbidden=pairs(forbidden),
        exceptions=pairs(exceptions),
        previous=pairs(previous),
        skill_names=tuple(skills),
        **numbers_of(rows),
        **named_of(rows),
    )


def numbers_of(rows: Sequence[PersonRow]) -> dict[str, Any]:
    """The columns of single numbers and of yes or no."""

    def column(name: str, kind: type = np.int32) -> np.ndarray[Any, Any]:
        return np.array([getattr(row, name) for row in rows], dtype=kind)

    same = ("work_starts", "work_ends", "work_days", "mentor_capacity", "mentee_capacity")
    return {
        **{name: column(name) for name in same},
        "grades": column("grade"),
        "utc_offsets": column("utc_offset"),
        "waiting": column("waiting_runs"),
        "external": column("external", np.bool_),
        "approved": column("approved", np.bool_),
    }


def named_of(rows: Sequence[PersonRow]) -> dict[str, Any]:
    """Departments, sites, languages and channels: their names once, and numbers that stand for them."""
    departments = index_of(row.department for row in rows if row.department)
    sites = index_of(row.site for row in rows if row.site)
    languages = index_of(language for row in rows for language in row.languages)
    channels = index_of(channel for row in rows for channel in row.channels)
    return {
        "departments": np.array([departments.get(row.department, UNKNOWN) for row in rows], dtype=np.int32),
        "sites": np.array([sites.get(row.site, UNKNOWN) for row in rows], dtype=np.int32),
        "languages": matrix([(n, languages[code]) for n, row in enumerate(rows) for code in row.languages], 2),
        "channels": ranked([[channels[channel] for channel in row.channels] for row in rows]),
        "department_names": tuple(departments),
        "site_names": tuple(sites),
        "language_names": tuple(languages),
        "channel_names": tuple(channels),
        "in_person": channels.get(IN_PERSON, UNKNOWN),
    }


def keys_of(rows: Sequence[PersonRow]) -> np.ndarray[Any, Any]:
    keys: list[Any] = [row.key for row in rows]
    if len(set(map(type, keys))) > 1:
        raise InputError("The keys must be all numbers or all text.")
    return np.array(keys) if keys else np.empty(0, dtype=np.int64)


def index_of(names: Iterable[str]) -> dict[str, int]:
    """Each name once, sorted, with its number."""
    return {name: number for number, name in enumerate(sorted(set(names)))}


def matrix(rows: list[tuple[int, ...]], columns: int) -> IntArray:
    return np.array(rows, dtype=np.int64).reshape(-1, columns)


def ranked(lists: list[list[int]]) -> IntArray:
    """Lists of unequal length as one table, padded with -1."""
    width = max(map(len, lists), default=0)
    return np.array([row + [UNKNOWN] * (width - len(row)) for row in lists], dtype=np.int8).reshape(len(lists), width)


def row_of(people: People, row: int) -> PersonRow:
    """One person of columns as a record. Whom others have on their lists stands in their records alone."""

    def mine(table: IntArray) -> list[list[int]]:
        found: list[list[int]] = table[table[:, 0] == row].tolist()
        return found

    keys, skills = people.keys, people.skill_names
    return PersonRow(
        key=keys[row].item(),
        name=people.names[row],
        grade=int(people.grades[row]),
        department=name_of(people.department_names, people.departments[row]),
        site=name_of(people.site_names, people.sites[row]),
        utc_offset=int(people.utc_offsets[row]),
        work_starts=int(people.work_starts[row]),
        work_ends=int(people.work_ends[row]),
        work_days=int(people.work_days[row]),
        languages=[people.language_names[language] for _, language in mine(people.languages)],
        channels=[people.channel_names[channel] for channel in people.channels[row] if channel >= 0],
        mentor_capacity=int(people.mentor_capacity[row]),
        mentee_capacity=int(people.mentee_capacity[row]),
        manager=keys[people.managers[row]].item() if people.managers[row] >= 0 else None,
        offers={skills[skill]: level for _, skill, level in mine(people.offers)},
        wishes=[
            Wish(skill=skills[skill], priority=p, present=n, wanted=w) for _, skill, p, n, w in mine(people.wishes)
        ],
        rather_not=[keys[other].item() for _, other in mine(people.rather_not)],
        past_partners=[keys[other].item() for _, other in mine(people.past)],
        running_partners=[keys[other].item() for _, other in mine(people.running)],
        waiting_runs=int(people.waiting[row]),
        external=bool(people.external[row]),
        approved=bool(people.approved[row]),
    )


def name_of(names: Sequence[str], number: int) -> str:
    return names[number] if number >= 0 else ""
