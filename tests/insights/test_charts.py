import itertools

from insights.charts import Row, bar_chart, column_chart


def test_bar_chart_draws_lengths_in_proportion() -> None:
    rows = [Row("Enrolled", [10], ["10"]), Row("Active", [5], ["5"])]

    chart = bar_chart("funnel", "Funnel", "How far people came", rows=rows, series=["People"], head="Stage")

    assert chart.bars[0].width == 2 * chart.bars[1].width
    assert chart.rows == [["Enrolled", "10"], ["Active", "5"]]
    assert (chart.columns, chart.key) == (["Stage", "People"], [])


def test_bar_chart_with_two_series_has_a_key_and_keeps_bars_apart() -> None:
    rows = [Row("Data tools", [3, 1], ["3", "1"]), Row("Coaching", [2, 4], ["2", "4"])]

    chart = bar_chart("skills", "Skills", "…", rows=rows, series=["Wanted", "Offered"], head="Skill")

    ends = [(bar.y, bar.y + bar.height) for bar in chart.bars]
    assert chart.key == [(1, "Wanted"), (2, "Offered")]
    assert all(below[0] >= above[1] for above, below in itertools.pairwise(ends))
    assert ends[-1][1] <= chart.height


def test_column_chart_writes_but_does_not_draw_what_has_no_value() -> None:
    rows = [Row("Mar", [1.5], ["1.5"]), Row("Apr", [], ["–"])]

    chart = column_chart("pace", "Pace", "…", rows=rows, series="Meetings", head="Month")

    assert len(chart.bars) == 1
    assert chart.rows == [["Mar", "1.5"], ["Apr", "–"]]


def test_chart_of_nothing_is_empty() -> None:
    assert bar_chart("x", "X", "…", rows=[], series=["People"], head="Stage").is_empty
