"""What HR's approval workspace shows beside the suggestions themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from matching.models import Suggestion
from matching.obstacles import obstacles, reporting_lines
from mentoring.models import Enrolment, Pair, Person, Programme

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
BEST = 10  # a criterion that is wholly met gives its weight so many times
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
    """A line of the table."""

    suggestion: Suggestion
    criteria: tuple[Criterion, ...]
    obstacle: str = ""
    reporting_line: str = ""

    @property
    def waits(self) -> bool:
        return self.suggestion.status == Suggestion.Status.PROPOSED

    @property
    def needs_permission(self) -> bool:
        """HR has to allow the reporting line in so many words."""
        return self.waits and bool(self.reporting_line) and self.suggestion.programme.no_reporting_line

    @property
    def can_be_undone(self) -> bool:
        """Rejected, or approved and not started: the same whoever of the two has answered."""
        if self.suggestion.status == Suggestion.Status.APPROVED:
            return self.suggestion.pair is not None and self.suggestion.pair.is_asking
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
        pair = self.suggestion.pair
        if pair is None or pair.is_asking:
            return "Being asked"
        if pair.status in (Pair.Status.DECLINED, Pair.Status.EXPIRED, Pair.Status.WITHDRAWN, Pair.Status.PARTED):
            return "Did not come about"
        return str(pair.get_status_display())

    @property
    def reasons(self) -> list[str]:
        return [criterion.sentence for criterion in self.criteria if criterion.sentence]

    @property
    def exceptions(self) -> list[str]:
        """Rules that it breaks; the reporting line is said as it is today."""
        sentences = [e["sentence"] for e in self.suggestion.exceptions if e["rule"] != "reporting_line"]
        return [self.reporting_line, *sentences] if self.reporting_line else sentences


def standing(person: Person) -> str:
    """Grade and department, for a person in a line."""
    return " · ".join(str(part) for part in (person.grade, person.department) if part)


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


def rows_of(suggestions: Sequence[Suggestion]) -> list[Row]:
    """The lines for suggestions of one programme, in a fixed number of queries."""
    waiting = [s for s in suggestions if s.status == Suggestion.Status.PROPOSED]
    in_the_way, lines = obstacles(waiting), reporting_lines(waiting)
    return [
        Row(
            suggestion=suggestion,
            criteria=criteria_of(suggestion),
            obstacle=in_the_way.get(suggestion.pk, ""),
            reporting_line=lines.get(suggestion.pk, ""),
        )
        for suggestion in suggestions
    ]


def criteria_of(suggestion: Suggestion) -> tuple[Criterion, ...]:
    """Each with its place in a bar that is 100 wide at the highest score that the programme's weights allow."""
    best = {name: BEST * getattr(suggestion.programme, f"weight_{name}") for name in WEIGHTS}
    scale = 100 / max(1, sum(best.values()))
    criteria: list[Criterion] = []
    x = 0.0
    for told in suggestion.criteria:
        width = round(max(0, told["points"]) * scale, 2)
        criteria.append(
            Criterion(
                name=CRITERIA.get(told["name"], told["name"]), points=told["points"], sentence=told["sentence"],
                best=best.get(told["name"]) or BEST, colour=colour_of(told["name"]), x=round(x, 2), width=width,
            )
        )  # fmt: skip
        x += width
    return tuple(criteria)


def colour_of(key: str) -> Colour:
    number = list(CRITERIA).index(key) if key in CRITERIA else 0
    return Colour(name=CRITERIA.get(key, key), series=number % SERIES + 1, is_faint=number >= SERIES)


def legend_of(rows: Sequence[Row]) -> list[Colour]:
    """What the colours of these lines' bars mean, in the order of the bars."""
    shown = {criterion.colour.name for row in rows for criterion in row.criteria if criterion.width}
    return [colour for colour in map(colour_of, CRITERIA) if colour.name in shown]


def tabs_of(programme: Programme, status: str) -> list[Tab]:
    rows = Suggestion.objects.known_to_hr().filter(programme=programme).order_by()
    counts: dict[Any, int] = dict(rows.values_list("status").annotate(n=Count("pk")))
    tabs = [Tab(status=key, name=name, count=counts.get(key, 0) if key else sum(counts.values())) for key, name in TABS]
    if status not in [tab.status for tab in tabs] and status in Suggestion.Status.values:
        tabs.append(Tab(status=status, name=str(Suggestion.Status(status).label), count=counts.get(status, 0)))
    return tabs


def without_partner(programme: Programme) -> QuerySet[Person]:
    """People of invitations that came to nothing, with nobody else yet: both of the two, whoever's answer it was."""
    nothing = programme.pairs.filter(status__in=[Pair.Status.DECLINED, Pair.Status.EXPIRED, Pair.Status.PARTED])
    either = Q(mentor=OuterRef("pk")) | Q(mentee=OuterRef("pk"))
    waiting = Suggestion.objects.proposed().filter(either, programme=programme)
    return Person.objects.filter(
        ~Exists(programme.pairs.open().filter(either)),
        ~Exists(waiting),
        pk__in=nothing.order_by().values("mentor").union(nothing.order_by().values("mentee")),
        enrolments__programme=programme,
        enrolments__status=Enrolment.Status.ENROLLED,
    )
