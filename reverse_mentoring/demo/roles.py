"""The demo company on paper: grades, sites, departments, job titles and skills: `data/company.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from reverse_mentoring.demo import toml

NEWCOMER_LEVELS = range(1, 5)
EXECUTIVE_LEVELS = range(6, 10)


@dataclass(frozen=True, slots=True)
class Site:
    name: str
    time_zone: str
    share: int  # of the company's people, out of 100
    languages: tuple[str, ...]  # spoken there beside English
    cultures: tuple[str, ...]  # keys of `names.cultures()` met most often there


@dataclass(frozen=True, slots=True)
class Department:
    name: str
    share: int  # of the company's people, out of 100
    fields: tuple[str, ...]
    titles: Mapping[int, tuple[str, ...]]  # by level, "{field}" takes one of the fields
    before: tuple[str, ...]  # where newcomers came from, after "I came from"
    newcomers_offer: tuple[str, ...]  # skills, most common first
    executives_offer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    grades: Mapping[int, str]  # level → name, 1 is the most junior
    sites: tuple[Site, ...]
    departments: tuple[Department, ...]
    newcomers_offer: tuple[str, ...]  # skills that people of any department bring, most common first
    executives_offer: tuple[str, ...]
    newcomers_wish_beyond_supply: tuple[str, ...]
    executives_wish_beyond_supply: tuple[str, ...]


@cache
def company() -> Company:
    tables = toml.read("company")
    return Company(
        name=tables["name"],
        grades={int(level): name for level, name in tables["grades"].items()},
        sites=tuple(_site(entry) for entry in tables["sites"]),
        departments=tuple(_department(entry) for entry in tables["departments"]),
        newcomers_offer=tuple(tables["newcomers_offer"]),
        executives_offer=tuple(tables["executives_offer"]),
        newcomers_wish_beyond_supply=tuple(tables["newcomers_wish_beyond_supply"]),
        executives_wish_beyond_supply=tuple(tables["executives_wish_beyond_supply"]),
    )


def _site(entry: dict[str, Any]) -> Site:
    return Site(
        name=entry["name"],
        time_zone=entry["time_zone"],
        share=entry["share"],
        languages=tuple(entry["languages"]),
        cultures=tuple(entry["cultures"]),
    )


def _department(entry: dict[str, Any]) -> Department:
    return Department(
        name=entry["name"],
        share=entry["share"],
        fields=tuple(entry["fields"]),
        titles={int(level): tuple(titles) for level, titles in entry["titles"].items()},
        before=tuple(entry["before"]),
        newcomers_offer=tuple(entry["newcomers_offer"]),
        executives_offer=tuple(entry["executives_offer"]),
    )
