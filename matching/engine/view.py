"""What sentences are made from: names and facts of people by key order."""

from functools import cached_property
from typing import NamedTuple

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
        if not a[WORK_DAYS] & b[WORK_DAYS]:
            return 0
        begins = [(max(a[WORK_STARTS], b[WORK_STARTS] + shift), shift) for shift in (-DAY, 0, DAY)]
        return sum(max(0, min(a[WORK_ENDS], b[WORK_ENDS] + shift) - begin) for begin, shift in begins)
