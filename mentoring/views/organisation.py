"""HR's pages on departments, sites and grades."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentoring.actions import organisation as actions
from mentoring.forms.fields import TimeZoneField, carried_out
from mentoring.forms.hr import DepartmentForm, GradeForm, SiteForm
from mentoring.models import Department, Grade, Site, TransitionError
from mentoring.permissions import PersonRequest, hr_required
from mentoring.views.tools import posted

PEOPLE = Count("people", filter=Q(people__left_on__isnull=True))


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
    parts = [(k, k.model.objects.annotate(number=PEOPLE).order_by(*k.model._meta.ordering)) for k in KINDS.values()]
    return render(request, "mentoring/organisation.html", {"parts": parts})


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
        return redirect("organisation")
    name = "" if pk is None else what.model.objects.get(pk=pk).name
    context = {
        "kind": what,
        "part": part,
        "name": name,
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
    return redirect("organisation")
