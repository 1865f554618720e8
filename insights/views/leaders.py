"""What each leader of a programme did with their own calendar."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from insights.models import LeaderTally
from insights.scope import Scope, scope_of
from insights.views.dashboard import frame
from mentoring.actions import readings
from mentoring.models import Reading
from mentoring.permissions import PersonRequest, hr_required
from mentoring.tables import KINDS, table_response

PAGE = 25
SORTS = {
    "name": "person__name", "held": "held", "pace": "pace", "planned": "planned", "accepted": "accepted",
    "cancelled": "cancelled", "ahead": "ahead",
}  # fmt: skip
HEAD = ["Leader", "Department", "Pairs", "Months", "Met", "Planned by them", "Accepted by them", "Cancelled by them",
        "Ahead"]  # fmt: skip


@require_safe
@hr_required
def leaders(request: PersonRequest, pk: int) -> HttpResponse:
    scope = scope_of(pk)
    sort = request.GET.get("sort", "-held")
    page = Paginator(_rows(scope, sort), PAGE).get_page(request.GET.get("page"))
    return render(request, "insights/leaders.html", {**frame(request, scope, "leaders"), "page": page, "sort": sort})


@require_safe
@hr_required
def leaders_file(request: PersonRequest, pk: int, kind: str) -> HttpResponseBase:
    scope = scope_of(pk)
    if kind not in KINDS:
        raise Http404
    readings.note(_rows(scope, "-held").values_list("person", flat=True), Reading.What.EXPORT, by=request.user.person)
    rows = (
        [row.person.name, str(row.person.department or ""), row.pairs, round(row.months, 1), row.held, row.planned,
         row.accepted, row.cancelled, row.ahead]
        for row in _rows(scope, "-held").iterator()
    )  # fmt: skip
    return table_response("leaders", HEAD, rows, kind=kind)


def _rows(scope: Scope, sort: str) -> LeaderTally.Rows:
    key = sort.removeprefix("-")
    order = SORTS.get(key, "held")
    rows = LeaderTally.objects.filter(programme=scope.programme).with_pace().select_related("person__department")
    return rows.order_by(f"-{order}" if sort.startswith("-") else order, "person")
