"""A person's skills: those they offer and those they want to learn."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentoring.actions import inventory as actions
from mentoring.actions import skills
from mentoring.forms.fields import carried_out
from mentoring.forms.inventory import OfferForm, ProposeForm, WishForm
from mentoring.models import OfferLevel, Person, Priority, Skill, SkillCategory, WishLevel
from mentoring.permissions import PersonRequest
from mentoring.skill_finder import find_skills
from mentoring.views.tools import next_url, posted

LISTS = ("offer", "wish")


@require_safe
def inventory(request: PersonRequest) -> HttpResponse:
    person = request.user.person
    context = {
        "offers": person.offers.select_related("skill__category"),
        "wishes": person.wishes.select_related("skill__category"),
    }
    return render(request, "mentoring/inventory.html", context)


@require_safe
def inventory_search(request: PersonRequest) -> HttpResponse:
    """Skills to add to one of the two lists; the list of results alone where htmx asks."""
    person, words = request.user.person, request.GET.get("q", "")
    which = request.GET.get("for") if request.GET.get("for") in LISTS else "offer"
    rows = person.offers if which == "offer" else person.wishes
    context = {
        "q": words,
        "which": which,
        "found": find_skills(words, person=person),
        "own": set(rows.values_list("skill", flat=True)),
        "next": next_url(request, "inventory"),
    }
    page = "mentoring/_skills_found.html" if request.headers.get("HX-Request") else "mentoring/inventory_search.html"
    return render(request, page, context)


def offer_set(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer the skill, or change the offer."""
    person = request.user.person
    skill = get_object_or_404(Skill.objects.usable_by(person).select_related("category"), pk=pk)
    offer = person.offers.filter(skill=skill).first()
    form = OfferForm(posted(request), instance=offer)
    if request.method == "POST" and carried_out(form, lambda: actions.set_offer(person, skill, **form.cleaned_data)):
        messages.success(request, f"You offer {skill}.")
        return redirect(next_url(request, "inventory"))
    return _line_page(request, "offer", skill, form, is_new=offer is None)


def wish_set(request: PersonRequest, pk: int) -> HttpResponse:
    """Wish for the skill, or change the wish."""
    person = request.user.person
    skill = get_object_or_404(Skill.objects.usable_by(person).select_related("category"), pk=pk)
    wish = person.wishes.filter(skill=skill).first()
    form = WishForm(posted(request), instance=wish)
    if request.method == "POST" and carried_out(form, lambda: actions.set_wish(person, skill, **form.cleaned_data)):
        messages.success(request, f"{skill} is on your list to learn.")
        return redirect(next_url(request, "inventory"))
    return _line_page(request, "wish", skill, form, is_new=wish is None)


def _line_page(request: PersonRequest, which: str, skill: Skill, form: Any, *, is_new: bool) -> HttpResponse:
    context = {"which": which, "skill": skill, "form": form, "is_new": is_new, "next": next_url(request, "inventory")}
    return render(request, "mentoring/skill_line.html", context)


@require_POST
def offer_remove(request: PersonRequest, pk: int) -> HttpResponse:
    offer = request.user.person.offers.select_related("skill").filter(pk=pk).first()
    if offer is not None:
        actions.remove_offer(offer)
        messages.success(request, f"You no longer offer {offer.skill}.")
    return redirect(next_url(request, "inventory"))


@require_POST
def wish_remove(request: PersonRequest, pk: int) -> HttpResponse:
    wish = request.user.person.wishes.select_related("skill").filter(pk=pk).first()
    if wish is not None:
        actions.remove_wish(wish)
        messages.success(request, f"{wish.skill} is off your list.")
    return redirect(next_url(request, "inventory"))


def skill_propose(request: PersonRequest) -> HttpResponse:
    """A skill that the list lacks. It joins one's inventory at once and waits for HR for everybody else."""
    which = "wish" if request.GET.get("for") == "wish" else "offer"
    form = ProposeForm(posted(request), initial={"name": request.GET.get("q", "")[:80]})
    if request.method == "POST" and carried_out(
        form, lambda: _propose(request.user.person, which, **form.cleaned_data)
    ):
        messages.success(
            request, f"“{form.cleaned_data['name']}” is on your list. HR will look at it for everybody else."
        )
        return redirect(next_url(request, "inventory"))
    context = {"which": which, "form": form, "next": next_url(request, "inventory")}
    return render(request, "mentoring/skill_propose.html", context)


@transaction.atomic
def _propose(person: Person, which: str, *, name: str, category: SkillCategory, description: str) -> None:
    skill = skills.propose(name, category=category, by=person, description=description)
    if which == "offer" and not person.offers.filter(skill=skill).exists():
        actions.set_offer(person, skill, level=OfferLevel.SOLID)
    if which == "wish" and not person.wishes.filter(skill=skill).exists():
        actions.set_wish(person, skill, priority=Priority.MIDDLE, present=WishLevel.NONE, wanted=OfferLevel.SOLID)
