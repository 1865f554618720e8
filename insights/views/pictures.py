"""The pictures of a programme, or of all of them, and the tables behind them."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from insights.forms import FilterForm
from insights.pictures import PICTURES
from insights.scope import scope_of
from insights.views.dashboard import frame
from mentoring.permissions import PersonRequest, hr_required
from mentoring.tables import KINDS, table_response


@require_safe
@hr_required
def pictures(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    scope = scope_of(pk)
    form = FilterForm(request.GET, scope.programmes)
    charts = [draw(form.selection) for draw in PICTURES.values()]
    context = {**frame(request, scope, "pictures"), "form": form, "charts": charts}
    return render(request, "insights/pictures.html", context)


@require_safe
@hr_required
def picture_file(request: PersonRequest, slug: str, kind: str, pk: int | None = None) -> HttpResponseBase:
    scope = scope_of(pk)
    if slug not in PICTURES or kind not in KINDS:
        raise Http404
    chart = PICTURES[slug](FilterForm(request.GET, scope.programmes).selection)
    return table_response(slug, chart.columns, chart.rows, kind=kind)
