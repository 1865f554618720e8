"""“You said, we did”: for everybody to read, for leaders and HR to log, for HR to publish."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.actions import improvements
from mentoring.forms.improvements import DayForm, ImprovementForm
from mentoring.models import Improvement, Publication, TransitionError
from mentoring.models.improvement import FEWEST
from mentoring.permissions import (
    PersonRequest,
    employee_required,
    hr_required,
    improvement_required,
    may_log_improvement,
)
from mentoring.views.tools import page_of

BATCHES, PAGE = 4, 25


@require_safe
@employee_required
def improvement_list(request: PersonRequest) -> HttpResponse:
    """The published, a batch at a time, in an order that tells nothing of when each was written."""
    rows = Improvement.objects.order_by("heard", "pk").select_related("author")
    batches = Publication.objects.filter(published_at__isnull=False).prefetch_related(Prefetch("improvements", rows))
    context = {"page": page_of(request, batches.order_by("-on"), BATCHES), "may_log": may_log_improvement(request.user)}
    return render(request, "mentoring/improvement_list.html", context)


@improvement_required
@require_http_methods(["GET", "HEAD", "POST"])
def improvement_log(request: PersonRequest) -> HttpResponse:
    """One's own entries, and one more."""
    form = ImprovementForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            improvements.log(by=request.user.person, **form.cleaned_data)
            messages.success(request, "Thank you. It is published together with others, on a day that HR sets.")
            return redirect("improvement-log")
    mine = Improvement.objects.filter(author=request.user.pk).select_related("publication")
    context = {"form": form, "page": page_of(request, mine, PAGE), "fewest": FEWEST}
    return render(request, "mentoring/improvement_log.html", context)


@require_POST
@employee_required
def improvement_take_back(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Improvement, pk=pk, author=request.user.pk)
    try:
        improvements.take_back(row, by=request.user.person)
    except TransitionError as refusal:
        messages.warning(request, str(refusal))
    return redirect("improvement-log")


@hr_required
@require_http_methods(["GET", "HEAD", "POST"])
def improvement_desk(request: PersonRequest) -> HttpResponse:
    """What waits, and the days on which it is published."""
    form = DayForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            improvements.set_day(form.cleaned_data["on"], by=request.user.person)
            messages.success(request, "The day is set.")
            return redirect("improvement-desk")
    waiting = Improvement.objects.visible_to(request.user).filter(publication=None).select_related("author")
    context = {
        "form": form, "page": page_of(request, waiting.order_by("pk"), PAGE), "fewest": FEWEST,
        "authors": Improvement.objects.waiting().values("author").distinct().count(), "today": timezone.localdate(),
        "days": Publication.objects.filter(published_at=None).order_by("on"),
    }  # fmt: skip
    return render(request, "mentoring/improvement_desk.html", context)


@require_POST
@hr_required
def improvement_hold(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Improvement.objects.visible_to(request.user), pk=pk)
    try:
        improvements.hold_back(row, request.POST.get("hold") == "yes", by=request.user.person)
    except TransitionError as refusal:
        messages.warning(request, str(refusal))
    return redirect("improvement-desk")


@require_POST
@hr_required
def publication_remove(request: PersonRequest, pk: int) -> HttpResponse:
    try:
        improvements.remove_day(get_object_or_404(Publication, pk=pk), by=request.user.person)
    except TransitionError as refusal:
        messages.warning(request, str(refusal))
    return redirect("improvement-desk")
