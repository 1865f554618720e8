"""What HR's approval workspace shows beside the suggestions themselves."""

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from matching.lines import PersonInLine, SuggestionLine, lines_of
from matching.models import Suggestion
from matching.obstacles import in_the_way, reporting_lines
from mentoring.models import Enrolment, Pair, Person, Programme
from mentoring.prepared import KEY, prepared
from mentoring.scales import Scales
from mentoring.seldom import seldom_counted

CRITERIA = {
    "skill_fit": "Skill fit",
    "exchange": "What comes back",
    "grade_gap": "Levels apart",
    "bridge": "Bridge",
    "channels": "Ways to meet",
    "overlap": "Hours in common",
    "waiting": "Waiting",
    "kept": "Suggested before",
}
WEIGHTS = ("skill_fit", "exchange", "grade_gap", "bridge", "channels", "overlap", "waiting")
SERIES = 6  # colours of a chart
NEEDING_SHOWN = 8
CAME_TO_NOTHING = (Pair.Status.DECLINED, Pair.Status.EXPIRED, Pair.Status.PARTED)
BEST = 10  # a criterion that is wholly met gives its weight so many times
_BAR = """<svg class="criteria" viewBox="0 0 100 8" role="img" aria-label="{}">\
<rect class="criteria__track" width="100" height="8" rx="2"/>{}</svg>"""
_PART = '<rect class="{}" x="{}" width="{}" height="8"/>'
TABS = (
    (Suggestion.Status.PROPOSED, "Waiting"),
    (Suggestion.Status.APPROVED, "Approved"),
    (Suggestion.Status.REJECTED, "Rejected"),
    ("", "All"),
)


@dataclass(frozen=True, kw_only=True)
class Colour:
    """How a criterion looks in every small bar: its colour, faint where there are more criteria than colours."""

    name: str
    series: int
    is_faint: bool

    @property
    def classes(self) -> str:
        return f"series-{self.series} criteria__faint" if self.is_faint else f"series-{self.series}"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One criterion's part of the score, and of the small bar."""

    name: str
    points: int
    best: int
    sentence: str
    colour: "Colour"
    x: float
    width: float


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table. How it looks follows from these values, so that it is drawn once for each."""

    suggestion: SuggestionLine
    weights: tuple[int, ...]
    obstacle: str = ""
    reporting_line: str = ""
    asks_permission: bool = False  # for a reporting line, in this programme
    shows_comments: bool = True

    def drawn_by(self) -> Hashable:
        line = self.suggestion
        told = (self.obstacle, self.reporting_line, self.asks_permission, self.shows_comments)
        return (*line[:-2], *line.mentor, *line.mentee, *self.weights, *told)

    @property
    def waits(self) -> bool:
        return self.suggestion.waits

    @property
    def needs_permission(self) -> bool:
        """HR has to allow the reporting line in so many words."""
        return self.waits and bool(self.reporting_line) and self.asks_permission

    @property
    def can_be_undone(self) -> bool:
        """Rejected, or approved and not started: the same whoever of the two has answered."""
        if self.suggestion.status == Suggestion.Status.APPROVED:
            return self.suggestion.pair_is_asking
        return self.suggestion.status == Suggestion.Status.REJECTED

    @property
    def mentor_note(self) -> str:
        return standing(self.suggestion.mentor)

    @property
    def mentee_note(self) -> str:
        return standing(self.suggestion.mentee)

    @property
    def pair_in_words(self) -> str:
        """How far the pair is, without saying whose answer is awaited or what it was."""
        status = self.suggestion.pair_status
        if status is None or self.suggestion.pair_is_asking:
            return "Being asked"
        if status in (Pair.Status.DECLINED, Pair.Status.EXPIRED, Pair.Status.WITHDRAWN, Pair.Status.PARTED):
            return "Did not come about"
        return str(Pair.Status(status).label)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        return criteria_of(json.loads(self.suggestion.criteria), self.weights)

    @property
    def bar(self) -> SafeString:
        """The criteria as a small bar, in words for who cannot see it. Drawn here, for lists show it by the dozen."""
        words = ", ".join(f"{c.name} {c.points}" for c in self.criteria)
        parts = format_html_join("", _PART, [(c.colour.classes, c.x, c.width) for c in self.criteria if c.width])
        return format_html(_BAR, words, parts)

    @property
    def reasons(self) -> list[str]:
        return [criterion.sentence for criterion in self.criteria if criterion.sentence]

    @property
    def alternatives(self) -> list[dict[str, Any]]:
        return list(json.loads(self.suggestion.alternatives))

    @property
    def exceptions(self) -> list[str]:
        """Rules that it breaks; the reporting line is said as it is today."""
        told = json.loads(self.suggestion.exceptions)
        sentences = [exception["sentence"] for exception in told if exception["rule"] != "reporting_line"]
        return [self.reporting_line, *sentences] if self.reporting_line else sentences


@dataclass(frozen=True)
class Table:
    """The lines of one page."""

    rows: Sequence[Row]

    def __bool__(self) -> bool:
        return bool(self.rows)

    def drawn_by(self) -> Hashable:
        return tuple([row.drawn_by() for row in self.rows])

    @property
    def waits(self) -> bool:
        """Nothing in it was decided: so no clock, and no words of HR's alone, stand in any line."""
        return all(row.waits for row in self.rows)

    @property
    def legend(self) -> list[Colour]:
        """What the colours of the lines' bars mean, in the order of the bars."""
        told = {one["name"] for row in self.rows for one in json.loads(row.suggestion.criteria) if one["points"] > 0}
        return [colour_of(key) for key in CRITERIA if key in told]


