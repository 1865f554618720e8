"""An attacker who knows who works where, who answered when, and what is shown under every filter, in every period and
after every refresh; and who adds and subtracts all of it to isolate somebody."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.blocks import FEWEST, Block, Bounds, form_blocks, matches, sum_up

OPINION = Bounds(1, 5, above=2, below=2)
Cell = tuple[int, int, int, int]
Views = list[tuple[frozenset[int], float]]  # the answers in what is shown, and their sum


@dataclass(frozen=True)
class Company:
    """`who[i]` gave answer `i` of `values[i]` in month `months[i]`; everybody stands in one cell."""

    who: list[int]
    months: list[int]
    values: list[int]
    cells: list[Cell]


@st.composite
def companies(draw: st.DrawFn) -> Company:
    people = draw(st.integers(1, 40))
    sizes = draw(st.tuples(*[st.integers(1, 3)] * 4))
    seed = draw(st.integers(0, 2**32 - 1))
    random = np.random.default_rng(seed)
    # Few large cells and many small ones, as in companies.
    cells = [tuple(int(min(random.geometric(0.5), size)) for size in sizes) for _ in range(people)]
    answers = draw(st.integers(1, 90))
    who = [int(person) for person in random.integers(0, people, answers)]
    low = draw(st.integers(1, 5))
    return Company(
        who,
        [int(month) for month in random.integers(0, 3, answers)],
        [int(value) for value in random.integers(low, 6, answers)],
        cells,  # type: ignore[arg-type]
    )


def publish(company: Company, months: int) -> list[tuple[int, Block, float]]:
    """As insights.actions.publishing does after `months` months: a batch a month, too few people wait for the next."""
    shown, waiting = [], []
    for month in range(months):
        waiting += [i for i, each in enumerate(company.months) if each == month]
        blocks = form_blocks([company.who[i] for i in waiting], [company.cells[company.who[i]] for i in waiting])
        for block in blocks:
            rows = tuple(waiting[row] for row in block.rows)
            total = sum_up([company.values[i] for i in rows], OPINION).total
            shown.append((month, Block(block.label, rows, block.people), total))
        waiting = [] if blocks else waiting
    return shown


def views(company: Company, months: int) -> Iterator[tuple[frozenset[int], float]]:
    """What is shown under each filter of the four dimensions and each period."""
    published = publish(company, months)
    choices = [[None, *sorted({cell[at] for cell in company.cells})] for at in range(4)]
    periods = [(since, until) for since in range(months) for until in range(since, months)]
    for wanted, (since, until) in itertools.product(itertools.product(*choices), periods):
        found = [
            (block.rows, total)
            for month, block, total in published
            if since <= month <= until and matches(block.label, wanted)
        ]
        yield frozenset(row for rows, _ in found for row in rows), sum(total for _, total in found)


def everything_shown(company: Company) -> Views:
    return list({view for months in (1, 2, 3) for view in views(company, months)})


@settings(max_examples=1000, deadline=None)
@given(companies())
def test_nobody_is_isolated_by_subtracting_any_two_views(company: Company) -> None:
    sets = sorted({rows for rows, _ in everything_shown(company)}, key=len)

    for one, other in itertools.combinations(sets, 2):
        for apart in (one - other, other - one, one & other):
            assert len({company.who[row] for row in apart}) not in range(1, FEWEST)


@settings(max_examples=200, deadline=None)
@given(companies())
def test_nobody_is_isolated_by_linear_algebra_over_all_views(company: Company) -> None:
    """Whatever is added and subtracted, each person's answers are weighed like those of four others."""
    sets = {rows for rows, _ in everything_shown(company) if rows}
    if not sets:
        return
    table = np.array([[float(row in rows) for row in range(len(company.who))] for rows in sets])
    alike: dict[bytes, set[int]] = {}
    for row, column in enumerate(table.T):
        if column.any():
            alike.setdefault(column.tobytes(), set()).add(company.who[row])
    assert all(len(people) >= FEWEST for people in alike.values())
    solved = np.linalg.pinv(table) @ table  # how far each single answer can be computed
    assert not np.any(np.isclose(np.diag(solved), 1.0))


@settings(max_examples=300, deadline=None)
@given(companies())
def test_no_answer_follows_from_the_sum_of_its_group(company: Company) -> None:
    """Each of at least three answers stays possible for everybody, and what is shown is never a unanimous sum."""
    for _, block, total in publish(company, 3):
        n = len(block.rows)
        possible = {sum_ for sum_ in range(n, 5 * n + 1) if max(sum_, n + 2) == total or min(sum_, 5 * n - 2) == total}
        answers = {answer for sum_ in possible for answer in range(1, 6) if n - 1 <= sum_ - answer <= 5 * (n - 1)}
        assert len(answers) >= 3


@settings(max_examples=300, deadline=None)
@given(companies())
def test_what_was_shown_of_a_month_is_never_changed_by_a_later_refresh(company: Company) -> None:
    for earlier, later in ((1, 2), (2, 3)):
        assert publish(company, later)[: len(publish(company, earlier))] == publish(company, earlier)


def test_the_attacker_finds_somebody_where_small_cells_are_merely_hidden() -> None:
    """Six in sales, five of them in Leeds: both views are of five or more, and their difference is one person."""
    cells = [(1, 1, 1, 1)] * 5 + [(1, 2, 1, 1)]
    sales, leeds = {0, 1, 2, 3, 4, 5}, {0, 1, 2, 3, 4}

    blocks = form_blocks(range(6), cells)

    assert min(len(sales), len(leeds)) >= FEWEST > len(sales - leeds)
    assert [(block.label, block.people) for block in blocks] == [((1, None, 1, 1), 6)]
