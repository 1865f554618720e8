"""HR's pages on departments, sites and grades."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentoring.actions import organisation as actions
from mentoring.forms.fields import TimeZoneField, carried_out
from mentoring.forms.hr import DepartmentForm, GradeForm, SiteForm
from mentoring.models import Department, Grade, Site, TransitionError
from mentoring.permissions import PersonRequest, hr_required
from mentoring.views.tools import number_of, posted

PAGE = 50
PEOPLE = Count("people", filter=Q(people__left_on__isnull=True))
GONE = Count("people", filter=Q(people__left_on__isnull=False))


@dataclass(frozen=True)
class Kind:
    key: str
    title: str
    one: str
    model: Any
    form: type[forms.ModelForm]  # type: ignore[type-arg]


KINDS = {
    kind.key: kind
    for kind in (
        Kind("departments", "Departments", "department", Department, DepartmentForm),
        Kind("sites", "Sites", "site", Site, SiteForm),
        Kind("grades", "Grades", "grade", Grade, GradeForm),
    )
}


@require_safe
@hr_required
def organisation(request: PersonRequest) -> HttpResponse:
    """One of the three; a page counts the people of what it shows."""
    kind = KINDS.get(request.GET.get("part", ""), KINDS["departments"])
    page = Paginator(kind.model.objects.order_by(_order(kind)), PAGE).get_page(request.GET.get("page"))
    counted = kind.model.objects.filter(pk__in=[row.pk for row in page]).annotate(number=PEOPLE)
    rows = counted.order_by(_order(kind))
    return render(
        request, "mentoring/organisation.html", {"kinds": KINDS.values(), "kind": kind, "page": page, "rows": rows}
    )


def _list_of(kind: str) -> HttpResponse:
    return redirect(f"{reverse('organisation')}?part={kind}")


def _order(kind: Kind) -> str:
    """By name; grades as a ladder, the top first."""
    return "-level" if kind.key == "grades" else "name"


@hr_required
def organisation_part(request: PersonRequest, kind: str, pk: int | None = None) -> HttpResponse:
    """Adds a department, site or grade, or changes one."""
    if kind not in KINDS:
        raise Http404
    what = KINDS[kind]
    part = what.model() if pk is None else get_object_or_404(what.model, pk=pk)
    form = what.form(posted(request), instance=part)
    if request.method == "POST" and carried_out(
        form, lambda: actions.save_part(part, by=request.user.person, **form.cleaned_data)
    ):
        messages.success(request, f"{part.name} is saved.")
        return _list_of(kind)
    rows = what.model.objects.annotate(number=PEOPLE, gone=GONE)
    stored = None if pk is None else rows.get(pk=pk)
    context = {
        "kind": what,
        "part": part,
        "name": stored.name if stored else "",
        "stored": stored,
        "others": what.model.objects.exclude(pk=pk).order_by(_order(what)) if pk else (),
        "form": form,
        "time_zones": TimeZoneField.proposals() if kind == "sites" else (),
    }
    return render(request, "mentoring/organisation_part.html", context)


@require_POST
@hr_required
def organisation_remove(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    part = KINDS[kind].model.objects.filter(pk=pk).first()
    try:
        if part is not None:
            actions.remove_part(part, by=request.user.person)
        messages.success(request, "Removed.")
    except TransitionError as error:
        messages.error(request, str(error))
    return _list_of(kind)


@require_POST
@hr_required
def organisation_merge(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Everybody who belongs to it belongs to another one from then on."""
    if kind not in KINDS:
        raise Http404
    model = KINDS[kind].model
    part, into = get_object_or_404(model, pk=pk), model.objects.filter(pk=number_of(request.POST.get("into"))).first()
    if into is None:
        messages.warning(request, f"Choose the {KINDS[kind].one} to merge it into.")
        return redirect("organisation-edit", kind, pk)
    try:
        people = actions.merge_part(part, into, by=request.user.person)
        words = "1 person has" if people == 1 else f"{people:,} people have"
        messages.success(request, f"{part.name} is merged into {into.name}; {words} moved.")
    except TransitionError as error:
        messages.error(request, str(error))
    return _list_of(kind)


@require_POST
@hr_required
def grade_move(request: PersonRequest, pk: int) -> HttpResponse:
    """One place up or down the scale."""
    grade = get_object_or_404(Grade, pk=pk)
    try:
        actions.move_grade(grade, up=request.POST.get("to") == "up", by=request.user.person)
    except TransitionError as error:
        messages.error(request, str(error))
    return _list_of("grades")
