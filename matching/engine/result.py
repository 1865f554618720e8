"""What the engine answers. People are row numbers of the columns that were given."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, Literal, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Role = Literal["mentor", "mentee"]
Record = TypeVar("Record", bound=tuple[Any, ...])


def records(kind: type[Record], *columns: Iterable[Any]) -> Iterator[Record]:
    """Many named tuples of one kind, from a column for each of their fields: sooner than one call for each."""
    return cast(Iterator[Record], map(tuple.__new__, repeat(kind), zip(*columns, strict=True)))


class Criterion(NamedTuple):
    """A part of a pair's score: what it gave, and why in a sentence."""

    name: str
    points: int  # weight × fulfilment (0 to 10)
    sentence: str  # "" where there is nothing to say


class BrokenRule(NamedTuple):
    """A hard rule that a pair breaks."""

    name: str
    sentence: str
    can_be_allowed: bool  # HR may say yes to an exception


class RuleCount(NamedTuple):
    """How many of a person's possible partners a rule removed: each is counted once, under the first rule."""

    name: str
    removed: int
    sentence: str


class Alternative(NamedTuple):
    """The best partner that somebody gave up, and what choosing them would cost everyone."""

    role: Role  # whose other choice it is: the mentor's or the mentee's
    mentor: int
    mentee: int
    score: int
    placed_lost: int | None  # people who would lose their place; None: more than is worked out, see the sentence
    points_lost: int | None
    sentence: str


class SuggestedPair(NamedTuple):
    mentor: int
    mentee: int
    skill: int
    return_skill: int  # what comes back; -1: nothing does
    score: int  # the sum of the criteria's points
    criteria: tuple[Criterion, ...]
    fixed: bool = False
    broken_rules: tuple[BrokenRule, ...] = ()  # of a fixed pair or an allowed exception
    alternatives: tuple[Alternative, ...] = ()
    near_tie: bool = False

    @property
    def is_exchange(self) -> bool:
        return self.return_skill >= 0


class Change(NamedTuple):
    """The smallest single change that would place somebody; found by solving, not by guessing."""

    kind: Literal["capacity", "rule", "exception", "offer"]
    sentence: str
    details: Mapping[str, int | float | str | None]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who asked for a role and has nobody in it."""

    person: int
    role: Role
    waits: bool  # placed in none of the roles that they asked for
    rules: tuple[RuleCount, ...]
    smallest_change: Change | None = None


class Objective(NamedTuple):
    """First as many people placed as possible, each counted once in each role they asked for; then the total score."""

    placed: int
    total: int
    placed_bound: int  # nobody can place more
    bound: int  # nobody can reach a higher total with as many placed
    certified: bool  # the answer is proven to be the best, and the proof was checked

    @property
    def gap(self) -> float:
        """How much better another answer could be at most, as a share of this one's total."""
        return (self.bound - self.total) / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class PairScore:
    """Two people put together by hand. Says nothing of what is on a rather-not list."""

    eligible: bool
    broken_rules: tuple[BrokenRule, ...]
    skill: int  # the skill that fits best; -1: none does
    return_skill: int
    score: int
    criteria: tuple[Criterion, ...]

    @property
    def is_exchange(self) -> bool:
        return self.return_skill >= 0


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """The price of one more seat for each person in each role; `verify` says how they prove the answer."""

    mentor_prices: NDArray[np.int64]
    mentee_prices: NDArray[np.int64]


class SkillNeed(NamedTuple):
    """A skill, and how many people want to learn it, could share it, and want to learn it and have no mentor."""

    skill: int
    wanted: int
    offered: int
    left_out: int


class NextMentors(NamedTuple):
    """What the next mentors should offer."""

    offers: tuple[tuple[int, int], ...]  # a skill, and how many of them should offer it
    placed: int | None  # how many more people would have a mentor; None: not worked out


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """The score that every new pair reaches where the worst-off come first, with its proof."""

    score: int
    without: Certificate | None  # prices without a floor: nobody can place more; None: there was no time for it
    above: Certificate | None  # prices above the highest: fewer are placed, or no new pair is left
    highest: int  # no higher one can be; more than the score where time was over before it was found


@dataclass(frozen=True, slots=True)
class Fairness:
    """Figures beside the total. None: not worked out."""

    covered: int  # people with a partner, each counted once
    covered_bound: int | None  # nobody can reach more
    weakest: int | None  # the score of the weakest new pair; None where there is no new pair
    weakest_bound: int | None  # the highest it could be with as many placed
    weakest_costs: int | None  # points of the total that this would cost
    swaps: int  # pairs of two who have partners, and who would both score higher together


@dataclass(frozen=True, slots=True)
class Result:
    pairs: Sequence[SuggestedPair]  # by the keys of mentor and mentee
    left_out: tuple[LeftOut, ...]
    objective: Objective
    certificate: Certificate
    input_hash: str  # of people, policy and engine version, whatever the order of rows
    seconds: Mapping[str, float] = field(default_factory=dict, compare=False)  # by phase
    floor: Floor | None = None  # where the worst-off come first
