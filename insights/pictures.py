"""The pictures: who bridges to whom, which skills are in demand and in supply, how skills flow between juniors and
seniors and back. Each is a Chart, with its table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Sum

from insights.blocks import FEWEST
from insights.charts import Bar, Chart, Label, Ribbon, Row, bar_chart
from insights.figures.selection import Selection, grade_bands
from insights.models import Flow
from insights.models.rollup import CELLS, WHOLE
from mentoring.models import Department, Skill, SkillCategory

Kind = Flow.Kind
EVERYBODY = Selection()
FEWEST_PAIRS = (FEWEST + 1) // 2  # have at least FEWEST people
MOST_PLACES, MOST_SKILLS, MOST_CATEGORIES = 12, 14, 10
WIDE = 480
WORDS_WIDE = 150  # for the names of the rows of a map
CELL_HIGH, HEAD_HIGH = 34, 40


class Counted(NamedTuple):
    source: int
    target: int
    n: int
    other: int


@dataclass(frozen=True)
class Way:
    """`n` pairs from a mentor's place to a mentee's."""

    source: str
    target: str
    n: int


def _flows(kind: Kind, chosen: Selection) -> list[Counted]:
    """Of whom nobody and no month is left out, the sums that were counted beforehand; else those of the cells, in which
    a pair stands for each of its two people."""
    if kind == Kind.BALANCE:  # as it is today
        chosen = replace(chosen, since=None, until=None)
    level = WHOLE if chosen.is_everything else CELLS
    rows = chosen.narrow(Flow.objects.filter(kind=kind, level=level)).order_by().values("source", "target")
    of_two = 2 if level == CELLS and chosen.is_open else 1
    return [
        Counted(row["source"], row["target"], row["all_n"] // of_two, row["all_other"])
        for row in rows.annotate(all_n=Sum("n"), all_other=Sum("other"))
    ]


def fewest_of(chosen: Selection) -> int:
    """What a picture of some people or months leaves out: whatever comes from fewer than FEWEST people."""
    if chosen.is_everything:
        return 1
    return FEWEST_PAIRS if chosen.is_open else FEWEST


def departments_picture(chosen: Selection = EVERYBODY, fewest: int | None = None) -> Chart:
    """Ways of fewer than `fewest` are left out; without it, what the selection asks for."""
    names = dict(Department.objects.values_list("pk", "name"))
    return _map(
        "departments-map", "Who bridges to whom: departments", _ways(Kind.DEPARTMENTS, chosen, names, fewest),
        "From the department of the mentor, who shares (rows), to that of the mentee, who learns (columns). The larger "
        "the square, the more pairs.", "department",
    )  # fmt: skip


def levels_picture(chosen: Selection = EVERYBODY, fewest: int | None = None) -> Chart:
    bands = grade_bands()
    return _map(
        "levels-map", "Who bridges to whom: levels", _ways(Kind.BANDS, chosen, bands, fewest),
        "From the grade band of the mentor, who shares (rows), to that of the mentee, who learns (columns). The larger "
        "the square, the more pairs.", "grade band", order=list(bands.values()),
    )  # fmt: skip


def _ways(kind: Kind, chosen: Selection, names: Mapping[int, str], fewest: int | None) -> list[Way]:
    """Between places that are there still."""
    least = fewest or fewest_of(chosen)
    rows = [row for row in _flows(kind, chosen) if row.source in names and row.target in names]
    return [Way(names[row.source], names[row.target], row.n) for row in rows if row.n >= least]


def _map(slug: str, title: str, ways: Sequence[Way], words: str, place: str, *, order: Sequence[str] = ()) -> Chart:
    """Squares in rows and columns; numbers stand for the columns, for their names would not fit a phone."""
    places = _places(ways, order)
    most = max((way.n for way in ways), default=1)
    step = (WIDE - WORDS_WIDE) / max(len(places), 1)
    side = min(step / 2, CELL_HIGH) - 2
    bars, labels = [], []
    for i, name in enumerate(places):
        labels.append(Label(0, HEAD_HIGH + (i + 0.5) * CELL_HIGH + 4, f"{i + 1}  {_cut(name, 20)}"))
        labels.append(Label(WORDS_WIDE + (i + 0.5) * step, HEAD_HIGH - 12, str(i + 1), "middle", strong=True))
    for way in ways:
        if way.source in places and way.target in places:
            row, column = places.index(way.source), places.index(way.target)
            size = max(side * (way.n / most) ** 0.5, 4)
            x, y = WORDS_WIDE + (column + 0.5) * step, HEAD_HIGH + (row + 0.5) * CELL_HIGH
            value = f"{way.source} → {way.target}: {way.n}"
            bars.append(Bar(x - 1 - size, y - size / 2, size, size, 2 if row == column else 1, value))
            labels.append(Label(x + 2, y + 4, str(way.n)))
    bottom = HEAD_HIGH + len(places) * CELL_HIGH
    lines = [(0.0, HEAD_HIGH + i * CELL_HIGH, float(WIDE), HEAD_HIGH + i * CELL_HIGH) for i in range(len(places) + 1)]
    return Chart(
        slug=slug, title=title, description=words, columns=["Mentor's " + place, "Mentee's " + place, "Pairs"],
        rows=[[way.source, way.target, way.n] for way in sorted(ways, key=lambda w: (-w.n, w.source, w.target))],
        height=bottom + 4, width=WIDE, bars=bars, labels=labels, lines=lines,
        key=[(1, f"Across {place}s"), (2, f"Within one {place}")],
    )  # fmt: skip


def _places(ways: Sequence[Way], order: Sequence[str]) -> list[str]:
    """The places with the most pairs, in their own order or by name."""
    pairs: dict[str, int] = {}
    for way in ways:
        for name in {way.source, way.target}:
            pairs[name] = pairs.get(name, 0) + way.n
    shown = sorted(pairs, key=lambda name: (-pairs[name], name))[:MOST_PLACES]
    return [name for name in order if name in shown] if order else sorted(shown)


def balance_picture(chosen: Selection = EVERYBODY, fewest: int | None = None, most: int = MOST_SKILLS) -> Chart:
    """The skills most wanted, the widest gap first among equals; of fewer than `fewest` people none."""
    names = dict(Skill.objects.values_list("pk", "name"))
    least = fewest or (1 if chosen.is_open else FEWEST)
    found = [(names[row.source], row.n, row.other) for row in _flows(Kind.BALANCE, chosen)]
    found = [each for each in found if each[1] >= least and (each[2] == 0 or each[2] >= least)]
    found.sort(key=lambda each: (-each[1], -abs(each[1] - each[2]), each[0]))
    rows = [Row(name, [wanted, offered], [str(wanted), str(offered)]) for name, wanted, offered in found[:most]]
    words = (
        "The skills that most enrolled people want to learn, beside the number of enrolled people who offer them at "
        "the level that the programme asks for."
    )
    return bar_chart(
        "skills", "Skills in demand and in supply", words, rows=rows, series=["Wanted by", "Offered by"], head="Skill"
    )


@dataclass(frozen=True)
class Stream:
    """Pairs in which juniors share a category's skills with seniors (`up`), and in which seniors do (`back`)."""

    category: str
    up: int
    back: int


