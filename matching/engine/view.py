"""What sentences are made from: names and facts of people by key order."""

from collections.abc import Hashable
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from matching.engine.columns import LINKS, SITE, WORK_DAYS, WORK_ENDS, WORK_STARTS, Problem
from matching.engine.fit import Cover
from matching.engine.hours import DAY
from matching.engine.people import IntArray, People

MANY = 200_000  # people; lists of so many facts would fill the memory


class Rows:
    """The rows of a table as lists, each made when it is asked for."""

    def __init__(self, table: IntArray) -> None:
        self._table = table

    def __getitem__(self, row: int) -> list[int]:
        numbers: list[int] = self._table[row].tolist()
        return numbers


class Rankings(Rows):
    def __getitem__(self, row: int) -> list[int]:
        return [channel for channel in super().__getitem__(row) if channel >= 0]


class Couple(NamedTuple):
    """Two people whose pair is told of: what the mentor covers, and what comes back."""

    mentor: int
    mentee: int
    cover: Cover | None
    back: Cover | None


class View:
    """Reads a problem for sentences, from lists: they are quicker to look into than arrays."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: dict[Hashable, Any] = {}  # many pairs share their departments, hours and channels

    @property
    def people(self) -> People:
        return self.problem.people

    @cached_property
    def names(self) -> list[str]:
        names = self.people.names
        return names if isinstance(names, list) else list(names)

    @cached_property
    def facts(self) -> "list[list[int]] | Rows":
        """`Columns.person`."""
        table = self.problem.columns.person
        return table.tolist() if len(table) < MANY else Rows(table)

    @cached_property
    def rankings(self) -> "list[list[int]] | Rows":
        """Each person's channels, most liked first."""
        table = self.people.channels
        if len(table) >= MANY:
            return Rankings(table)
        return [[channel for channel in row if channel >= 0] for row in table.tolist()]

    @cached_property
    def links(self) -> dict[tuple[int, int], int]:
        """The bits of each two people who are something particular to each other."""
        c = self.problem.columns
        owners = np.repeat(np.arange(len(c.person)), c.person[:, LINKS]).tolist()
        return {(owner, partner): bits for owner, (partner, bits) in zip(owners, c.link.tolist(), strict=True)}

    def skill(self, skill: int) -> str:
        return self.people.skill_names[skill]

    def same_site(self, one: int, other: int) -> bool:
        return self.facts[one][SITE] >= 0 and self.facts[one][SITE] == self.facts[other][SITE]

    def minutes_in_common(self, one: int, other: int) -> int:
        a, b = self.facts[one], self.facts[other]
        key = (a[WORK_DAYS], a[WORK_STARTS], a[WORK_ENDS], b[WORK_DAYS], b[WORK_STARTS], b[WORK_ENDS])
        known: int | None = self.known.get(key)
        if known is None:
            known = self.known[key] = minutes_of(*key)
        return known


def minutes_of(days: int, starts: int, ends: int, other_days: int, other_starts: int, other_ends: int) -> int:
    if not days & other_days:
        return 0
    begins = [(max(starts, other_starts + shift), shift) for shift in (-DAY, 0, DAY)]
    return sum(max(0, min(ends, other_ends + shift) - begin) for begin, shift in begins)
