"""What surveys show: means and paired change, of five people or more.

Figures take up answers in groups of five, in the order in which they came: two looks at different times differ by five
people or by none, so that nobody's answer is the difference.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Avg, Case, ExpressionWrapper, F, IntegerField, When
from scipy.special import stdtrit

from goals.models import Rating, Sheet, Statement, Survey

FEWEST = 5  # people behind each figure, and in each step between two looks
CONFIDENCE = 0.95
Time = Sheet.Time


@dataclass(frozen=True)
class Change:
    """How far people moved: the mean of their own differences, with its interval."""

    n: int
    before: float
    after: float
    mean: float
    low: float
    high: float

    @property
    def says(self) -> str:
        """In words what the interval allows to say."""
        if self.low > 0:
            return "It rose by more than chance explains."
        return "It fell by more than chance explains." if self.high < 0 else "Chance alone may explain it."


@dataclass(frozen=True)
class Standing:
    """One time of asking: how many were asked, and of those taken up the mean; None of fewer than FEWEST."""

    time: str
    label: str
    asked: int
    n: int
    mean: float | None


@dataclass(frozen=True)
class Results:
    standings: Sequence[Standing]
    changes: Sequence[tuple[str, Change | None]]  # from the start to each later time
    statements: Sequence[tuple[Statement, Sequence[float | None]]]


def paired_change(before: Sequence[float], after: Sequence[float]) -> Change | None:
    """The mean difference of the same people and its 95 % interval by Student's t; None of fewer than FEWEST people.

    With d = after − before of each of n people, mean d̄ and standard deviation s: d̄ ± t(0.975; n − 1) · s / √n. See
    Altman, Machin, Bryant and Gardner, Statistics with Confidence, 2nd ed., BMJ Books 2000, chapter 4 (paired samples).
    """
    if len(before) != len(after):
        raise ValueError("Each person has one value before and one after.")
    n = len(before)
    if n < FEWEST:
        return None
    differences = np.asarray(after, float) - np.asarray(before, float)
    mean, spread = float(differences.mean()), float(differences.std(ddof=1))
    half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * spread / math.sqrt(n)
    return Change(n, float(np.mean(before)), float(np.mean(after)), mean, mean - half, mean + half)


@dataclass(frozen=True)
class _Answer:
    sheet: int
    person: int
    at: dt.datetime
    score: float


def survey_results(survey: Survey) -> Results:
    """Four queries, however many people answered."""
    answers = _answers(survey)
    asked = dict.fromkeys(Time.values, 0)
    for time in survey.sheets.filter(asked__gt=0).values_list("time", flat=True):
        asked[time] += 1
    taken = {time: _whole_groups(rows) for time, rows in answers.items()}
    standings = [
        Standing(time, Time(time).label, asked[time], len(rows), _mean([row.score for row in rows]))
        for time, rows in taken.items()
    ]
    changes = [(Time(time).label, _change(answers[Time.START], answers[time])) for time in Time.values[1:]]
    return Results(standings, changes, _by_statement(survey, taken))


def _answers(survey: Survey) -> dict[str, list[_Answer]]:
    """Each person's mean over the statements, by time, in the order in which they answered."""
    turned = ExpressionWrapper(6 - F("ratings__value"), output_field=IntegerField())
    value = Case(
        When(ratings__statement__is_reversed=True, then=turned),
        default=F("ratings__value"),
        output_field=IntegerField(),
    )
    rows = survey.sheets.filter(status=Sheet.Status.ANSWERED).annotate(score=Avg(value)).order_by("answered_at", "pk")
    found: dict[str, list[_Answer]] = {time: [] for time in Time.values}
    for time, *answer in rows.values_list("time", "pk", "person", "answered_at", "score"):
        found[time].append(_Answer(*answer))
    return found


def _whole_groups(rows: Sequence[_Answer]) -> Sequence[_Answer]:
    return rows[: len(rows) // FEWEST * FEWEST]


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if len(values) >= FEWEST else None


def _change(first: Sequence[_Answer], then: Sequence[_Answer]) -> Change | None:
    """Of those who answered both times; whoever completed their two answers later counts later."""
    start = {row.person: row for row in first}
    both = [(start[row.person], row) for row in then if row.person in start]  # in the order of the later answer
    both = both[: len(both) // FEWEST * FEWEST]
    return paired_change([before.score for before, _ in both], [after.score for _, after in both])


def _by_statement(
    survey: Survey, taken: dict[str, Sequence[_Answer]]
) -> list[tuple[Statement, Sequence[float | None]]]:
    """The mean of each statement as it was answered, at each time, of those whose answers are taken up."""
    sheets = [row.sheet for rows in taken.values() for row in rows]
    rows = Rating.objects.filter(sheet__in=sheets).values_list("statement", "sheet__time").annotate(Avg("value"))
    means = {(statement, time): mean for statement, time, mean in rows}
    return [(each, [means.get((each.pk, time)) for time in Time.values]) for each in survey.statements.all()]
