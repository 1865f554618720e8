"""Many suggestions at once: a summary before, the result after."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from matching.actions import bulk as actions
from matching.filters import SuggestionFilter
from matching.forms import BulkForm
from matching.models import BulkDecision, Suggestion
from mentoring.models import Programme
from mentoring.permissions import PersonRequest, hr_required

PROBLEMS_SHOWN = 50


@require_POST
@hr_required
def approval_bulk(request: PersonRequest, pk: int) -> HttpResponse:
    """The summary; with `ids` in the form, HR has read it and means it."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    if "ids" in request.POST:
        return _carry_out(request, programme)
    chosen = _chosen(request, programme)
    if not chosen:
        messages.info(request, "Choose some suggestions first: tick the boxes at the start of their rows.")
        return redirect("approval", pk)
    decision = request.POST.get("do", "")
    preview = actions.preview_approval(chosen) if decision == "approve" else actions.Preview(chosen, [])
    ids = ",".join(str(suggestion.pk) for suggestion in preview.possible)
    return render(
        request,
        "matching/approval_bulk.html",
        {
            "programme": programme,
            "decision": decision,
            "preview": preview,
            "problems": preview.problems[:PROBLEMS_SHOWN],
            "form": BulkForm(initial={"decision": decision, "ids": ids}),
            "by_worker": len(preview.possible) > actions.AT_ONCE,
        },
    )


def _chosen(request: PersonRequest, programme: Programme) -> list[Suggestion]:
    """The rows that were ticked, or all that match the filter; of these what still waits for HR."""
    rows = Suggestion.objects.proposed().known_to_hr().filter(programme=programme).with_people()
    if request.POST.get("everything"):
        return list(SuggestionFilter(QueryDict(request.POST.get("matching", "")), rows).qs)
    return list(rows.filter(pk__in=[pk for pk in request.POST.getlist("chosen") if pk.isdecimal()]))


def _carry_out(request: PersonRequest, programme: Programme) -> HttpResponse:
    form = BulkForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "That did not reach us whole, so nothing was decided. Choose the suggestions again.")
        return redirect("approval", programme.pk)
    data = form.cleaned_data
    wanted = Suggestion.objects.known_to_hr().filter(programme=programme, pk__in=data["ids"])
    known = set(wanted.values_list("pk", flat=True))
    ids = [pk for pk in data["ids"] if pk in known]
    bulk = actions.decide_on_many(
        programme, ids, decision=data["decision"], by=request.user.person, because=data["because"]
    )
    if len(ids) <= actions.AT_ONCE:
        actions.carry_out(bulk.pk)
    return redirect("bulk-detail", bulk.pk)


@hr_required
def bulk_detail(request: PersonRequest, pk: int) -> HttpResponse:
    rows = BulkDecision.objects.visible_to(request.user).select_related("programme", "by")
    bulk = get_object_or_404(rows, pk=pk)
    if request.headers.get("HX-Request") and not bulk.is_running:
        return HttpResponse(headers={"HX-Redirect": reverse("bulk-detail", args=[pk])})
    template = "matching/_bulk_progress.html" if request.headers.get("HX-Request") else "matching/bulk_detail.html"
    undo = BulkForm(initial={"decision": "reinstate", "ids": ",".join(map(str, bulk.suggestion_ids))})
    return render(request, template, {"bulk": bulk, "problems": bulk.problems[:PROBLEMS_SHOWN], "undo": undo})
