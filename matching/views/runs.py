"""Matching runs: start, watch, cancel, read the result."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from matching import result_words
from matching.actions import runs
from matching.models import MatchingRun
from mentoring.models import Person, Programme, TransitionError
from mentoring.permissions import PersonRequest, hr_required

PAGE = 25


@require_POST
@hr_required
def run_start(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    try:
        run = runs.start_run(programme, by=request.user.person)
    except TransitionError as error:
        messages.warning(request, str(error))
        under_way = programme.runs.unfinished().first()
        return redirect("run-detail", under_way.pk) if under_way else redirect("approval", pk)
    return redirect("run-detail", run.pk)


@hr_required
def run_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Its progress while it works, its result afterwards. htmx asks for the progress alone."""
    run = get_object_or_404(
        MatchingRun.objects.visible_to(request.user).select_related("programme", "started_by"), pk=pk
    )
    if request.headers.get("HX-Request"):
        if not run.is_unfinished:
            return HttpResponse(headers={"HX-Redirect": reverse("run-detail", args=[pk])})
        return render(request, "matching/_run_progress.html", {"run": run})
    left_out = run.left_out.select_related("enrolment__person__department", "enrolment__person__user")
    pages = Paginator(left_out.order_by("-waits", "enrolment__person__name", "pk"), PAGE)
    shown = {"run": run, "page": pages.get_page(request.GET.get("page")), "lead": result_words.lead(run)}
    if run.status == MatchingRun.Status.DONE:
        shown |= told_of(run)
    return render(request, "matching/run_detail.html", shown)


def told_of(run: MatchingRun) -> dict[str, Any]:
    """What the page says of a finished run, besides who is left out."""
    changed = run.summary.get("changed") or {}
    people = Person.objects.filter(pk__in=changed.get("people", [])).order_by("name", "pk")
    return {
        "proof": result_words.proof(run.summary),
        "fairness": result_words.fairness(run.summary),
        "next_mentors": result_words.next_mentors(run.summary),
        "policy": result_words.policy(run.policy),
        "changed": changed,
        "moved": people if changed else [],
        **result_words.figures(run.summary),
    }


@require_POST
@hr_required
def run_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(MatchingRun.objects.visible_to(request.user), pk=pk)
    try:
        run = runs.cancel_run(run, by=request.user.person)
        stopped = run.status == MatchingRun.Status.CANCELLED
        messages.success(request, "The run is cancelled." if stopped else "The run stops at its next step.")
    except TransitionError as error:
        messages.warning(request, str(error))
    return redirect("run-detail", pk)
