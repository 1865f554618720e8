"""The report for the board: two pages on one programme, with what its numbers can and cannot prove.

It goes to people who may not see what HR sees: nothing in it comes from fewer than five."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format

from insights import panels, pictures
from insights.blocks import FEWEST
from insights.charts import Chart, as_svg
from insights.figures import catalog
from insights.figures.catalog import FIGURES
from insights.figures.retention import Retention, retention
from insights.figures.selection import Selection
from insights.figures.values import Value, values_of
from insights.scope import as_of, counted
from mentoring.documents import render_pdf
from mentoring.models import Programme

MOST_SKILLS = 6
MOST_ROWS = 40  # of a table read out in place of its picture
ALSO = ("days-to-pair", "pace", "happiness", "learned", "ended")  # beside the four key points, a line each


def board_report(programme: Programme, now: dt.datetime) -> bytes:
    """The PDF. Its figures are those of the dashboard, of everybody and all months."""
    data, charts = report_data(programme, now)
    drawn = {slot: on_paper(chart) for slot, chart in charts.items() if not chart.is_empty}
    return render_pdf("board", data, made_on=now, pictures=drawn)


def report_data(programme: Programme, now: dt.datetime) -> tuple[dict[str, Any], Mapping[str, Chart]]:
    """What stands in the report, and its pictures by their place."""
    chosen = Selection(programmes=[programme.pk])
    values = {value.figure.slug: value for value in values_of(FIGURES, chosen)}
    charts = {
        "funnel": panels.funnel_chart(
            [values[figure.slug] for figure in catalog.of_group(catalog.FUNNEL)], fewest=FEWEST
        ),
        "levels": pictures.levels_picture(chosen, fewest=pictures.FEWEST_PAIRS),
        "departments": pictures.departments_picture(chosen, fewest=pictures.FEWEST_PAIRS),
        "flow": pictures.flow_picture(chosen, fewest=pictures.FEWEST_PAIRS),
        "skills": pictures.balance_picture(chosen, most=MOST_SKILLS, fewest=FEWEST),
    }
    counted_at = as_of(counted([programme.pk])).moment
    data = {
        "title": f"{programme.name}: report to the board",
        "name": programme.name,
        "company": settings.COMPANY_NAME,
        "period": f"{_day(programme.starts_on)} to {_day(programme.ends_on)}",
        "made_on": _day(now.date()),
        "as_of": date_format(counted_at, "j F Y") if counted_at else "",
        "key_points": [_figure(values[figure.slug]) for figure in catalog.of_group(catalog.KEY)],
        "also": [_figure(values[slug]) for slug in ALSO],
        "charts": {slot: _chart(chart) for slot, chart in charts.items()},
        "retention": _retention(retention(programme, now.date())),
    }
    return data, charts


def _day(day: dt.date) -> str:
    return date_format(day, "j F Y")


def _figure(value: Value) -> dict[str, str]:
    """Without a number it says why there is none; from fewer than FEWEST there is none."""
    figure, number = value.figure, value.whole
    if 0 < number.n < FEWEST:
        return {
            "title": figure.title,
            "value": "–",
            "means": figure.definition,
            "note": "",
            "n": "From fewer than five.",
        }
    missing = "Shown from five people on, once a month is over." if figure.private else "Nothing to count yet."
    return {
        "title": figure.title, "value": f"{number.written} {value.unit}".strip(), "means": figure.definition,
        "note": number.note, "n": missing if number.number is None else value.n_words,
    }  # fmt: skip


def _chart(chart: Chart) -> dict[str, Any]:
    """`read_out` is its table as a sentence, for whoever cannot see the picture."""
    rows = ["; ".join(f"{head} {cell}" for head, cell in zip(chart.columns, row, strict=True)) for row in chart.rows]
    said = ". ".join([f"{chart.title}. {chart.description}", *rows[:MOST_ROWS]])
    more = f". And {len(rows) - MOST_ROWS} more." if len(rows) > MOST_ROWS else "."
    return {
        "title": chart.title, "words": chart.description, "read_out": said + more, "is_empty": chart.is_empty,
        "ratio": chart.height / chart.width, "key": [{"series": series, "name": name} for series, name in chart.key],
    }  # fmt: skip


def _retention(found: Retention) -> dict[str, Any]:
    data: dict[str, Any] = {"since": _day(found.since), "alone": _how_many(found.alone), "why_not": found.why_not}
    if it := found.comparison:
        data |= {
            "inside": f"{100 * it.inside_stayed:.1f} %", "outside": f"{100 * it.outside_stayed:.1f} %",
            "n_inside": f"{it.inside:,}", "n_outside": f"{it.outside:,}", "says": it.says,
            "difference": f"{100 * it.difference:+.1f} points",
            "interval": f"95 % between {100 * it.low:+.1f} and {100 * it.high:+.1f}",
        }  # fmt: skip
    return data


def _how_many(people: int) -> str:
    return "A few" if 0 < people < FEWEST else f"{people:,}" if people else ""


def on_paper(chart: Chart) -> str:
    """The picture with its colours in it, as no stylesheet stands beside it there."""
    style = render_to_string("insights/charts/paper.css")
    return as_svg(chart).replace("<defs>", f"<style>{style}</style><defs>", 1)
