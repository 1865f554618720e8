"""What a search over blocks needs, and what it finds, as bytes: for workers on other machines."""

import io
from typing import Any

import numpy as np

from matching.engine.blocks import Ground, Search
from matching.engine.columns import Columns
from matching.engine.index import Index, Indices
from matching.engine.network import Arcs
from matching.engine.result import Role
from matching.engine.value import Scale


def ground_to_bytes(ground: Ground) -> bytes:
    columns = {f"columns.{name}": column for name, column in ground.columns._asdict().items()}
    mentors = {f"mentors.{name}": column for name, column in ground.indices.mentors._asdict().items()}
    mentees = {f"mentees.{name}": column for name, column in ground.indices.mentees._asdict().items()}
    return packed(scale=np.array(ground.scale, dtype=np.int64), **columns, **mentors, **mentees)


def ground_from_bytes(data: bytes) -> Ground:
    arrays = unpacked(data)

    def of(group: str, names: tuple[str, ...]) -> list[Any]:
        return [arrays[f"{group}.{name}"] for name in names]

    return Ground(
        Columns(*of("columns", Columns._fields)),
        Scale(*arrays["scale"].tolist()),
        Indices(Index(*of("mentors", Index._fields)), Index(*of("mentees", Index._fields))),
    )


def search_to_bytes(search: Search) -> bytes:
    numbers = np.array([search.most, search.lines, search.turn])
    return packed(numbers=numbers, own=search.own, others=search.others)


def search_from_bytes(role: Role, data: bytes) -> Search:
    arrays = unpacked(data)
    most, lines, turn = arrays["numbers"].tolist()
    return Search(role, most, arrays["own"], arrays["others"], lines, turn)


def arcs_to_bytes(arcs: Arcs) -> bytes:
    return packed(**arcs._asdict())


def arcs_from_bytes(data: bytes) -> Arcs:
    return Arcs(**unpacked(data))


def packed(**arrays: Any) -> bytes:
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


def compressed(**arrays: Any) -> bytes:
    """Smaller than `packed`, and slower to make: for what is kept."""
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, Any]:
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}
