"""Charts as SVG made by the server: geometry here, marks in `templates/insights/charts/`.

Each chart carries a title, a description for screen readers and the table of its numbers. Series differ by pattern as
well as by colour, so that they can be told apart in black and white. Coordinates are in SVG user units.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.template.loader import render_to_string

WIDTH = 440
WORDS = 22  # height of a line of words above its bars
THICK = 15
APART = 10
VALUE = 94  # room for the number after the longest bar
PLOT_HEIGHT = 180


@dataclass(frozen=True)
class Bar:
    """One mark: its corner and size, the series (1–6) that says how it is filled, and what it shows."""

    x: float
    y: float
    width: float
    height: float
    series: int
    value: str


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str
    anchor: str = "start"
    strong: bool = False
    on_mark: bool = False  # stands on a mark, whatever its colour


@dataclass(frozen=True)
class Ribbon:
    """A stream from one side of a picture to the other: its outline as a path, and what it shows."""

    outline: str
    series: int
    value: str


@dataclass(frozen=True)
class Chart:
    """`columns` and `rows` are the table behind the picture; `key` names the series that the bars use."""

    slug: str
    title: str
    description: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | float]]
    height: float
    bars: Sequence[Bar] = ()
    labels: Sequence[Label] = ()
    key: Sequence[tuple[int, str]] = ()
    lines: Sequence[tuple[float, float, float, float]] = ()
    ribbons: Sequence[Ribbon] = ()
    width: float = field(default=WIDTH)

    @property
    def is_empty(self) -> bool:
        return not self.bars


@dataclass(frozen=True)
class Row:
    """One category of a bar chart, with a value for each series and how each is written."""

    label: str
    values: Sequence[float]
    written: Sequence[str]


def bar_chart(
    slug: str, title: str, description: str, *, rows: Sequence[Row], series: Sequence[str], head: str
) -> Chart:
    """Horizontal bars below the words of their row, one for each series. Values are at least 0."""
    most = max((value for row in rows for value in row.values), default=0) or 1
    step = WORDS + len(series) * (THICK + 2) + APART
    bars, labels = [], []
    for i, row in enumerate(rows):
        labels.append(Label(0, i * step + WORDS - 6, _short(row.label)))
        for k, value in enumerate(row.values):
            y = i * step + WORDS + k * (THICK + 2)
            length = max(value / most * (WIDTH - VALUE), 1.5)
            bars.append(Bar(0, y, length, THICK, k + 1, f"{row.label}, {series[k]}: {row.written[k]}"))
            labels.append(Label(length + 8, y + THICK - 3, row.written[k], strong=True))
    return Chart(
        slug=slug,
        title=title,
        description=description,
        columns=[head, *series],
        rows=[[row.label, *row.written] for row in rows],
        height=len(rows) * step,
        bars=bars,
        labels=labels,
        key=[(k + 1, name) for k, name in enumerate(series)] if len(series) > 1 else [],
    )


def column_chart(slug: str, title: str, description: str, *, rows: Sequence[Row], series: str, head: str) -> Chart:
    """Upright columns along time, one for each row; a row without a value is written but not drawn."""
    most = max((row.values[0] for row in rows if row.values), default=0) or 1
    wide = WIDTH / max(len(rows), 1)
    thick = min(wide * 0.6, 56)
    bars, labels = [], []
    for i, row in enumerate(rows):
        middle = (i + 0.5) * wide
        labels.append(Label(middle, PLOT_HEIGHT + 40, row.label, "middle"))
        high = row.values[0] / most * PLOT_HEIGHT if row.values else 0
        labels.append(Label(middle, PLOT_HEIGHT + 14 - high, row.written[0], "middle", strong=True))
        if row.values:
            bars.append(Bar(middle - thick / 2, PLOT_HEIGHT + 20 - high, thick, max(high, 1.5), 1, row.written[0]))
    return Chart(
        slug=slug,
        title=title,
        description=description,
        columns=[head, series],
        rows=[[row.label, row.written[0]] for row in rows],
        height=PLOT_HEIGHT + 52,
        bars=bars,
        labels=labels,
        lines=[(0, PLOT_HEIGHT + 20, WIDTH, PLOT_HEIGHT + 20)],
    )


SPARK_WIDE, SPARK_HIGH, SPARK_EDGE = 120, 32, 3


def spark_line(numbers: Sequence[float]) -> str:
    """The points of a line without an axis, to be drawn into 120 × 32."""
    low, high = min(numbers), max(numbers)
    span, step = (high - low) or 1, (SPARK_WIDE - 2 * SPARK_EDGE) / max(len(numbers) - 1, 1)
    tall = SPARK_HIGH - 2 * SPARK_EDGE
    return " ".join(
        f"{SPARK_EDGE + i * step:.1f},{SPARK_HIGH - SPARK_EDGE - (number - low) / span * tall:.1f}"
        for i, number in enumerate(numbers)
    )


def as_svg(chart: Chart) -> str:
    """The picture alone, for a page, a report or a file."""
    return render_to_string("insights/charts/_svg.html", {"chart": chart})


def _short(text: str, most: int = 48) -> str:
    """Fits above the bars; the table has the whole of it."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
