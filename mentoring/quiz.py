"""The quiz "How do I communicate?": fifteen statements, four areas, a result with advice for each.

    score(load_quiz(), {"planning-purpose": 4, …})  # → an AreaResult for each area, in order

Every statement counts the same within its area. An area's points go from 0 to 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from mentoring.data_files import read_toml

LEAST, MOST = 1, 5
FULL: Final = 100


class QuizError(ValueError):
    """The answers do not fit the quiz; the message says which."""


@dataclass(frozen=True, slots=True)
class Statement:
    key: str
    text: str
    reversed: bool = False  # agreeing costs points

    def points(self, answer: int) -> int:
        return MOST - answer if self.reversed else answer - LEAST


@dataclass(frozen=True, slots=True)
class Band:
    key: str
    name: str
    least: int  # points out of 100


@dataclass(frozen=True, slots=True)
class Area:
    key: str
    name: str
    about: str
    statements: tuple[Statement, ...]
    advice: Mapping[str, str]  # by the key of the band


@dataclass(frozen=True, slots=True)
class Quiz:
    title: str
    introduction: str
    answers: Mapping[int, str]
    bands: tuple[Band, ...]  # from the lowest
    areas: tuple[Area, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """In the order to ask them: by turns from each area, so that no area is guessed."""
        longest = max(len(area.statements) for area in self.areas)
        return tuple(
            area.statements[number] for number in range(longest) for area in self.areas if number < len(area.statements)
        )


@dataclass(frozen=True, slots=True)
class AreaResult:
    area: Area
    points: int  # 0 to 100
    band: Band

    @property
    def advice(self) -> str:
        return self.area.advice[self.band.key]


@cache
def load_quiz() -> Quiz:
    tables = read_toml("quiz.toml")
    return Quiz(
        title=tables["title"],
        introduction=tables["introduction"],
        answers={int(value): label for value, label in tables["answers"].items()},
        bands=tuple(Band(key, entry["name"], entry["from"]) for key, entry in tables["bands"].items()),
        areas=tuple(_area(entry) for entry in tables["area"]),
    )


def score(quiz: Quiz, answers: Mapping[str, int]) -> tuple[AreaResult, ...]:
    """One result for each area. `QuizError` if an answer is missing, unknown or off the scale."""
    _check(quiz, answers)
    return tuple(_result(quiz, area, answers) for area in quiz.areas)


def _result(quiz: Quiz, area: Area, answers: Mapping[str, int]) -> AreaResult:
    reached = sum(statement.points(answers[statement.key]) for statement in area.statements)
    possible = len(area.statements) * (MOST - LEAST)
    points = (2 * FULL * reached + possible) // (2 * possible)  # rounded half up
    band = [band for band in quiz.bands if points >= band.least][-1]
    return AreaResult(area, points, band)


def _check(quiz: Quiz, answers: Mapping[str, int]) -> None:
    asked = {statement.key for statement in quiz.statements}
    if missing := asked - set(answers):
        raise QuizError(f"not answered: {', '.join(sorted(missing))}")
    if unknown := set(answers) - asked:
        raise QuizError(f"not asked: {', '.join(sorted(unknown))}")
    if off := sorted(key for key, value in answers.items() if value not in quiz.answers):
        raise QuizError(f"off the scale: {', '.join(off)}")


def _area(entry: dict[str, Any]) -> Area:
    statements = tuple(Statement(**statement) for statement in entry["statements"])
    return Area(entry["key"], entry["name"], entry["about"], statements, entry["advice"])
