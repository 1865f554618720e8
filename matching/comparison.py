"""A suggestion side by side with what each of the two could have instead, and what that would cost the rest."""

from dataclasses import dataclass

from matching.choices import Choice, choices_for, people_of
from matching.models import Suggestion
from matching.workspace import BEST, CRITERIA, WEIGHTS, standing
from mentoring.models import Person, Role

BESIDE = 3  # alternatives for each of the two


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One criterion of one pair."""

    points: int
    best: int
    sentence: str
    difference: int  # from the suggestion's points


@dataclass(frozen=True, kw_only=True)
class Line:
    """One criterion over all pairs that are compared."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a choice means for everybody, by the exchange that the page offers; the whole may find a better one."""

    points: int  # more or fewer than now, over all whom it touches
    left_over: tuple[Person, ...]  # who would be without a suggestion

    @property
    def in_words(self) -> str:
        more = "more" if self.points > 0 else "fewer"
        points = f"{abs(self.points)} points {more}" if self.points else "the same points"
        if not self.left_over:
            return f"Nobody loses a place; {points} in all."
        names = " and ".join(person.name for person in self.left_over)
        return f"{names} would be left without a suggestion; {points} in all."


@dataclass(frozen=True, kw_only=True)
class Column:
    """A pair that is compared; the first one is the suggestion itself."""

    partner: Person
    note: str
    score: int
    choice: Choice | None = None
    cost: Cost | None = None


@dataclass(frozen=True, kw_only=True)
class Side:
    """All that one of the two could have."""

    keep: Role
    kept: Person
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    more: tuple[Column, ...]  # further choices, not compared line by line


def sides_of(suggestion: Suggestion) -> list[Side]:
    """First for the mentee, then for the mentor, with the best others of each."""
    choices = choices_for(suggestion)
    return [_side(suggestion, keep=role, choices=choices[role]) for role in (Role.MENTEE, Role.MENTOR)]


def _side(suggestion: Suggestion, *, keep: Role, choices: list[Choice]) -> Side:
    kept, partner = people_of(suggestion, keep)
    now = Column(partner=partner, note=standing(partner), score=suggestion.score)
    others = [_column(suggestion, choice, partner) for choice in choices]
    return Side(
        keep=keep, kept=kept, columns=(now, *others[:BESIDE]), lines=_lines(suggestion, choices[:BESIDE]),
        more=tuple(others[BESIDE:]),
    )  # fmt: skip


def _column(suggestion: Suggestion, choice: Choice, partner: Person) -> Column:
    return Column(
        partner=choice.partner, note=standing(choice.partner), score=choice.score, choice=choice,
        cost=cost_of(suggestion, choice, partner),
    )  # fmt: skip


def cost_of(suggestion: Suggestion, choice: Choice, partner: Person) -> Cost:
    """`partner` is who would be given up."""
    before = suggestion.score + (choice.instead_of.score if choice.instead_of else 0)
    after = choice.score + (choice.others_score or 0)
    alone = [person for person in (partner, choice.left_over) if person is not None]
    return Cost(points=after - before, left_over=() if choice.others_score is not None else tuple(alone))


def _lines(suggestion: Suggestion, choices: list[Choice]) -> tuple[Line, ...]:
    told = [
        {criterion["name"]: (criterion["points"], criterion["sentence"]) for criterion in suggestion.criteria},
        *(
            {criterion.name: (criterion.points, criterion.sentence) for criterion in choice.criteria}
            for choice in choices
        ),
    ]
    nothing = (0, "")
    lines = []
    for name in CRITERIA:
        if not any(column.get(name, nothing)[0] for column in told):
            continue
        weight = getattr(suggestion.programme, f"weight_{name}", 1) if name in WEIGHTS else 1
        now = told[0].get(name, nothing)[0]
        cells = tuple(
            Cell(points=points, best=BEST * weight, sentence=sentence, difference=points - now)
            for points, sentence in (column.get(name, nothing) for column in told)
        )
        lines.append(Line(name=CRITERIA[name], cells=cells))
    return tuple(lines)
