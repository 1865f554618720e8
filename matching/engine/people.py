"""What the engine is given: columns for N people.

A person is their row number, 0 … N−1. Rows may come in any order: ties are broken by `keys`. Tables of several rows a
person (offers, wishes, languages, …) have one line for each fact and a row number in their first column.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.integer[Any]]
BoolArray = NDArray[np.bool_]
KeyArray = NDArray[Any]

MAX_CAPACITY = 3
MAX_CHANNELS = 6
UNKNOWN = -1
MONDAY_TO_FRIDAY = 0b0011111


class InputError(ValueError):
    """The columns do not fit together; says where, in plain words."""


def no_rows(columns: int) -> Callable[[], IntArray]:
    """Makes a table of so many columns without rows."""
    return lambda: np.empty((0, columns), dtype=np.int64)


@dataclass(frozen=True, kw_only=True, eq=False)
class People:
    """N people. Whoever is needed only as somebody's manager is a row with capacity 0 in both roles."""

    keys: KeyArray  # (N,) whole numbers or text, unique: break ties
    names: Sequence[str]  # N names, for sentences
    grades: IntArray  # (N,) level of seniority, higher is more senior; -1 unknown
    departments: IntArray  # (N,) index into department_names; -1 unknown
    sites: IntArray  # (N,) index into site_names; -1 unknown
    utc_offsets: IntArray  # (N,) minutes east of UTC
    work_starts: IntArray  # (N,) minutes after local midnight
    work_ends: IntArray  # (N,) minutes after local midnight, later than the start
    work_days: IntArray  # (N,) bits: 1 Monday, 2 Tuesday, 4 Wednesday, … 64 Sunday
    mentor_capacity: IntArray  # (N,) 0 to 3: how many mentees they take; 0 did not ask for the role
    mentee_capacity: IntArray  # (N,) 0 to 3: how many mentors they take
    managers: IntArray  # (N,) row of the line manager; -1 none
    waiting: IntArray  # (N,) how many runs they have waited, placed in none of their roles
    external: BoolArray  # (N,) a partner from outside the company
    approved: BoolArray  # (N,) HR approved this partner; of no meaning for employees

    channels: IntArray  # (N, any) indices into channel_names, most liked first, padded with -1
    # person, index into language_names
    languages: IntArray = field(default_factory=no_rows(2))
    # person, skill, level 1–5; one row for a person and skill
    offers: IntArray = field(default_factory=no_rows(3))
    # person, skill, priority 1–3 (1 highly desirable), present 0–5, wanted 1–5
    wishes: IntArray = field(default_factory=no_rows(5))

    # person, whom they would rather not be paired with; holds both ways; never shown
    rather_not: IntArray = field(default_factory=no_rows(2))
    # two people who were paired before
    past: IntArray = field(default_factory=no_rows(2))
    # mentor, mentee, skill (-1: the best one): stay, whatever the rules say; take capacity
    fixed: IntArray = field(default_factory=no_rows(3))
    # two people whom HR will not have paired
    forbidden: IntArray = field(default_factory=no_rows(2))
    # mentor, mentee: HR allows them against the rules on grade, line, hours, language, past, partner from outside
    exceptions: IntArray = field(default_factory=no_rows(2))
    # two people in an open pair already: not paired again, their seats are counted out
    running: IntArray = field(default_factory=no_rows(2))
    # mentor, mentee of an earlier answer: kept where `Policy.stability` is worth it
    previous: IntArray = field(default_factory=no_rows(2))

    skill_names: Sequence[str] = ()
    department_names: Sequence[str] = ()
    site_names: Sequence[str] = ()
    language_names: Sequence[str] = ()
    channel_names: Sequence[str] = ()
    in_person: int = UNKNOWN  # the channel that asks for the same site; -1: there is none

    def __len__(self) -> int:
        return len(self.keys)

    def __post_init__(self) -> None:
        check_lengths(self)
        check_tables(self)
        check_values(self)


def with_columns(people: People, **columns: Any) -> People:
    """The same people with other columns, made of what was checked already."""
    other = copy(people)
    other.__dict__.update(columns)
    return other


def check_lengths(people: People) -> None:
    count = len(people.keys)
    for name in ONE_A_PERSON:
        if len(getattr(people, name)) != count:
            raise InputError(f"{name} has {len(getattr(people, name))} rows, keys has {count}.")
    if len(np.unique(people.keys)) != count:
        raise InputError("keys holds one key twice.")


def check_tables(people: People) -> None:
    """Every reference points at something that is there."""
    sizes = {
        "person": len(people),
        "skill": len(people.skill_names),
        "language": len(people.language_names),
        "level": 6,
        "priority": 4,
    }
    for name, columns in TABLES.items():
        rows: IntArray = getattr(people, name)
        if rows.ndim != 2 or rows.shape[1] != len(columns):
            raise InputError(f"{name} must have {len(columns)} columns.")
        for number, column in enumerate(columns):
            least = -1 if (name, column) == ("fixed", "skill") else 1 if column == "priority" else 0
            if len(rows) and (rows[:, number].min() < least or rows[:, number].max() >= sizes[column]):
                raise InputError(f"{name} holds a {column} that does not exist.")


def check_values(people: People) -> None:
    for name in ("mentor_capacity", "mentee_capacity"):
        column: IntArray = getattr(people, name)
        if len(column) and (column.min() < 0 or column.max() > MAX_CAPACITY):
            raise InputError(f"{name} must be 0 to {MAX_CAPACITY}.")
    for name, size in (("managers", len(people)), ("departments", None), ("sites", None), ("channels", None)):
        column = getattr(people, name)
        limit = {"departments": len(people.department_names), "sites": len(people.site_names)}.get(name, size)
        limit = len(people.channel_names) if name == "channels" else limit
        if column.size and (column.min() < -1 or (limit is not None and column.max() >= limit)):
            raise InputError(f"{name} points at something that does not exist.")
    if len(people.channel_names) > MAX_CHANNELS:
        raise InputError(f"channel_names holds more than {MAX_CHANNELS} channels.")
    for name in ("offers", "wishes"):
        rows = getattr(people, name).astype(np.int64)
        if len(np.unique(rows[:, 0] * len(people.skill_names) + rows[:, 1])) != len(rows):
            raise InputError(f"{name} holds a person and skill twice.")


TABLES = {
    "languages": ("person", "language"),
    "offers": ("person", "skill", "level"),
    "wishes": ("person", "skill", "priority", "level", "level"),
    "rather_not": ("person", "person"),
    "past": ("person", "person"),
    "fixed": ("person", "person", "skill"),
    "forbidden": ("person", "person"),
    "exceptions": ("person", "person"),
    "running": ("person", "person"),
    "previous": ("person", "person"),
}
ONE_A_PERSON = [
    f.name for f in fields(People) if f.name not in TABLES and not f.name.endswith("_names") and f.name != "in_person"
]
