"""The skills that the product ships, and the words beside its scales, read from `mentoring/data` and checked.

Knows no Django: `load_taxonomy()` gives frozen records, and whoever fills the database copies them from there.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from mentoring.data_files import read_text

MAX_NAME = 60
MAX_DESCRIPTION = 120


class TaxonomyError(ValueError):
    """The data file breaks a rule; the message says which entry and which rule."""


@dataclass(frozen=True, slots=True)
class TaxonomySkill:
    name: str
    description: str
    aliases: tuple[str, ...]
    category: str  # the key of its category


@dataclass(frozen=True, slots=True)
class TaxonomyCategory:
    key: str
    name: str
    description: str
    skills: tuple[TaxonomySkill, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    categories: tuple[TaxonomyCategory, ...]

    @property
    def skills(self) -> tuple[TaxonomySkill, ...]:
        return tuple(skill for category in self.categories for skill in category.skills)

    def skill(self, name: str) -> TaxonomySkill:
        """The skill of that name, upper and lower case alike; `KeyError` if there is none."""
        wanted = name.casefold()
        for skill in self.skills:
            if skill.name.casefold() == wanted:
                return skill
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Scales:
    """For each number of a scale, a sentence to show beside its label."""

    offer_level: Mapping[int, str]
    wish_level: Mapping[int, str]
    priority: Mapping[int, str]


@cache
def load_taxonomy() -> Taxonomy:
    return parse_taxonomy(read_text("skills.toml"))


@cache
def load_scales() -> Scales:
    return parse_scales(read_text("scales.toml"))


def parse_taxonomy(text: str) -> Taxonomy:
    categories = tuple(_category(entry) for entry in tomllib.loads(text).get("category", []))
    taxonomy = Taxonomy(categories)
    _refuse_doubles("category key", (category.key for category in categories))
    _refuse_doubles("category name", (category.name for category in categories))
    _refuse_doubles("skill name or alias", _search_words(taxonomy))
    return taxonomy


def parse_scales(text: str) -> Scales:
    tables = tomllib.loads(text)
    return Scales(
        offer_level=_scale(tables, "offer_level"),
        wish_level=_scale(tables, "wish_level"),
        priority=_scale(tables, "priority"),
    )


def _category(entry: dict[str, Any]) -> TaxonomyCategory:
    key = _text(entry, "key", MAX_NAME)
    return TaxonomyCategory(
        key=key,
        name=_text(entry, "name", MAX_NAME),
        description=_text(entry, "description", MAX_DESCRIPTION),
        skills=tuple(_skill(skill, key) for skill in entry.get("skills", [])),
    )


def _skill(entry: dict[str, Any], category: str) -> TaxonomySkill:
    return TaxonomySkill(
        name=_text(entry, "name", MAX_NAME),
        description=_text(entry, "description", MAX_DESCRIPTION),
        aliases=tuple(
            _checked(alias, MAX_NAME, f"an alias of {entry['name']!r}") for alias in entry.get("aliases", [])
        ),
        category=category,
    )


def _scale(tables: dict[str, Any], key: str) -> Mapping[int, str]:
    scale = {
        int(value): _checked(sentence, MAX_DESCRIPTION, f"{key} {value}")
        for value, sentence in tables.get(key, {}).items()
    }
    if not scale:
        raise TaxonomyError(f"{key} is missing")
    return MappingProxyType(scale)


def _text(entry: dict[str, Any], key: str, limit: int) -> str:
    if key not in entry:
        raise TaxonomyError(f"{key} is missing in {entry.get('name', entry)!r}")
    return _checked(entry[key], limit, f"{key} of {entry.get('name', entry)!r}")


def _checked(value: object, limit: int, where: str) -> str:
    if not isinstance(value, str) or not value or value != " ".join(value.split()):
        raise TaxonomyError(f"{where} must be one line of text without space at its ends: {value!r}")
    if len(value) > limit:
        raise TaxonomyError(f"{where} is longer than {limit} characters: {value!r}")
    return value


def _search_words(taxonomy: Taxonomy) -> Iterator[str]:
    for skill in taxonomy.skills:
        yield skill.name
        yield from skill.aliases


def _refuse_doubles(what: str, words: Iterator[str]) -> None:
    seen: set[str] = set()
    for word in words:
        folded = word.casefold()
        if folded in seen:
            raise TaxonomyError(f"{what} appears twice: {word!r}")
        seen.add(folded)
