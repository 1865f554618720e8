"""HR's list of people, and what HR does for one of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentoring.actions import audience, people, readings
from mentoring.forms.directory import HrPeopleForm
from mentoring.forms.fields import carried_out
from mentoring.forms.hr import PartnerForm
from mentoring.forms.profile import HrForm
from mentoring.models import Person, Programme, Reading, TransitionError
from mentoring.models.person import PersonQuerySet
from mentoring.permissions import PersonRequest, hr_required, may_change_hr_role, may_mark_as_left
from mentoring.person_lines import lines_of
from mentoring.scales import read_scales
from mentoring.views.tools import long_page_of, posted

PAGE = 50
PAST_ONBOARDING = 5
SORTS = {"name": "name", "department": "department__name", "grade": "grade__level", "joined": "joined_on"}


@require_safe
@hr_required
def hr_person_list(request: PersonRequest) -> HttpResponse:
    scales = read_scales()
    form = HrPeopleForm(request.GET, scales)
    rows = _sorted(_matching(Person.objects.visible_to(request.user), form), request.GET.get("sort", ""))
    page = long_page_of(request, rows, PAGE)
    people = lines_of(list(page), scales)
    return render(request, "mentoring/hr_person_list.html", {"form": form, "page": page, "people": people})


def _matching(rows: PersonQuerySet, form: HrPeopleForm) -> PersonQuerySet:
    if not form.is_valid():
        return rows.here()
    chosen = form.cleaned_data
    rows = rows.filter(left_on__isnull=chosen["who"] != "left")
    if chosen["who"] == "hr":
        rows = rows.filter(user__is_hr=True)
    for field in ("department", "grade", "site", "kind"):
        if chosen[field]:
            rows = rows.filter(**{field: chosen[field]})
    if chosen["onboarded"]:
        finished = Q(onboarding_step__gte=PAST_ONBOARDING)
        rows = rows.filter(finished if chosen["onboarded"] == "yes" else ~finished)
    if chosen["q"]:
        rows = rows.filter(Q(pk__in=rows.named(chosen["q"]).values("pk")) | Q(user__email__icontains=chosen["q"]))
    return rows


def _sorted(rows: PersonQuerySet, sort: str) -> PersonQuerySet:
    field = SORTS.get(sort.removeprefix("-"), "name")
    return rows.order_by(f"-{field}" if sort.startswith("-") else field, "name", "pk")


@hr_required
def person_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """What HR may correct."""
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("manager"), pk=pk)
    form = HrForm(posted(request), instance=Person.objects.get(pk=pk))
    if request.method == "POST" and carried_out(
        form,
        lambda: people.change_profile(person, by=request.user.person, seen=form.cleaned_data["seen"], **form.changes),
    ):
        messages.success(request, f"Saved what you changed about {person}.")
        return redirect("person-detail", pk)
    readings.note([pk], Reading.What.FORM, by=request.user.person)
    return render(request, "mentoring/person_edit.html", {"person": person, "form": form})


@require_POST
@hr_required
def person_leave(request: PersonRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not may_mark_as_left(request.user, person) and not person.has_left:
        raise PermissionDenied
    try:
        people.leave(person, by=request.user.person)
        messages.success(request, f"{person} is marked as left and can no longer sign in.")
    except TransitionError as error:
        messages.error(request, str(error))
    return redirect("person-detail", pk)


@require_POST
@hr_required
def person_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Takes “Mark as left” back: people come back, and HR clicks on the wrong name."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    try:
        people.come_back(person, by=request.user.person)
        messages.success(request, f"{person} is here again and can sign in. Pairs that ended stay ended.")
    except TransitionError as error:
        messages.error(request, str(error))
    return redirect("person-detail", pk)


@require_POST
@hr_required
def person_hr_role(request: PersonRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("user"), pk=pk)
    if not may_change_hr_role(request.user, person):
        raise PermissionDenied
    is_hr = request.POST.get("is_hr") == "yes"
    try:
        people.set_hr_role(person, is_hr, by=request.user.person)
        messages.success(request, f"{person} works in HR now." if is_hr else f"{person} no longer works in HR.")
    except TransitionError as error:
        messages.error(request, str(error))
    return redirect("person-detail", pk)


@hr_required
def person_programmes(request: PersonRequest, pk: int) -> HttpResponse:
    """The programmes for which a partner from outside is approved, and one more."""
    partners = Person.objects.visible_to(request.user).here().filter(kind=Person.Kind.PARTNER)
    partner = get_object_or_404(partners, pk=pk)
    form = PartnerForm(posted(request), partner=partner)
    if request.method == "POST" and carried_out(
        form,
        lambda: audience.approve_partner(
            partner,
            form.cleaned_data["programme"],
            until=form.cleaned_data["partner_until"],
            by=request.user.person,
        ),
    ):
        messages.success(request, f"{partner} may join {form.cleaned_data['programme']}, and gets a message.")
        return redirect("person-programmes", pk)
    approved = Programme.objects.for_person(partner).order_by("-starts_on", "name")
    return render(request, "mentoring/person_programmes.html", {"person": partner, "form": form, "approved": approved})
