"""Programmes: for everybody to find and join, for HR to design, launch and close."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring import programme_words as words
from mentoring.actions import programmes
from mentoring.dashboard.programmes import figures, rows_for
from mentoring.forms.programmes import LaunchForm, ProgrammeForm
from mentoring.models import Enrolment, Programme, TransitionError
from mentoring.permissions import PersonRequest, hr_required, may_enrol
from mentoring.views.tools import number_of
from notifications.rendering import markdown_html


@require_safe
def programme_list(request: PersonRequest) -> HttpResponse:
    """Those to join, one's own, those that are over; HR's drafts first."""
    groups = rows_for(request.user, timezone.localdate())
    return render(request, "mentoring/programme_list.html", {"groups": groups})


@require_safe
def programme_detail(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    context: dict[str, Any] = {
        "programme": programme,
        "enrolment": Enrolment.objects.filter(programme=programme, person=request.user.pk).first(),
        "may_enrol": may_enrol(request.user, programme),
        "rhythm": words.rhythm(programme),
        "rules": words.rules(programme),
        "until": words.until(programme.enrol_until, timezone.localdate()),
        "guide": markdown_html(programme.guide),
    }
    if request.user.is_hr:
        context |= {"figures": figures(programme), "launch_form": LaunchForm(), "today": timezone.localdate()}
    return render(request, "mentoring/programme_detail.html", context)


@hr_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_create(request: PersonRequest) -> HttpResponse:
    form = ProgrammeForm(request.POST or None)
    if request.POST.get("do") != "preview" and form.is_valid():
        with form.refusals():
            programme = programmes.create(by=request.user.person, **form.cleaned_data)
            messages.success(request, "The draft is saved. HR alone sees it until you launch it.")
            return redirect("programme-detail", programme.pk)
    return _form_page(request, form, None)


@hr_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    form = ProgrammeForm(request.POST or None, instance=programme)
    seen = number_of(request.POST["version"]) if "version" in request.POST else programme.version
    if request.POST.get("do") != "preview" and form.is_valid():
        with form.refusals():
            programmes.change(programme, by=request.user.person, version=seen, **form.cleaned_data)
            messages.success(request, "Saved. Pairs that are there already stay as they are.")
            return redirect("programme-detail", pk)
        seen = Programme.objects.get(pk=pk).version  # they have been told, and may save again
    return _form_page(request, form, programme, version=seen)


@hr_required
@require_POST
def programme_preview(request: PersonRequest) -> HttpResponse:
    """The guide as participants will see it; nothing is saved."""
    return HttpResponse(markdown_html(request.POST.get("guide", "")))


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


def _form_page(
    request: PersonRequest, form: ProgrammeForm, programme: Programme | None, version: int = 0
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "programme": programme, "version": version}
    if request.POST.get("do") == "preview":
        context["preview"] = markdown_html(request.POST.get("guide", ""))
    page = "programme_edit" if programme else "programme_create"
    return render(request, f"mentoring/{page}.html", context)
