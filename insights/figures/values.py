"""The value of a figure, out of what was counted: the number, how it is written, of how many, and month by month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from insights.figures.catalog import HOW_ENDED, Figure, Kind
from insights.figures.counts import Bin, bins_of
from insights.figures.selection import Selection

MONTH = 30.4375  # days: a twelfth of 365.25
SURE = 1.96  # standard errors to either side of a mean: 95 %


@dataclass(frozen=True)
class Number:
    """`number` is None where there is nothing to say; `written` and `note` say it in words."""

    number: float | None = None
    written: str = "–"
    note: str = ""
    n: int = 0


@dataclass(frozen=True)
class Value:
    """A figure of a selection, `n_words` saying of how many; `months` the same month by month."""

    figure: Figure
    whole: Number
    n_words: str
    months: Sequence[tuple[dt.date, Number]] = field(default_factory=list)

    @property
    def unit(self) -> str:
        """What stands after the number; a share has its sign in it."""
        if self.figure.unit == "%" or self.whole.number is None:
            return ""
        return self.figure.unit.removesuffix("s") if self.whole.written == "1" else self.figure.unit

    @property
    def has_trend(self) -> bool:
        return sum(number.number is not None for _, number in self.months) > 1


def values_of(figures: Iterable[Figure], chosen: Selection) -> list[Value]:
    """Of all these figures; two queries."""
    figures = list(figures)
    found = bins_of(figures, chosen).get(None, [])
    by_measure: defaultdict[str, list[Bin]] = defaultdict(list)
    for each in found:
        by_measure[each.measure].append(each)
    return [value_of(figure, [b for m in figure.measures for b in by_measure[m]], chosen) for figure in figures]


def value_of(figure: Figure, found: Sequence[Bin], chosen: Selection) -> Value:
    months: defaultdict[dt.date, list[Bin]] = defaultdict(list)
    for each in found:
        months[each.month].append(each)
    whole = number_of(figure, found, chosen)
    return Value(
        figure, whole, n_in_words(figure, whole.n),
        [(month, number_of(figure, months[month], chosen)) for month in sorted(months)],
    )  # fmt: skip


def number_of(figure: Figure, found: Sequence[Bin], chosen: Selection) -> Number:
    number = _HOW[figure.kind](figure, found)
    if figure.by_pair and chosen.is_open:  # both people of each pair were counted
        return Number(number.number, number.written, number.note, number.n // 2)
    return number


def n_in_words(figure: Figure, n: int) -> str:
    one, many = figure.of
    return f"n = {n:,} {one if n == 1 else many}"


def _count(figure: Figure, found: Sequence[Bin]) -> Number:
    n = sum(each.n for each in found)
    return Number(n, f"{n:,}", "", n)


def _share(figure: Figure, found: Sequence[Bin]) -> Number:
    n, total = sum(each.n for each in found), sum(each.total for each in found)
    if not n:
        return Number()
    return Number(100 * total / n, f"{100 * total / n:.0f} %", "", n)


def _latest(figure: Figure, found: Sequence[Bin]) -> Number:
    last = max((each.month for each in found), default=None)
    return _share(figure, [each for each in found if each.month == last])


def _rate(figure: Figure, found: Sequence[Bin]) -> Number:
    top, bottom = figure.measures
    held = sum(each.total for each in found if each.measure == top)
    months = sum(each.total for each in found if each.measure == bottom) / MONTH
    if months < 0.1:
        return Number()
    return Number(held / months, f"{held / months:.2f}", "", round(months))


def _mean(figure: Figure, found: Sequence[Bin]) -> Number:
    n, total = sum(each.n for each in found), sum(each.total for each in found)
    return Number(total / n, f"{total / n:.1f}", "", n) if n else Number()


def _change(figure: Figure, found: Sequence[Bin]) -> Number:
    n, total = sum(each.n for each in found), sum(each.total for each in found)
    if n < 2:
        return Number()
    mean = total / n
    spread = max(sum(each.squares for each in found) - n * mean * mean, 0) / (n - 1)
    reach = SURE * (spread / n) ** 0.5
    return Number(mean, f"{mean:+.1f}", f"95 % between {mean - reach:+.1f} and {mean + reach:+.1f}", n)


def _quartiles(figure: Figure, found: Sequence[Bin]) -> Number:
    counts: defaultdict[int, int] = defaultdict(int)
    for each in found:
        counts[each.value] += each.n
    n = sum(counts.values())
    if not n:
        return Number()
    low, middle, high = (_quantile(counts, n, part) for part in (0.25, 0.5, 0.75))
    return Number(middle, _plain(middle), f"the middle half between {_plain(low)} and {_plain(high)}", n)


def _quantile(counts: dict[int, int], n: int, part: float) -> float:
    """Between the two values around it, as spreadsheets do (QUARTILE.INC)."""
    at = part * (n - 1)
    below, above = _nth(counts, int(at)), _nth(counts, min(int(at) + 1, n - 1))
    return below + (above - below) * (at - int(at))


def _nth(counts: dict[int, int], place: int) -> int:
    for value in sorted(counts):
        place -= counts[value]
        if place < 0:
            return value
    raise IndexError(place)


def _plain(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def parts_of(found: Sequence[Bin]) -> list[tuple[str, int]]:
    """How many of each kind of early end."""
    return [(name, sum(each.n for each in found if each.value == value)) for value, name in HOW_ENDED.items()]


def _parts(figure: Figure, found: Sequence[Bin]) -> Number:
    n = sum(each.n for each in found)
    if not n:
        return Number()
    shares = sorted(((100 * k / n, name) for name, k in parts_of(found) if k), reverse=True)
    top, *others = (f"{share:.0f} % {name.lower()}" for share, name in shares)
    return Number(shares[0][0], top, ", ".join(others), n)


_HOW: dict[Kind, Callable[[Figure, Sequence[Bin]], Number]] = {
    Kind.COUNT: _count,
    Kind.SHARE: _share,
    Kind.LATEST: _latest,
    Kind.RATE: _rate,
    Kind.QUARTILES: _quartiles,
    Kind.MEAN: _mean,
    Kind.CHANGE: _change,
    Kind.PARTS: _parts,
}
