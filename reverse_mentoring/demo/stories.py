"""The people of the three stories, waiting to be played, and HR: `data/stories.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reverse_mentoring.demo import toml


@dataclass(frozen=True, slots=True)
class StoryOffer:
    skill: str
    level: int
    learned: str
    used: str


@dataclass(frozen=True, slots=True)
class StoryWish:
    skill: str
    priority: int
    present: int
    wanted: int


@dataclass(frozen=True, slots=True)
class StoryPerson:
    key: str
    email: str
    name: str
    pronouns: str
    job_title: str
    department: str
    level: int  # of the grade
    site: str
    joined_days_ago: int
    languages: tuple[str, ...]
    channels: tuple[str, ...]  # most liked first
    hours_a_month: int
    introduction: str
    offers: tuple[StoryOffer, ...]
    wishes: tuple[StoryWish, ...]
    swot: Mapping[str, tuple[str, ...]]  # strengths, weaknesses, opportunities, threats
    reports_to: str = ""  # the key of another of these people
    is_hr: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    key: str
    title: str
    tells: str
    mentor: str  # the key of a person
    mentee: str
    skill: str
    kind: Literal["programme", "quick"]
    return_skill: str = ""
    question: str = ""  # of a quick question


@cache
def people() -> tuple[StoryPerson, ...]:
    return tuple(_person(entry) for entry in toml.read("stories")["people"])


def to_look_around_as() -> tuple[StoryPerson, ...]:
    """Everybody of the stories, in the order in which one would look around."""
    order = ("hr", "amirah", "taylor", "sarah", "mohammed", "ted", "jessica", "hr2")
    return tuple(sorted(people(), key=lambda person: order.index(person.key)))


@cache
def stories() -> tuple[Story, ...]:
    return tuple(Story(**entry) for entry in toml.read("stories")["stories"])


def _person(entry: dict[str, Any]) -> StoryPerson:
    lists = {
        "languages": tuple(entry["languages"]),
        "channels": tuple(entry["channels"]),
        "offers": tuple(StoryOffer(**offer) for offer in entry["offers"]),
        "wishes": tuple(StoryWish(**wish) for wish in entry["wishes"]),
        "swot": {quadrant: tuple(lines) for quadrant, lines in entry.get("swot", {}).items()},
    }
    return StoryPerson(**{**entry, **lists})
