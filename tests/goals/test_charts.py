from goals.charts import BOTTOM, EDGE, HEIGHT, TOP, WIDTH, line_chart


def test_line_runs_from_edge_to_edge_and_from_low_to_high() -> None:
    chart = line_chart("level", "My level", points=[("1 May", 0, "0"), ("1 June", 5, "5")], low=0, high=5)

    assert [(dot.x, dot.y) for dot in chart.dots] == [(EDGE, HEIGHT - BOTTOM), (WIDTH - EDGE, TOP)]
    assert chart.path == "6.0,86.0 314.0,24.0"
    assert chart.description == "1 May: 0, 1 June: 5."


def test_what_is_wanted_is_a_line_of_its_own_and_said() -> None:
    chart = line_chart("level", "My level", points=[("1 May", 1, "1")], low=0, high=5, wanted=(5, "5, teach"))

    assert (chart.goal_y, chart.description) == (TOP, "1 May: 1. Wanted: 5, teach.")
