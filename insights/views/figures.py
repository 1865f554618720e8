"""One figure with its trend, its groups, and its file; and all of them in one file."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from insights import panels
from insights.figures.breakdown import breakdowns
from insights.figures.catalog import BY_SLUG, FIGURES, Figure
from insights.figures.endings import causes
from insights.figures.values import values_of
from insights.forms import FilterForm
from insights.scope import Scope, scope_of
from insights.views.dashboard import frame
from mentoring.permissions import PersonRequest, hr_required
from mentoring.tables import KINDS, table_response


@require_safe
@hr_required
def figure(request: PersonRequest, slug: str, pk: int | None = None) -> HttpResponse:
    scope, shown = scope_of(pk), _figure(slug)
    form = FilterForm(request.GET, scope.programmes)
    value = values_of([shown], form.selection)[0]
    context = {
        **frame(request, scope, "figures"),
        "form": form,
        "value": value,
        "chart": panels.trend_chart(value),
        "breakdowns": breakdowns(shown, form.selection),
    }
    return render(request, "insights/figure.html", context)


@require_safe
@hr_required
def figure_file(request: PersonRequest, slug: str, kind: str, pk: int | None = None) -> HttpResponseBase:
    scope, shown = scope_of(pk), _figure(slug)
    chosen = FilterForm(request.GET, scope.programmes).selection
    value = values_of([shown], chosen)[0]
    rows: list[list[object]] = [["All", "", "", value.whole.number, value.whole.n, value.whole.note]]
    rows += [["Month", f"{month:%Y-%m}", "", number.number, number.n, number.note] for month, number in value.months]
    for part in breakdowns(shown, chosen):
        rows += [[part.title, "", row.name, row.number.number, row.number.n, row.number.note] for row in part.rows]
    head = ["Shown by", "Month", "Group", _head(shown), "n", "Note"]
    return table_response(slug, head, rows, kind=_known(kind))


@require_safe
@hr_required
def figures_file(request: PersonRequest, kind: str, pk: int | None = None) -> HttpResponseBase:
    """Every figure as the dashboard shows it, over all months and month by month."""
    scope = scope_of(pk)
    chosen = FilterForm(request.GET, scope.programmes).selection
    return table_response(
        "figures", ["Figure", "Month", "Value", "Unit", "n", "Note"], _all_rows(chosen, scope), kind=_known(kind)
    )


def _all_rows(chosen: panels.Selection, scope: Scope) -> Iterable[list[object]]:
    for value in values_of(FIGURES, chosen):
        head = value.figure
        yield [head.title, "All", value.whole.number, head.unit, value.whole.n, value.whole.note]
        for month, number in value.months:
            yield [head.title, f"{month:%Y-%m}", number.number, head.unit, number.n, number.note]
    told = causes(scope.programmes)  # of whole programmes, whatever the filters
    yield from (["Why pairs ended early", "All", n, "people", told.counted, cause] for cause, n in told.rows)


def _figure(slug: str) -> Figure:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def _head(shown: Figure) -> str:
    return f"{shown.title} ({shown.unit})" if shown.unit else shown.title


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Http404
    return kind
