"""A person's own profile, their photo, and the choice of their line manager."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from mentoring.actions import people
from mentoring.forms.fields import TimeZoneField, carried_out
from mentoring.forms.profile import AboutForm, ManagerForm, MeetForm, PhotoForm, ProfilePart, TimeForm, WorkForm
from mentoring.models import Person, Photo
from mentoring.permissions import PersonRequest, employee_required, may_edit_profile
from mentoring.views.tools import next_url, posted

MOST_FOUND = 12
PARTS: dict[str, tuple[str, type[ProfilePart]]] = {
    "about": ("About you", AboutForm),
    "work": ("Your work", WorkForm),
    "time": ("Your time", TimeForm),
    "meeting": ("How you like to meet", MeetForm),
}


def profile_edit(request: PersonRequest, part: str = "about") -> HttpResponse:
    if part not in PARTS:
        raise Http404
    person = Person.objects.for_cards().get(pk=request.user.pk)
    form = PARTS[part][1](posted(request), instance=Person.objects.get(pk=person.pk))
    if request.method == "POST" and carried_out(
        form,
        lambda: people.change_profile(person, by=request.user.person, seen=form.cleaned_data["seen"], **form.changes),
    ):
        messages.success(request, "Saved.")
        return redirect("profile-part", part)
    return _profile_page(request, person, part, form=form)


def _profile_page(request: HttpRequest, person: Person, part: str, **context: Any) -> HttpResponse:
    context = {
        "person": person,
        "part": part,
        "parts": [(key, title) for key, (title, _) in PARTS.items()],
        "photo_form": PhotoForm(),
        "time_zones": TimeZoneField.proposals() if part == "time" else (),
        **context,
    }
    return render(request, "mentoring/profile_edit.html", context)


@require_POST
def photo_set(request: PersonRequest) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        people.set_photo(request.user.person, form.cleaned_data["photo"], by=request.user.person)
        messages.success(request, "Your photo is there.")
        return redirect("profile-edit")
    person = Person.objects.for_cards().get(pk=request.user.pk)
    about = AboutForm(instance=Person.objects.get(pk=person.pk))
    return _profile_page(request, person, "about", form=about, photo_form=form)


@require_POST
def photo_remove(request: PersonRequest) -> HttpResponse:
    people.remove_photo(request.user.person, by=request.user.person)
    messages.success(request, "Your photo was removed.")
    return redirect("profile-edit")


@require_safe
@cache_control(private=True, max_age=7 * 24 * 3600)
def person_photo(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The picture; its address changes with it, so browsers may keep it."""
    people_with_photo = Person.objects.visible_to(request.user).filter(photo_at__isnull=False)
    person = get_object_or_404(people_with_photo, pk=pk)
    etag = f'"{person.photo_at}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    image = get_object_or_404(Photo, pk=pk).image
    return HttpResponse(bytes(image), content_type="image/webp", headers={"ETag": etag})


@employee_required
def person_manager(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose the line manager by searching for a name."""
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("manager"), pk=pk)
    if not may_edit_profile(request.user, person):
        raise PermissionDenied
    back = next_url(request, "profile-edit")
    form = ManagerForm(posted(request), people=Person.objects.visible_to(request.user).employees().here())
    if request.method == "POST" and carried_out(
        form, lambda: people.change_profile(person, by=request.user.person, manager=form.cleaned_data["manager"])
    ):
        manager = form.cleaned_data["manager"]
        messages.success(request, f"{manager} is the line manager now." if manager else "No line manager is set.")
        return redirect(back)
    words = request.GET.get("q", "")
    found = form.people.exclude(pk=pk).named(words).for_cards()[:MOST_FOUND] if words.strip() else []
    context = {"person": person, "form": form, "q": words, "found": found, "back": back}
    page = "mentoring/_manager_found.html" if request.headers.get("HX-Request") else "mentoring/person_manager.html"
    return render(request, page, context)
