"""What sentences are made from: names and facts of people by key order."""

from collections.abc import Hashable
from functools import cached_property
from typing import Any, NamedTuple

from matching.engine.columns import LINKS, SITE, WORK_DAYS, WORK_ENDS, WORK_STARTS, Problem
from matching.engine.fit import Cover
from matching.engine.hours import DAY
from matching.engine.people import People


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
        return list(self.people.names)

    @cached_property
    def facts(self) -> list[list[int]]:
        """`Columns.person`."""
        facts: list[list[int]] = self.problem.columns.person.tolist()
        return facts

    @cached_property
    def rankings(self) -> list[list[int]]:
        """Each person's channels, most liked first."""
        return [[channel for channel in row if channel >= 0] for row in self.people.channels.tolist()]

    @cached_property
    def links(self) -> dict[tuple[int, int], int]:
        """The bits of each two people who are something particular to each other."""
        c = self.problem.columns
        owners = [person for person, row in enumerate(self.facts) for _ in range(row[LINKS])]
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
