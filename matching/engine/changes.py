"""The smallest single change that would place somebody who is left out: tried by solving again, never guessed.

From small to large: HR's yes to one exception, one more seat of one person, a rule a step looser for everybody, one
more person with the right skill. The first that places them is found on the problem as everybody may see it
(`visible`), and told only if it places them in truth, too: what a rather-not list would prevent is not told, and
nothing else in its place. With a `secret`, for one person in eight no change is told at all, so that the two cannot be
told apart.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from matching.engine.columns import I64, MENTEE_CAPACITY, MENTOR_CAPACITY, Columns
from matching.engine.compiled import kernel
from matching.engine.newcomers import newcomers
from matching.engine.people import MAX_CAPACITY, BoolArray, People
from matching.engine.policy import Policy
from matching.engine.result import Change, LeftOut, Result, Role
from matching.engine.rows import PersonRow
from matching.engine.rules import FINE, RULES, WAIVED, broken_rules, first_broken
from matching.engine.value import Scale, scale_of, value_of
from matching.engine.worlds import World, Worlds, worlds_of

TRIES = 3  # how many people are tried for each kind of change
SECONDS = 30.0  # then those who were not looked at are told of none
ONE_IN = 8
Test = Callable[[World], bool]


def smallest_changes(
    people: People,
    policy: Policy,
    result: Result,
    *,
    seconds: float = SECONDS,
    secret: bytes = b"",
    progress: Callable[[float], None] | None = None,
    worlds: Worlds | None = None,
) -> Result:
    """The result with the smallest change of those left out, where one was found in time; who waits comes first."""
    worlds = worlds or (worlds_of(people, policy, result) if result.left_out else None)
    if worlds is None:
        return result
    until = time.monotonic() + seconds
    told: dict[int, Change | None] = {}
    order = sorted(range(len(result.left_out)), key=lambda number: not result.left_out[number].waits)
    for done, number in enumerate(order):
        if time.monotonic() > until:
            break
        told[number] = smallest_change(*worlds, result.left_out[number], secret)
        if progress:
            progress((done + 1) / len(order))
    left_out = (replace(left, smallest_change=told.get(number)) for number, left in enumerate(result.left_out))
    return replace(result, left_out=tuple(left_out))


def smallest_change(open_world: World, world: World, left: LeftOut, secret: bytes) -> Change | None:
    for change, places in trials_for(open_world, left):
        if places(open_world):
            is_told = (world is open_world or places(world)) and not withheld(secret, world, left)
            return change if is_told else None
    return None


def withheld(secret: bytes, world: World, left: LeftOut) -> bool:
    """The same for the same person for ever, and a secret."""
    if not secret:
        return False
    message = f"{world.people.keys[left.person]} {left.role}".encode()
    return hashlib.blake2b(message, key=secret[:64], digest_size=4).digest()[0] % ONE_IN == 0


def trials_for(world: World, left: LeftOut) -> Iterator[tuple[Change, Test]]:
    """The changes from small to large, each with the question whether it places them."""
    partners = Partners(world, left)
    yield from partners.exceptions()
    yield from partners.seats()
    for trial in world.looser:
        yield trial.change, partial(places_by_rule, left, trial.change.sentence)
    for change, row in newcomers(world.people, left):
        yield change, partial(places_by_newcomer, left, row)


def places_by_rule(left: LeftOut, sentence: str, there: World) -> bool:
    return left.person in there.loosened[sentence][left.role]


def places_by_newcomer(left: LeftOut, row: PersonRow, there: World) -> bool:
    there.live.change(row)
    placed = there.live.is_placed(there.people.keys[left.person].item(), left.role)
    there.live.leave(row.key)
    return placed


class Partners:
    """Everybody in the other role, with what keeps them from somebody who is left out."""

    def __init__(self, world: World, left: LeftOut) -> None:
        self.world, self.left = world, left
        self.place = int(world.places[left.person])
        c = world.problem.columns
        self.as_mentor = left.role == "mentor"
        column = MENTEE_CAPACITY if self.as_mentor else MENTOR_CAPACITY
        self.others = np.flatnonzero(c.person[:, column] > 0)
        self.others = self.others[self.others != self.place]
        self.rows = np.zeros((len(self.others), 3), dtype=np.int64)
        look(c, scale_of(c), self.place, self.as_mentor, self.others, self.rows)

    def best(self, fits: BoolArray, worth: I64) -> list[int]:
        """A few who fit, the most promising first, then by key."""
        found = np.flatnonzero(fits)
        found = found[np.argsort(-worth[found], kind="stable")][:TRIES]
        return [int(other) for other in self.others[found]]

    def couple(self, other: int) -> tuple[int, int]:
        return (self.place, other) if self.as_mentor else (other, self.place)

    def exceptions(self) -> Iterator[tuple[Change, Test]]:
        """HR's yes to one pair, the most promising ones first."""
        bits, problem = self.rows[:, 0], self.world.problem
        side: Role = "mentee" if self.as_mentor else "mentor"
        promise = self.world.promise(side, self.others, self.rows[:, 2])
        for other in self.best((bits > 0) & (bits & ~WAIVED == 0), promise):
            mentor, mentee = self.couple(other)
            if first_broken(problem.columns, mentee, mentor) == FINE:
                continue  # the other way round it is a pair already
            bits_of_two = broken_rules(problem.columns, mentor, mentee)
            broken = [known.name for rule, known in RULES.items() if bits_of_two & (1 << rule)]
            names = problem.people.names[mentor], problem.people.names[mentee]
            change = Change(
                "exception",
                f"If HR allowed {names[0]} and {names[1]} in spite of {listed([RULE_WORDS[name] for name in broken])}.",
                {
                    "mentor": int(problem.rows[mentor]),
                    "mentee": int(problem.rows[mentee]),
                    "rules": ", ".join(broken),
                },
            )
            yield change, partial(self.places_by_pair, mentor, mentee)

    def places_by_pair(self, mentor: int, mentee: int, there: World) -> bool:
        if kept_apart(there, mentor, mentee):
            return False
        return there.places_with_pair(mentor, mentee, self.place, self.left.role)

    def seats(self) -> Iterator[tuple[Change, Test]]:
        """One more seat of somebody who fits, the best fit first."""
        problem = self.world.problem
        role: Role = "mentee" if self.as_mentor else "mentor"
        capacity = problem.columns.person[:, MENTEE_CAPACITY if self.as_mentor else MENTOR_CAPACITY]
        fits = (self.rows[:, 1] == FINE) & (capacity[self.others] < MAX_CAPACITY)
        for other in self.best(fits, self.rows[:, 2]):
            now, noun = int(capacity[other]), "mentor" if self.as_mentor else "mentee"
            change = Change(
                "capacity",
                f"If {problem.people.names[other]} took {counted(now + 1, noun)} instead of {now}.",
                {"person": int(problem.rows[other]), "role": role, "to": now + 1},
            )
            yield change, partial(self.places_by_seat, other, role)

    def places_by_seat(self, other: int, role: Role, there: World) -> bool:
        return there.places_with_seat(other, role, self.place, self.left.role)


def kept_apart(world: World, mentor: int, mentee: int) -> bool:
    """Whether a list, or what looks like one, stands between two people by key order."""
    rows = world.problem.rows[[mentor, mentee]]
    lists = np.sort(world.people.rather_not, axis=1)
    return bool((lists == np.sort(rows)).all(axis=1).any())


@kernel
def look(c: Columns, scale: Scale, person: int, as_mentor: bool, others: I64, out: I64) -> None:
    """For each other one the rules that the two break, the first of them, and what the pair is worth."""
    for number in range(len(others)):
        mentor, mentee = (person, others[number]) if as_mentor else (others[number], person)
        out[number, 0] = broken_rules(c, mentor, mentee)
        out[number, 1] = first_broken(c, mentor, mentee)
        out[number, 2] = value_of(c, scale, mentor, mentee)


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


RULE_WORDS = {
    "grade_gap": "their grades",
    "reporting_line": "their reporting line",
    "shared_language": "having no language in common",
    "overlap_hours": "few hours in common",
    "not_again": "having been partners before",
    "external_approval": "the rule on partners from outside",
}
