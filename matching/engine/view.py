"""What sentences are made from: names and facts of the two people of each pair."""

from functools import cached_property

import numpy as np

from matching.engine.columns import I32, I64, Columns, Problem
from matching.engine.compiled import kernel
from matching.engine.hours import minutes_in_common
from matching.engine.links import link_bits


class Couples:
    """Pairs that are told of, by key order. What is asked for is worked out for all of them at once."""

    def __init__(self, problem: Problem, couples: I64, covers: I32) -> None:
        self.problem, self.couples = problem, couples
        self.mentor, self.mentee = couples[:, 0], couples[:, 1]
        self.cover, self.back = covers[:, 0], covers[:, 1]  # what goes forth and what comes back, see `fit.find_cover`
        names = problem.people.names
        self.mentors = [names[person] for person in self.mentor.tolist()]
        self.mentees = [names[person] for person in self.mentee.tolist()]

    def __len__(self) -> int:
        return len(self.couples)

    def facts(self, column: int) -> tuple[I32, I32]:
        """A column of `Columns.person`, of mentors and of mentees."""
        person = self.problem.columns.person
        return person[self.mentor, column], person[self.mentee, column]

    @cached_property
    def minutes(self) -> list[int]:
        """Working time in common."""
        return self._seen[0].tolist()

    @cached_property
    def links(self) -> list[int]:
        """What the two are to each other, as bits."""
        return self._seen[1].tolist()

    @cached_property
    def _seen(self) -> I32:
        out = np.empty((2, len(self)), dtype=np.int32)
        look(self.problem.columns, self.couples, out[0], out[1])
        return out


@kernel
def look(c: Columns, couples: I64, minutes: I32, links: I32) -> None:
    for number in range(len(couples)):
        mentor, mentee = couples[number, 0], couples[number, 1]
        minutes[number], links[number] = minutes_in_common(c, mentor, mentee), link_bits(c, mentor, mentee)
