"""Programmes: for everybody to find and join, for HR to launch and close. HR designs them in `programme_design`."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mentoring.actions import programmes
from mentoring.dashboard.programmes import figures, page_of_programme, rows_for
from mentoring.forms.programmes import LaunchForm
from mentoring.models import Enrolment, Programme, TransitionError
from mentoring.permissions import PersonRequest, hr_required, may_enrol


@require_safe
def programme_list(request: PersonRequest) -> HttpResponse:
    """Those to join, one's own, those that are over; HR's drafts first."""
    groups = rows_for(request.user, timezone.localdate())
    return render(request, "mentoring/programme_list.html", {"groups": groups})


@require_safe
def programme_detail(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    context: dict[str, Any] = {
        **page_of_programme(programme),
        "enrolment": Enrolment.objects.filter(programme=programme, person=request.user.pk).first(),
        "may_enrol": may_enrol(request.user, programme),
    }
    if request.user.is_hr:
        context |= {
            "figures": figures(programme), "today": timezone.localdate(), "has_questions": programme.questions.exists(),
        }  # fmt: skip
    return render(request, "mentoring/programme_detail.html", context)


@hr_required
@require_POST
def programme_launch(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    form = LaunchForm(request.POST)
    try:
        programmes.launch(programme, by=request.user.person, announce=form.is_valid() and form.cleaned_data["announce"])
    except TransitionError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"“{programme}” is launched.")
    return redirect("programme-detail", pk)


@hr_required
@require_POST
def programme_close(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    try:
        programmes.close(programme, by=request.user.person)
    except TransitionError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"“{programme}” is closed. Pairs that are running go on until they end.")
    return redirect("programme-detail", pk)
