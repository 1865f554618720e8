"""The texts that the product ships, from `mentoring/data`: guide, briefings, agendas, starters, wording help.

All of them are defaults or suggestions; what people change is kept where they change it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from mentoring.data_files import read_text, read_toml


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    minutes: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Agenda:
    title: str
    before: str  # what to do before the meeting
    points: tuple[AgendaPoint, ...]

    @property
    def minutes(self) -> int:
        return sum(point.minutes for point in self.points)

    def __str__(self) -> str:
        """As plain text, to begin with in a form."""
        return "\n".join(f"{point.minutes} min · {point.title}: {point.text}" for point in self.points)


@dataclass(frozen=True, slots=True)
class Starters:
    for_mentee: tuple[str, ...]  # questions that the mentee may ask
    for_mentor: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedbackPart:
    key: Literal["situation", "saw", "effect", "next"]
    title: str
    help: str
    example: str


@dataclass(frozen=True, slots=True)
class Wording:
    instead_of: str
    better: str


@dataclass(frozen=True, slots=True)
class Slip:
    words: tuple[str, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class FeedbackHelp:
    before: str
    parts: tuple[FeedbackPart, ...]
    wordings: tuple[Wording, ...]
    slips: tuple[Slip, ...]
    openings_upwards: tuple[str, ...]
    when_receiving: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SwotQuadrant:
    key: Literal["strength", "weakness", "opportunity", "threat"]
    title: str
    becomes: Literal["offer", "wish"]  # what an entry turns into with one click
    help: str
    prompts: tuple[str, ...]


@cache
def default_guide() -> str:
    """Markdown: what a new programme's guide says until HR changes it."""
    return read_text("guide.md")


@cache
def briefing(role: Literal["mentor", "mentee"]) -> str:
    """Markdown: what somebody reads before the first meeting in this role."""
    return read_text(f"briefing_{role}.md")


@cache
def agendas() -> Mapping[str, Agenda]:
    """introduction, first, middle, last, in the order of a pair's life; brainstorm is for slow progress."""
    return {key: _agenda(entry) for key, entry in read_toml("agendas.toml").items()}


@cache
def starters() -> Mapping[str, Starters]:
    """Conversation starters by the key of the skill's category."""
    return {
        category: Starters(for_mentee=tuple(entry["mentee"]), for_mentor=tuple(entry["mentor"]))
        for category, entry in read_toml("starters.toml").items()
    }


@cache
def feedback_help() -> FeedbackHelp:
    tables = read_toml("feedback.toml")
    return FeedbackHelp(
        before=tables["before"],
        parts=tuple(FeedbackPart(**part) for part in tables["part"]),
        wordings=tuple(Wording(**wording) for wording in tables["wording"]),
        slips=tuple(Slip(tuple(slip["words"]), slip["hint"]) for slip in tables["slip"]),
        openings_upwards=tuple(tables["upwards"]["openings"]),
        when_receiving=tuple(tables["receiving"]["lines"]),
    )


def slips_in(text: str) -> list[str]:
    """A hint for each kind of word in it that hurts more than it says."""
    words = " ".join(re.findall(r"[\w'’]+", text.casefold())).replace("’", "'")
    return [slip.hint for slip in feedback_help().slips if any(f" {word} " in f" {words} " for word in slip.words)]


@cache
def swot_quadrants() -> tuple[SwotQuadrant, ...]:
    return tuple(
        SwotQuadrant(**{**entry, "prompts": tuple(entry["prompts"])}) for entry in read_toml("swot.toml")["quadrant"]
    )


def _agenda(entry: dict[str, Any]) -> Agenda:
    return Agenda(entry["title"], entry["before"], tuple(AgendaPoint(**point) for point in entry["points"]))
