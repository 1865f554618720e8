"""Names for the people of the demo company, from many parts of the world: `data/names.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from reverse_mentoring.demo import toml


@dataclass(frozen=True, slots=True)
class Culture:
    """First and last names that go together."""

    first: tuple[str, ...]
    last: tuple[str, ...]

    def name(self, random: Random) -> str:
        return f"{random.choice(self.first)} {random.choice(self.last)}"


@cache
def cultures() -> Mapping[str, Culture]:
    return {
        key: Culture(first=_names(entry["first"]), last=_names(entry["last"]))
        for key, entry in toml.read("names").items()
    }


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in text.split())
