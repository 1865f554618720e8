"""A few people out of many, with the managers above them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matching.engine.people import ONE_A_PERSON, TABLES, UNKNOWN, People


def only(people: People, wanted: Sequence[int]) -> tuple[People, list[int]]:
    """These people and the lines of managers above them, and the new rows of these people."""
    kept = list(dict.fromkeys(wanted))
    above = [manager for person in kept for manager in lift(people, person)]
    kept = list(dict.fromkeys([*kept, *above]))
    move = np.full(len(people) + 1, UNKNOWN, dtype=np.int64)  # the last place is for -1
    move[kept] = np.arange(len(kept))
    columns: dict[str, object] = {
        name: getattr(people, name)[kept] for name in ONE_A_PERSON if name not in ("names", "managers")
    }
    columns["names"] = [people.names[person] for person in kept]
    columns["managers"] = move[people.managers[kept]]
    for name, kinds in TABLES.items():
        table = getattr(people, name)
        numbers = [number for number, kind in enumerate(kinds) if kind == "person"]
        table = table[(move[table[:, numbers]] >= 0).all(axis=1)].astype(np.int64)
        table[:, numbers] = move[table[:, numbers]]
        columns[name] = table
    return replace(people, **columns), [int(move[person]) for person in wanted]  # type: ignore[arg-type]


def lift(people: People, person: int) -> list[int]:
    """The managers above somebody, from the nearest up; ends where they go round in a circle."""
    line: list[int] = []
    at = int(people.managers[person])
    while at >= 0 and at not in line:
        line.append(at)
        at = int(people.managers[at])
    return line
