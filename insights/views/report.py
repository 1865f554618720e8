"""The report for the board, by one click."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from insights.report import board_report
from insights.scope import scope_of
from mentoring.permissions import PersonRequest, hr_required


@require_safe
@hr_required
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """Its figures are those of the dashboard."""
    programme = scope_of(pk).programme
    assert programme is not None
    headers = {"Content-Disposition": 'inline; filename="board-report.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(board_report(programme, timezone.now()), content_type="application/pdf", headers=headers)
