"""The ready-made scales that a survey may begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from mentoring.data_files import read_toml

REVERSED = "(-)"


@dataclass(frozen=True, slots=True)
class Scale:
    name: str
    asked_of: str
    statements: tuple[str, ...]


@cache
def scales() -> Mapping[str, Scale]:
    return {
        key: Scale(entry["name"], entry["asked_of"], tuple(entry["statements"]))
        for key, entry in read_toml("survey_scales.toml").items()
    }


def parted(lines: Sequence[str]) -> list[tuple[str, bool]]:
    """(statement, whether it counts the other way round) of each line."""
    return [(line.removeprefix(REVERSED).strip(), line.startswith(REVERSED)) for line in lines]


def joined(statements: Sequence[tuple[str, bool]]) -> str:
    return "\n".join(f"{REVERSED} {text}" if is_reversed else text for text, is_reversed in statements)
