"""HR's dashboards: one across programmes, one for each."""

import csv

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from insights import panels
from insights.charts import Chart
from insights.figures import (
    bridges,
    check_in_response,
    funnel,
    in_need,
    meeting_pace,
    pairs_in_need,
    quick_questions,
    skill_balance,
)
from mentoring.models import Programme
from mentoring.models.pair import RUNNING
from mentoring.permissions import PersonRequest, hr_required

PAGE = 25
NEEDS_PAGE = 5


@require_safe
@hr_required
def dashboard(request: PersonRequest) -> HttpResponse:
    """Every programme in a row of figures, and what goes on without one: quick questions."""
    programmes = Programme.objects.visible_to(request.user).annotate(
        n_enrolled=Count("enrolments", filter=Q(enrolments__status="enrolled"), distinct=True),
        n_running=Count("pairs", filter=Q(pairs__status__in=RUNNING), distinct=True),
        n_completed=Count("pairs", filter=Q(pairs__status="completed"), distinct=True),
    )
    page = Paginator(programmes.order_by("-starts_on", "pk"), PAGE).get_page(request.GET.get("page"))
    questions = quick_questions(timezone.now())
    return render(request, "insights/dashboard.html", {"page": page, "questions": questions})


@require_safe
@hr_required
def programme_dashboard(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    now = timezone.now()
    stages, pace, found = funnel(programme), meeting_pace(programme, now), bridges(programme)
    needs = Paginator(in_need(programme, now, seen_by=request.user.pk), NEEDS_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "stages": stages,
        "pace": pace,
        "response": check_in_response(programme, now),
        "bridges": found,
        "page": needs,
        "needs": pairs_in_need(needs.object_list, now),
        "charts": [
            panels.funnel_chart(stages),
            panels.pace_chart(pace),
            panels.skills_chart(skill_balance(programme)),
            panels.ways_chart(found),
        ],
        "now": now,
    }
    return render(request, "insights/programme_dashboard.html", context)


@require_safe
@hr_required
def figure_csv(request: PersonRequest, pk: int, figure: str) -> HttpResponse:
    """The table behind one chart, to open in a spreadsheet."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    chart = _chart(programme, figure)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{chart.slug}.csv"'
    response.write("\ufeff")  # by which spreadsheets know UTF-8
    writer = csv.writer(response)
    writer.writerow(chart.columns)
    writer.writerows([_safe(cell) for cell in row] for row in chart.rows)
    return response


def _chart(programme: Programme, figure: str) -> Chart:
    match figure:
        case "funnel":
            return panels.funnel_chart(funnel(programme))
        case "pace":
            return panels.pace_chart(meeting_pace(programme, timezone.now()))
        case "skills":
            return panels.skills_chart(skill_balance(programme, shown=1000))
        case "ways":
            return panels.ways_chart(bridges(programme), shown=1000)
    raise Http404


def _safe(cell: str) -> str:
    """No cell is a live formula in a spreadsheet."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