def flow_picture(chosen: Selection = EVERYBODY, fewest: int | None = None) -> Chart:
    """A stream of fewer than `fewest` pairs is left out."""
    least, found = fewest or fewest_of(chosen), _streams(chosen)
    streams = [Stream(s.category, *(n if n >= least else 0 for n in (s.up, s.back))) for s in found]
    streams = [stream for stream in streams if stream.up + stream.back]
    words = (
        "Left the juniors, right the seniors, between them what is learned. Plain streams are what juniors share; "
        "hatched ones are what seniors give back. The wider, the more often."
    )
    bars, labels, ribbons, height = _draw(streams[:MOST_CATEGORIES])
    return Chart(
        slug="flow", title="How skills flow, up and back", description=words,
        columns=["Skills", "From juniors to seniors", "From seniors to juniors"],
        rows=[[stream.category, stream.up, stream.back] for stream in streams],
        height=height, width=WIDE, bars=bars, labels=labels, ribbons=ribbons,
        key=[(1, "Juniors share"), (2, "Seniors give back")],
    )  # fmt: skip


def _streams(chosen: Selection) -> list[Stream]:
    """The largest first; among those that are drawn what juniors share stands above what seniors give back."""
    names = dict(SkillCategory.objects.values_list("pk", "name"))
    found: dict[str, list[int]] = {}
    for row in _flows(Kind.SKILLS, chosen):
        found.setdefault(names[row.source], [0, 0])[row.target] += row.n
    streams = [Stream(name, up, back) for name, (back, up) in found.items()]
    most = sorted(streams, key=lambda stream: (-stream.up - stream.back, stream.category))
    return sorted(most[:MOST_CATEGORIES], key=lambda stream: stream.back - stream.up) + most[MOST_CATEGORIES:]


