"""Groups of at least five people, so that whatever is published about private answers gives nobody away.

Pure: columns in, groups out. The promise (docs/privacy.md) rests on three things that hold here:

1. Groups have no answer in common, and each holds answers of at least FEWEST different people.
2. Whatever a page, an export or a report shows is a sum over whole groups.
3. Who is put into which group depends on nobody's answer, only on who answered and on their cell.

So by adding and subtracting whatever is shown one gets sums over whole groups, and nothing finer: in each of these
every person stands beside at least four others whose answers are weighed alike.

Example: of 12 answers in one month 7 came from Sales in Leeds, 3 from Sales in Cork, 2 from Law in Cork. Sales in Leeds
is a group. The other cells are too small; together, as Cork, they are five people: a group that shows under the filter
Cork, but under no department.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

FEWEST = 5  # different people in a group
Label = tuple[Hashable | None, ...]


@dataclass(frozen=True)
class Block:
    """The `rows` in it; `label` has the value that they share in each dimension, or None where they do not."""

    label: Label
    rows: tuple[int, ...]
    people: int


def form_blocks(people: Sequence[int], cells: Sequence[Label]) -> list[Block]:
    """Groups over all rows, or none where all of them together are fewer than FEWEST people.

    `people[i]` gave answer `i`, and stands in `cells[i]`. Cells that are large enough stay whole; what is left of the
    others is put together along ever fewer dimensions, the first dimension being kept longest.
    """
    left = list(range(len(people)))
    blocks: list[Block] = []
    for kept in _from_fine_to_coarse(len(cells[0]) if cells else 0):
        groups: dict[Label, list[int]] = defaultdict(list)
        for row in left:
            groups[tuple(cells[row][at] for at in kept)].append(row)
        left = []
        for _, rows in sorted(groups.items(), key=lambda group: group[1][0]):
            if len({people[row] for row in rows}) >= FEWEST:
                blocks.append(_block(rows, people, cells))
            else:
                left += rows
    return _with_the_rest(blocks, left, people, cells)


def _from_fine_to_coarse(dimensions: int) -> list[tuple[int, ...]]:
    return [kept for size in range(dimensions, -1, -1) for kept in combinations(range(dimensions), size)]


def _with_the_rest(
    blocks: list[Block], left: Sequence[int], people: Sequence[int], cells: Sequence[Label]
) -> list[Block]:
    """Fewer than FEWEST people are left over: they join the group that loses least by it, the smallest among equals."""
    if not left or not blocks:
        return blocks
    wider = [_block([*block.rows, *left], people, cells) for block in blocks]
    best = min(range(len(blocks)), key=lambda i: (_named(blocks[i]) - _named(wider[i]), blocks[i].people, i))
    return [*blocks[:best], wider[best], *blocks[best + 1 :]]


def _named(block: Block) -> int:
    return sum(value is not None for value in block.label)


def _block(rows: Sequence[int], people: Sequence[int], cells: Sequence[Label]) -> Block:
    shared = [set(column) for column in zip(*(cells[row] for row in rows), strict=True)]
    label = tuple(next(iter(values)) if len(values) == 1 else None for values in shared)
    return Block(label, tuple(rows), len({people[row] for row in rows}))


def matches(label: Label, wanted: Label) -> bool:
    """Whether a group shows under a filter, which has None in each dimension that it leaves open."""
    return all(one is None or one == mine for mine, one in zip(label, wanted, strict=True))


@dataclass(frozen=True)
class Sum:
    """What is published of one measure in one group."""

    n: int
    total: float
    squares: float


@dataclass(frozen=True)
class Bounds:
    """How close to unanimous a group may look: its sum keeps `above` the least and `below` the most that it could be.

    Five people who all give the lowest answer would each be given away by their sum; it is shown as if somebody had
    answered a little better. Elsewhere sums are exact.
    """

    low: int
    high: int
    above: int = 0
    below: int = 0


LEAST_SPREAD = 0.5  # standard deviation: of five equal answers one would know each


def sum_up(values: Sequence[int], bounds: Bounds) -> Sum:
    """`values` of one group."""
    n = len(values)
    total = min(max(sum(values), n * bounds.low + bounds.above), n * bounds.high - bounds.below)
    squares = max(sum(value * value for value in values), total * total / n + n * LEAST_SPREAD**2)
    return Sum(n, total, squares)
