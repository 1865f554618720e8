"""People in the order of their keys, names in the order of the alphabet: the same input whatever the order of rows."""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from matching.engine.compiled import ENGINE_VERSION
from matching.engine.people import ONE_A_PERSON, TABLES, UNKNOWN, IntArray, People, with_columns
from matching.engine.policy import Policy

I64 = NDArray[np.int64]
LONG = ("languages", "offers", "wishes")  # tables of several rows for each person, kept narrow
COUPLES = ("rather_not", "past", "forbidden", "running")  # hold both ways


def canonical(people: People) -> tuple[People, I64, I64]:
    """The same people in canonical order, with the given row of each and the given index of each skill."""
    rows = np.argsort(people.keys, kind="stable").astype(np.int64)
    skills = alphabetical(people.skill_names)
    moves = {
        "person": inverse(rows),
        "skill": inverse(skills),
        "language": inverse(alphabetical(people.language_names)),
    }
    columns: dict[str, object] = {name: moved(getattr(people, name), rows) for name in ONE_A_PERSON if name != "names"}
    columns["managers"] = renumbered(moved(people.managers, rows), moves["person"])
    columns["names"] = people.names if in_place(rows) else [people.names[row] for row in rows.tolist()]
    for name, kinds in TABLES.items():
        table = getattr(people, name).astype(np.int32 if name in LONG else np.int64)
        for number, kind in enumerate(kinds):
            if kind in moves:
                table[:, number] = renumbered(table[:, number], moves[kind])
        columns[name] = by_columns(np.sort(table, axis=1) if name in COUPLES else table)
    for name, given in (("departments", people.department_names), ("sites", people.site_names)):
        columns[name] = renumbered(moved(getattr(people, name), rows), inverse(alphabetical(given)))
    channel_move = inverse(alphabetical(people.channel_names))
    columns["channels"] = renumbered(moved(people.channels, rows), channel_move).astype(np.int8)
    columns["in_person"] = int(renumbered(np.array([people.in_person]), channel_move)[0])
    for field in fields(People):
        if field.name.endswith("_names"):
            columns[field.name] = tuple(sorted(getattr(people, field.name)))
    return with_columns(people, **columns), rows, skills


def alphabetical(names: Sequence[str]) -> I64:
    return np.array(sorted(range(len(names)), key=lambda number: names[number]), dtype=np.int64)


def inverse(order: I64) -> I64:
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return place


def in_place(order: I64) -> bool:
    return bool((order == np.arange(len(order))).all())


def moved(column: IntArray, rows: I64) -> IntArray:
    """A column in the order of these rows; itself where that is its own."""
    return column if in_place(rows) else column[rows]


def renumbered(column: IntArray, move: I64) -> IntArray:
    if in_place(move):
        return column
    return np.where(column >= 0, move[np.maximum(column, 0)], UNKNOWN)


def by_columns(rows: I64) -> I64:
    """Rows sorted by first column, then second, and so on: by one number for each, where that has room for all."""
    if not len(rows):
        return np.ascontiguousarray(rows)
    least = rows.min(axis=0)
    sizes = (rows.max(axis=0) - least + 1).tolist()
    if math.prod(sizes) >= 1 << 62:
        return np.ascontiguousarray(rows[np.lexsort(rows.T[::-1])])
    number = np.zeros(len(rows), dtype=np.int64)
    for column, size in enumerate(sizes):
        number = number * size + (rows[:, column] - least[column])
    if (number[1:] >= number[:-1]).all():
        return np.ascontiguousarray(rows)
    return np.ascontiguousarray(rows[np.argsort(number, kind="stable")])


def input_hash(people: People, policy: Policy) -> str:
    """A mark of canonical people, policy and engine version."""
    digest = hashlib.blake2b(ENGINE_VERSION.encode(), digest_size=32)
    digest.update(json.dumps(policy.as_dict(), sort_keys=True).encode())
    for field in fields(People):
        column = getattr(people, field.name)
        digest.update(field.name.encode())
        if isinstance(column, np.ndarray) and column.dtype.kind in "iub":
            column = np.ascontiguousarray(column, dtype=np.int64)
            digest.update(repr(column.shape).encode() + column.tobytes())
        else:
            plain = column.tolist() if isinstance(column, np.ndarray) else column
            digest.update(json.dumps(plain, default=list).encode())
    return digest.hexdigest()
