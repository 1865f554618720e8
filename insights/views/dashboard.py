"""HR's dashboards: one across programmes, one for each. They read what was counted beforehand."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from insights import panels
from insights.actions.refresh import ask_for_refresh
from insights.board import Board
from insights.figures.questions import quick_questions
from insights.forms import FilterForm
from insights.models import PairNeed
from insights.models.need import needs_in
from insights.scope import Counted, Scope, as_of, counted, scope_of
from insights.tasks import hurry
from mentoring.models import Programme
from mentoring.permissions import PersonRequest, hr_required

PAGE = 25


@require_safe
@hr_required
def dashboard(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    scope = scope_of(pk)
    form = FilterForm(request.GET, scope.programmes)
    board = Board(form.selection, form.found)
    context = {**frame(request, scope, "figures", form.found), "form": form, "board": board}
    if scope.programme is None:
        programmes = Programme.objects.visible_to(request.user).order_by("-starts_on", "pk")
        page = Paginator(programmes, PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "rows": panels.programme_rows(page, seen_by=request.user),
            "questions": quick_questions(timezone.now()),
        }
    return render(request, "insights/dashboard.html", context)


@require_POST
@hr_required
def refresh(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    """Asks for newer figures; a worker counts them."""
    scope = scope_of(pk)
    programmes = [scope.programme] if scope.programme else Programme.objects.exclude(status=Programme.Status.DRAFT)
    for programme in programmes:
        ask_for_refresh(programme, timezone.now())
        hurry(programme.pk)
    messages.success(request, "The figures are being counted anew. Reload the page in a moment.")
    return redirect(scope.url("dashboard"))


def frame(request: PersonRequest, scope: Scope, here: str, found: Sequence[Counted] | None = None) -> dict[str, object]:
    """What stands around every page of a dashboard; `found` are its roll-ups where they are read already."""
    return {
        "scope": scope,
        "here": here,
        "as_of": as_of(counted(scope.programmes) if found is None else found),
        "n_needs": PairNeed.objects.visible_to(request.user).count()
        if scope.programme is None
        else needs_in(scope.programme.pk, request.user),
    }
