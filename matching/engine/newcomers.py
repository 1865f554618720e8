"""One more person who could teach a wish, or who wishes for an offer."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.engine.people import ONE_A_PERSON, UNKNOWN, IntArray, KeyArray, People
from matching.engine.result import Change, LeftOut
from matching.engine.rows import PersonRow, Wish, row_of

TRIES = 3  # how many of somebody's skills are tried


def newcomers(people: People, left: LeftOut) -> Iterator[tuple[Change, PersonRow]]:
    """Somebody much like the one who is left out, for each of a few skills."""
    row, as_mentor = left.person, left.role == "mentee"
    lines = open_wishes(people) if as_mentor else people.offers
    lines = lines[lines[:, 0] == row]
    order = np.argsort(lines[:, 2] if as_mentor else -lines[:, 2], kind="stable")
    for line in lines[order][:TRIES]:
        skill = int(line[1])
        kind, verb = ("mentor", "offered") if as_mentor else ("mentee", "wished for")
        sentence = f"If there were one more {kind} who {verb} {people.skill_names[skill]}."
        yield (
            Change("offer", sentence, {"skill": skill, "role": kind}),
            newcomer(people, row, skill, as_mentor=as_mentor),
        )


def newcomer(people: People, row: int, skill: int, *, as_mentor: bool) -> PersonRow:
    """Alike but for the department, the grade that the rule asks for, the skill, and all that is between two people."""
    name, like = people.skill_names[skill], row_of(people, row)
    return PersonRow(
        key=next_key(people).item(),
        name=like.name,
        site=like.site,
        utc_offset=like.utc_offset,
        work_starts=like.work_starts,
        work_ends=like.work_ends,
        work_days=like.work_days,
        languages=like.languages,
        channels=like.channels,
        mentor_capacity=int(as_mentor),
        mentee_capacity=int(not as_mentor),
        offers={name: 5} if as_mentor else {},
        wishes=() if as_mentor else (Wish(skill=name, priority=1, present=0, wanted=5),),
    )


def next_key(people: People) -> KeyArray:
    """Behind all others."""
    keys = people.keys.tolist()
    return np.array(max(keys) + 1 if people.keys.dtype.kind in "iu" else f"{max(keys)}+")


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
    columns["keys"] = np.concatenate([people.keys, np.atleast_1d(next_key(people))])
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
