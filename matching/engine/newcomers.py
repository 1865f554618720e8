"""One more person who could teach a wish, or who wishes for an offer."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from matching.engine.looser import Trial
from matching.engine.people import ONE_A_PERSON, UNKNOWN, IntArray, People
from matching.engine.policy import Policy
from matching.engine.result import Change, LeftOut

TRIES = 3  # how many of somebody's skills are tried
Join = Callable[[People, Policy], Trial]


def newcomers(people: People, left: LeftOut) -> Iterator[tuple[Change, Join]]:
    """Somebody much like the one who is left out, for each of a few skills; and how they join."""
    row, as_mentor = left.person, left.role == "mentee"
    lines = open_wishes(people) if as_mentor else people.offers
    lines = lines[lines[:, 0] == row]
    order = np.argsort(lines[:, 2] if as_mentor else -lines[:, 2], kind="stable")
    for line in lines[order][:TRIES]:
        skill = int(line[1])
        kind, verb = ("mentor", "offered") if as_mentor else ("mentee", "wished for")
        sentence = f"If there were one more {kind} who {verb} {people.skill_names[skill]}."
        change = Change("offer", sentence, {"skill": skill, "role": kind})

        def join(there: People, policy: Policy, change: Change = change, skill: int = skill) -> Trial:
            return Trial(change, joined(there, row, skill, as_mentor=as_mentor), policy)

        yield change, join


def open_wishes(people: People) -> IntArray:
    """Who is where they want to be has no wish."""
    return people.wishes[people.wishes[:, 4] > people.wishes[:, 3]]


def joined(people: People, row: int, skill: int, *, as_mentor: bool) -> People:
    """People and one more, alike but for the department, the grade that the rule asks for, and the skill."""
    columns: dict[str, object] = {}
    for name in ONE_A_PERSON:
        column = getattr(people, name)
        columns[name] = [*column, column[row]] if name == "names" else np.concatenate([column, column[row : row + 1]])
    new = len(people)
    numbers = people.keys.dtype.kind in "iu"
    key = np.array([people.keys.max() + 1]) if numbers else np.array([f"{max(people.keys.tolist())}+"])
    columns["keys"] = np.concatenate([people.keys, key])
    for name, value in (
        ("managers", UNKNOWN),
        ("departments", UNKNOWN),
        ("grades", UNKNOWN),
        ("external", 0),
        ("waiting", 0),
        ("mentor_capacity", int(as_mentor)),
        ("mentee_capacity", int(not as_mentor)),
    ):
        column = columns[name]
        assert isinstance(column, np.ndarray)
        column[-1] = value
    if as_mentor:
        columns["offers"] = with_row(people.offers, [new, skill, 5])
    else:
        columns["wishes"] = with_row(people.wishes, [new, skill, 1, 0, 5])
    spoken = people.languages[people.languages[:, 0] == row].copy()
    spoken[:, 0] = new
    columns["languages"] = np.concatenate([people.languages, spoken])
    return replace(people, **columns)  # type: ignore[arg-type]


def with_row(table: IntArray, row: list[int]) -> IntArray:
    return np.concatenate([table.astype(np.int64), np.array([row], dtype=np.int64)])
