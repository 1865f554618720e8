"""Measures how soon the answer is the best one again after one person changed: `make bench-resolve`.

The answer stands in memory (`matching.engine.live`). Each change is of one kind, in turn: seats, skills, all that
rules and criteria ask of a person, leaving, joining, a pair that HR forbids, one that HR fixes. After ten of them the
proof over all pairs is checked without the solver, outside of what is measured. It runs in one thread: its CPU time is
what a machine with nothing else to do takes.
"""

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from benchmarks.matchers import SEED, memory
from matching.company import make_company
from matching.engine import People, PersonRow, Policy
from matching.engine.live import LiveAnswer
from matching.engine.rows import row_of

SHAPES = ("executives", "everybody")
Change = Callable[[], None]
CHANGES = 200
PROOFS = 10
HEAD = "| People | Roles | Change | Number | CPU ms: median | 99 % | slowest | Wall ms: median | 99 % | slowest |"


def main() -> None:
    options = arguments()
    print(f"{HEAD}\n| {' | '.join(['---'] * 10)} |", flush=True)
    for size in options.sizes:
        for shape in options.shapes:
            measure(size, shape, options.changes)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100000", help="how many people, 1000,100000")
    parser.add_argument("--shapes", default=",".join(SHAPES), help="executives (one seat), everybody (both roles, 0–3)")
    parser.add_argument("--changes", type=int, default=CHANGES, help="how many changes")
    options = parser.parse_args()
    options.sizes = [int(size) for size in options.sizes.split(",")]
    options.shapes = options.shapes.split(",")
    return options


def measure(size: int, shape: Any, changes: int) -> None:
    practise(shape)
    people = make_company(size, seed=SEED, shape=shape)
    begin = time.perf_counter()
    live = LiveAnswer(people, Policy())
    built = time.perf_counter() - begin
    took: dict[str, list[tuple[float, float]]] = {}
    proofs = []
    for number, (kind, draw) in enumerate(drawn(live, people, changes)):
        took.setdefault(kind, []).append(timed(draw()))
        if number % (changes // PROOFS or 1) == 1:
            proofs.append(live.proof()[2])
    for kind, times in [*sorted(took.items()), ("all", [both for several in took.values() for both in several])]:
        columns = [
            f"{np.median(column):.1f} | {np.percentile(column, 99):.1f} | {max(column):.1f}"
            for column in zip(*times, strict=True)
        ]
        print(f"| {size:,} | {shape} | {kind} | {len(times)} | {' | '.join(columns)} |", flush=True)
    print(f"  built in {built:.1f} s; {sum(proofs)} of {len(proofs)} answers proven; {memory():,} MB", flush=True)


def timed(change: Change) -> tuple[float, float]:
    """Milliseconds of CPU and on the wall."""
    cpu, wall = time.thread_time(), time.perf_counter()
    change()
    return 1000 * (time.thread_time() - cpu), 1000 * (time.perf_counter() - wall)


def practise(shape: Any) -> None:
    """Reads what was compiled before."""
    people = make_company(300, seed=SEED, shape=shape)
    live = LiveAnswer(people, Policy())
    for _, draw in drawn(live, people, 20):
        draw()()
    live.proof()


def drawn(live: LiveAnswer, people: People, changes: int) -> list[tuple[str, Callable[[], Change]]]:
    """So many changes, of one kind after the other, each drawn when its turn comes."""
    dice = random.Random(SEED)
    asked = np.flatnonzero((people.mentor_capacity > 0) | (people.mentee_capacity > 0)).tolist()
    kinds = (seats, skills, facts, leaving, joining, forbidding, fixing)
    return [
        (kind.__name__, partial(kind, live, people, *dice.sample(asked, 2), number))
        for number, kind in ((number, kinds[number % len(kinds)]) for number in range(changes))
    ]


def seats(live: LiveAnswer, people: People, one: int, other: int, number: int) -> Change:
    row = row_of(people, one)
    most = max(int(people.mentor_capacity.max()), int(people.mentee_capacity.max()))
    mentor, mentee = (
        asked and 1 + (asked + number) % max(2, most) for asked in (row.mentor_capacity, row.mentee_capacity)
    )
    return lambda: live.change(replace(row, mentor_capacity=mentor, mentee_capacity=mentee))


def skills(live: LiveAnswer, people: People, one: int, other: int, number: int) -> Change:
    row, like = row_of(people, one), row_of(people, other)
    return lambda: live.change(replace(row, offers=like.offers, wishes=like.wishes))


def facts(live: LiveAnswer, people: People, one: int, other: int, number: int) -> Change:
    row, like = row_of(people, one), row_of(people, other)
    return lambda: live.change(replace(like, key=row.key, offers=row.offers, wishes=row.wishes, manager=row.manager,
        mentor_capacity=row.mentor_capacity, mentee_capacity=row.mentee_capacity))  # fmt: skip


def leaving(live: LiveAnswer, people: People, one: int, other: int, number: int) -> Change:
    return lambda: live.leave(int(people.keys[one]))


def joining(live: LiveAnswer, people: People, one: int, other: int, number: int) -> Change:
    row: PersonRow = replace(row_of(people, one), key=10 * len(people) + number, name="Somebody new")
    return lambda: live.change(row)


def forbidding(live: LiveAnswer, people: People, one: int, other: int, number: int) -> Change:
    """A pair of the answer as it is then."""
    two = couple(live, one)
    return lambda: live.forbid(*two)


def fixing(live: LiveAnswer, people: People, one: int, other: int, number: int) -> Change:
    """Two people who could be a pair, and are none."""
    two = apart(live, one)
    return lambda: live.fix(*two)


def couple(live: LiveAnswer, one: int) -> tuple[Any, Any]:
    state = live.live.state
    arcs = np.flatnonzero(state.used[1:]) + 1
    arc = arcs[one % len(arcs)]
    return live.register.keys[state.mentors.end[arc]], live.register.keys[state.mentees.end[arc]]


def apart(live: LiveAnswer, one: int) -> tuple[Any, Any]:
    state = live.live.state
    arcs = np.flatnonzero((state.used == 0) & (state.value > 0))
    arc = arcs[one % len(arcs)]
    return live.register.keys[state.mentors.end[arc]], live.register.keys[state.mentees.end[arc]]


if __name__ == "__main__":
    main()
