"""What the people of the demo company write: `data/people.toml` about themselves, `data/pairs.toml` about their pairs.

Nothing here draws by itself: whoever makes the company brings a seeded `Random`, so that all of it comes out the same
again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, Literal

from reverse_mentoring.demo import toml

Voice = Literal["newcomer", "executive"]


@dataclass(frozen=True, slots=True)
class Evidence:
    learned: str
    used: str


@dataclass(frozen=True, slots=True)
class GoalWords:
    title: str  # "{skill}" takes the skill's name
    why: str
    measure: str
    milestones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedbackWords:
    situation: str
    saw: str
    effect: str
    next: str


@dataclass(frozen=True, slots=True)
class BrainstormWords:
    works: tuple[str, ...]
    in_the_way: tuple[str, ...]
    ways: tuple[str, ...]
    step: str
    goal: str


@dataclass(frozen=True, slots=True)
class HandWords:
    topic: str
    asks: str
    answers: str  # nothing where HR has not answered yet


@dataclass(frozen=True, slots=True)
class PairWords:
    goals: Mapping[str, tuple[GoalWords, ...]]  # by the key of the skill's category
    topics: Mapping[str, tuple[str, ...]]  # of meetings, by category
    first_topics: tuple[str, ...]
    first_notes: tuple[str, ...]
    notes: tuple[str, ...]
    last_topics: tuple[str, ...]
    last_notes: tuple[str, ...]
    next_steps: tuple[str, ...]
    private_notes: tuple[str, ...]
    check_in_content: tuple[str, ...]  # where the answers are 4 and 5
    check_in_mixed: tuple[str, ...]  # around 3
    check_in_low: tuple[str, ...]  # 1 and 2
    no_because: tuple[str, ...]
    ended_because: tuple[str, ...]
    mentor_wants: tuple[str, ...]
    mentee_wants: tuple[str, ...]
    confidentiality: tuple[str, ...]
    off_limits: tuple[str, ...]
    ending: tuple[str, ...]
    places_in_person: tuple[str, ...]
    learned: tuple[str, ...]  # at the end
    changed: tuple[str, ...]
    quick_questions: Mapping[str, tuple[str, ...]]  # by category
    feedback: tuple[FeedbackWords, ...]
    brainstorm: BrainstormWords
    hands: tuple[HandWords, ...]


def introduction(
    random: Random, voice: Voice, *, department: str, site: str, field: str, before: str, years: int
) -> str:
    """Four sentences: who I am, how I am at work, life outside, what I hope for."""
    parts = _people()["introduction"]
    own = parts[voice]
    newly_here = voice == "executive" and years < 2
    opening = random.choice(own["opening_when_new" if newly_here else "opening"])
    sentences = (
        opening.format(department=department, site=site, field=field, before=before, years=years),
        random.choice(own["at_work"]),
        random.choice(parts["outside"]),
        random.choice(own["hope"]),
    )
    return " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)


def evidence(random: Random, voice: Voice, *, category: str) -> Evidence:
    """How somebody learned a skill of this category, and what they did with it."""
    words = _people()["evidence"][category][voice]
    return Evidence(learned=random.choice(words["learned"]), used=random.choice(words["used"]))


@cache
def pair_words() -> PairWords:
    tables = toml.read("pairs")
    meetings, private, agreement = tables["meetings"], tables["private"], tables["agreement"]
    return PairWords(
        goals={category: tuple(_goal(entry) for entry in entries) for category, entries in tables["goals"].items()},
        topics=_lists(meetings["topics"]),
        first_topics=tuple(meetings["first"]["topic"]),
        first_notes=tuple(meetings["first"]["notes"]),
        notes=tuple(meetings["any"]["notes"]),
        last_topics=tuple(meetings["last"]["topic"]),
        last_notes=tuple(meetings["last"]["notes"]),
        next_steps=tuple(meetings["any"]["next_steps"]),
        private_notes=tuple(private["notes"]),
        check_in_content=tuple(private["check_in_content"]),
        check_in_mixed=tuple(private["check_in_mixed"]),
        check_in_low=tuple(private["check_in_low"]),
        no_because=tuple(private["no_because"]),
        ended_because=tuple(private["ended_because"]),
        **_lists(agreement),
        **_lists(tables["ending"]),
        quick_questions=_lists(tables["quick_questions"]),
        feedback=tuple(FeedbackWords(**entry) for entry in tables["feedback"]),
        brainstorm=_brainstorm(tables["brainstorm"]),
        hands=tuple(HandWords(**entry) for entry in tables["hand"]),
    )


@cache
def _people() -> dict[str, Any]:
    return toml.read("people")


def _brainstorm(table: dict[str, Any]) -> BrainstormWords:
    lists = {name: tuple(table[name]) for name in ("works", "in_the_way", "ways")}
    return BrainstormWords(**lists, step=table["step"], goal=table["goal"])


def _goal(entry: dict[str, Any]) -> GoalWords:
    return GoalWords(entry["title"], entry["why"], entry["measure"], tuple(entry["milestones"]))


def _lists(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in table.items()}