def standing(person: Person | PersonInLine) -> str:
    """Grade and department, for a person in a line."""
    return " · ".join(str(part) for part in (person.grade, person.department) if part)


class PersonNamed(NamedTuple):
    pk: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Tab:
    status: str
    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A running programme, and what waits in it."""

    pk: int
    name: str
    waiting: int
    runs_done: int


def desks() -> list[Desk]:
    """Programmes that run, those with the most to decide on first."""
    waiting = Count("suggestions", filter=Q(suggestions__status=Suggestion.Status.PROPOSED), distinct=True)
    done = Count("runs", filter=Q(runs__status="done"), distinct=True)
    programmes = Programme.objects.filter(status=Programme.Status.LAUNCHED).annotate(n=waiting, done=done)
    rows = programmes.order_by("-n", "name").values_list("pk", "name", "n", "done")
    return [Desk(pk=pk, name=name, waiting=n, runs_done=runs) for pk, name, n, runs in rows]


def rows_of(
    programme: Programme, keys: Sequence[int], reader: int | None = None, scales: Scales | None = None
) -> list[Row]:
    """The lines for suggestions of one programme, in a fixed number of queries. What HR people say to each other about
    a suggestion is not shown to a reader who is one of the two.
    """
    suggestions = lines_of(keys, scales)
    waiting = [s for s in suggestions if s.waits]
    obstacles, lines = in_the_way(programme, waiting), reporting_lines(programme, waiting)
    weights = tuple(getattr(programme, f"weight_{name}") for name in WEIGHTS)
    return [
        Row(
            suggestion=suggestion,
            weights=weights,
            obstacle=obstacles.get(suggestion.pk, ""),
            reporting_line=lines.get(suggestion.pk, ""),
            asks_permission=programme.no_reporting_line,
            shows_comments=reader not in (suggestion.mentor_id, suggestion.mentee_id),
        )
        for suggestion in suggestions
    ]


def criteria_of(told: Sequence[dict[str, Any]], weights: Sequence[int]) -> tuple[Criterion, ...]:
    """Each with its place in a bar that is 100 wide at the highest score that the programme's weights allow."""
    best = {name: BEST * weight for name, weight in zip(WEIGHTS, weights, strict=True)}
    scale = 100 / max(1, sum(best.values()))
    criteria: list[Criterion] = []
    x = 0.0
    for one in told:
        width = round(max(0, one["points"]) * scale, 2)
        criteria.append(
            Criterion(
                name=CRITERIA.get(one["name"], one["name"]), points=one["points"], sentence=one["sentence"],
                best=best.get(one["name"]) or BEST, colour=colour_of(one["name"]), x=round(x, 2), width=width,
            )
        )  # fmt: skip
        x += width
    return tuple(criteria)


def colour_of(key: str) -> Colour:
    number = list(CRITERIA).index(key) if key in CRITERIA else 0
    return Colour(name=CRITERIA.get(key, key), series=number % SERIES + 1, is_faint=number >= SERIES)


_COUNTS = prepared(
    lambda programme: (
        Suggestion.objects.known_to_hr()
        .filter(programme=programme)
        .order_by()
        .values("status")
        .values_list("status", Count("pk"))
    ),
    KEY,
)


def counts_of(programme: Programme) -> dict[str, int]:
    """How many stand where; of more than COUNTED as of a minute ago at the earliest."""
    return seldom_counted(f"suggestions:{programme.pk}", lambda: dict(_COUNTS(programme.pk)))


def tabs_of(counts: Mapping[str, int], status: str) -> list[Tab]:
    tabs = [Tab(status=key, name=name, count=counts.get(key, 0) if key else sum(counts.values())) for key, name in TABS]
    if status not in [tab.status for tab in tabs] and status in Suggestion.Status.values:
        tabs.append(Tab(status=status, name=str(Suggestion.Status(status).label), count=counts.get(status, 0)))
    return tabs


def _without_partner(programme: int) -> QuerySet[Person, tuple[Any, ...]]:
    pairs = Pair.objects.filter(programme=programme)
    nothing = pairs.filter(status__in=CAME_TO_NOTHING).order_by()
    either = Q(mentor=OuterRef("pk")) | Q(mentee=OuterRef("pk"))
    waiting = Suggestion.objects.proposed().filter(either, programme=programme)
    found = Person.objects.filter(
        ~Exists(pairs.open().filter(either)),
        ~Exists(waiting),
        pk__in=nothing.values("mentor").union(nothing.values("mentee")),
        enrolments__programme=programme,
        enrolments__status=Enrolment.Status.ENROLLED,
    )
    return found.values_list("pk", "name")[: NEEDING_SHOWN + 1]


_WITHOUT_PARTNER = prepared(_without_partner, KEY)


def without_partner(programme: Programme) -> list[PersonNamed]:
    """Up to NEEDING_SHOWN people, and one more, of invitations that came to nothing, with nobody else yet: both of the
    two, whoever's answer it was.
    """
    return [PersonNamed._make(row) for row in _WITHOUT_PARTNER(programme.pk)]
