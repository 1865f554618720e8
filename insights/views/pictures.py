"""The pictures of a programme, or of all of them, and the tables behind them."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from insights.pictures import PICTURES
from insights.scope import scope_of
from insights.views.dashboard import frame
from mentoring.permissions import PersonRequest, hr_required
from mentoring.tables import KINDS, table_response


@require_safe
@hr_required
def pictures(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    scope = scope_of(request.user, pk)
    charts = [draw(scope.programmes) for draw in PICTURES.values()]
    return render(request, "insights/pictures.html", {**frame(request, scope, "pictures"), "charts": charts})


@require_safe
@hr_required
def picture_file(request: PersonRequest, slug: str, kind: str, pk: int | None = None) -> HttpResponseBase:
    scope = scope_of(request.user, pk)
    if slug not in PICTURES or kind not in KINDS:
        raise Http404
    chart = PICTURES[slug](scope.programmes)
    return table_response(slug, chart.columns, chart.rows, kind=kind)