NODE, GAP, TALL, HEAD = 14, 22, 300, 24  # width of a node, room for a category's name, all streams together, the heads


def _draw(streams: Sequence[Stream]) -> tuple[list[Bar], list[Label], list[Ribbon], float]:
    """Juniors left, seniors right, the categories below each other between them."""
    whole = sum(stream.up + stream.back for stream in streams) or 1
    unit = TALL / whole
    middle, height = (WIDE - NODE) / 2, HEAD + TALL + GAP * max(len(streams), 1)
    edge = HEAD + (height - HEAD - TALL) / 2  # where the outer nodes begin
    bars, labels, ribbons = [], [], []
    at, outer = float(HEAD), edge
    for stream in streams:
        at += GAP
        words = f"{_cut(stream.category, 30)}: {stream.up} →, ← {stream.back}"
        labels.append(Label(WIDE / 2, at - 6, words, "middle", on_mark=True))
        for n, series, way in ((stream.up, 1, "from juniors to seniors"), (stream.back, 2, "from seniors to juniors")):
            thick = n * unit
            if n:
                value = f"{stream.category}, {way}: {n}"
                bars.append(Bar(middle, at, NODE, thick, series, value))
                ribbons.append(Ribbon(_ribbon(NODE, outer, middle, at, thick), series, value))
                ribbons.append(Ribbon(_ribbon(middle + NODE, at, WIDE - NODE, outer, thick), series, value))
            at, outer = at + thick, outer + thick
    if streams:
        bars += [Bar(x, edge, NODE, TALL, 4, name) for x, name in ((0, "Juniors"), (WIDE - NODE, "Seniors"))]
        labels += [Label(0, HEAD - 8, "Juniors", strong=True), Label(WIDE, HEAD - 8, "Seniors", "end", strong=True)]
    return bars, labels, ribbons, height + 6


def _ribbon(x1: float, y1: float, x2: float, y2: float, thick: float) -> str:
    """The outline of a stream of one width, bent like an S."""
    half = (x1 + x2) / 2
    return (
        f"M{x1:.1f} {y1:.1f}C{half:.1f} {y1:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}V{y2 + thick:.1f}"
        f"C{half:.1f} {y2 + thick:.1f} {half:.1f} {y1 + thick:.1f} {x1:.1f} {y1 + thick:.1f}Z"
    )


def _cut(name: str, most: int) -> str:
    """Fits its place; the table has the whole of it."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


PICTURES: dict[str, Callable[[Selection], Chart]] = {
    "departments-map": departments_picture,
    "levels-map": levels_picture,
    "flow": flow_picture,
    "skills": balance_picture,
}
