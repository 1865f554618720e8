"""Small line charts as SVG made by the server: geometry here, marks in `templates/goals/_line.html`."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE, TOP, BOTTOM = 320, 120, 6, 24, 34  # room above for a value, below for the days


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    label: str  # when
    value: str  # how it is written

    @property
    def above(self) -> float:
        """Where its value is written."""
        return self.y - 10


@dataclass(frozen=True)
class LineChart:
    """`path` is the points of the line; `goal_y` the height of what is wanted, if anything is."""

    slug: str
    title: str
    description: str
    series: int
    dots: Sequence[Dot]
    goal_y: float | None = None
    goal: str = ""
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def path(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


def line_chart(
    slug: str, title: str, *, points: Sequence[tuple[str, int, str]], low: int, high: int, series: int = 1,
    wanted: tuple[int, str] | None = None,
) -> LineChart:  # fmt: skip
    """`points` are (when, value, how it is written), oldest first; values lie between `low` and `high`."""
    step = (WIDTH - 2 * EDGE) / max(len(points) - 1, 1)
    dots = [
        Dot(round(EDGE + i * step, 1), _height(value, low, high), label, written)
        for i, (label, value, written) in enumerate(points)
    ]
    words = ", ".join(f"{dot.label}: {dot.value}" for dot in dots)
    return LineChart(
        slug, title, f"{words}. Wanted: {wanted[1]}." if wanted else f"{words}.", series, dots,
        goal_y=_height(wanted[0], low, high) if wanted else None, goal=wanted[1] if wanted else "",
    )  # fmt: skip


def _height(value: int, low: int, high: int) -> float:
    return round(HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)
