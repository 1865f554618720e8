from insights.blocks import Bounds, form_blocks, matches, sum_up

SALES, LAW, LEEDS, CORK = 1, 2, 10, 20


def test_cells_of_five_stay_whole_and_the_rest_is_put_together_along_what_it_shares() -> None:
    cells = [(SALES, LEEDS)] * 7 + [(SALES, CORK)] * 3 + [(LAW, CORK)] * 2

    blocks = form_blocks(range(12), cells)

    assert [(block.label, block.people) for block in blocks] == [((SALES, LEEDS), 7), ((None, CORK), 5)]


def test_a_handful_left_over_joins_the_group_that_loses_least() -> None:
    cells = [(SALES, LEEDS)] * 6 + [(SALES, CORK)] * 2

    blocks = form_blocks(range(8), cells)

    assert [(block.label, block.people) for block in blocks] == [((SALES, None), 8)]


def test_fewer_than_five_people_are_no_group_however_often_they_answered() -> None:
    assert form_blocks([1, 1, 1, 2, 2, 3, 4, 4], [(SALES, LEEDS)] * 8) == []


def test_a_group_shows_only_under_filters_that_it_lies_wholly_within() -> None:
    assert matches((SALES, LEEDS), (SALES, None))
    assert not matches((None, CORK), (LAW, None))
    assert not matches((SALES, None), (None, LEEDS))


def test_unanimous_answers_are_not_shown_as_such() -> None:
    opinion = Bounds(1, 5, above=2, below=2)

    sums = [sum_up([answer] * 5, opinion).total for answer in (1, 3, 5)]

    assert sums == [7, 15, 23]


def test_equal_answers_show_a_spread() -> None:
    found = sum_up([2] * 5, Bounds(-5, 5, above=2, below=2))

    assert found.squares - found.total**2 / found.n == 5 * 0.25
