"""HR looks at skills that people proposed: accept, merge, or not take up."""

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentoring.actions import skills as actions
from mentoring.forms.fields import carried_out
from mentoring.forms.hr import AcceptSkillForm, DeclineSkillForm, MergeSkillForm
from mentoring.models import Skill
from mentoring.permissions import PersonRequest, hr_required
from mentoring.skill_finder import find_skills
from mentoring.views.tools import page_of

PAGE = 30


@require_safe
@hr_required
def skill_review(request: PersonRequest) -> HttpResponse:
    rows = Skill.objects.proposed().select_related("category", "proposed_by").order_by("created_at", "pk")
    rows = rows.annotate(offered=Count("offers", distinct=True), wanted=Count("wishes", distinct=True))
    return render(request, "mentoring/skill_review.html", {"page": page_of(request, rows, PAGE)})


@require_safe
@hr_required
def skill_review_detail(request: PersonRequest, pk: int) -> HttpResponse:
    skill = _skill(pk)
    return _page(request, skill, AcceptSkillForm.of(skill), MergeSkillForm(), DeclineSkillForm())


@require_POST
@hr_required
def skill_accept(request: PersonRequest, pk: int) -> HttpResponse:
    skill, form, by = _skill(pk), AcceptSkillForm(request.POST), request.user.person
    if carried_out(form, lambda: actions.accept(skill, by=by, **form.cleaned_data)):
        return _done(request, f"“{form.cleaned_data['name']}” is in the list now.")
    return _page(request, skill, form, MergeSkillForm(), DeclineSkillForm())


@require_POST
@hr_required
def skill_merge(request: PersonRequest, pk: int) -> HttpResponse:
    skill, form, by = _skill(pk), MergeSkillForm(request.POST), request.user.person
    if carried_out(form, lambda: actions.merge(skill, form.cleaned_data["into"], by=by)):
        return _done(request, f"“{skill}” is part of “{form.cleaned_data['into']}” now.")
    return _page(request, skill, AcceptSkillForm.of(skill), form, DeclineSkillForm())


@require_POST
@hr_required
def skill_decline(request: PersonRequest, pk: int) -> HttpResponse:
    skill, form, by = _skill(pk), DeclineSkillForm(request.POST), request.user.person
    if carried_out(form, lambda: actions.decline(skill, by=by, because=form.cleaned_data["because"])):
        return _done(request, f"“{skill}” was not taken up.")
    return _page(request, skill, AcceptSkillForm.of(skill), MergeSkillForm(), form)


def _skill(pk: int) -> Skill:
    return get_object_or_404(Skill.objects.select_related("category", "proposed_by"), pk=pk)


def _done(request: PersonRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("skill-review")


def _page(
    request: PersonRequest, skill: Skill, accept: forms.Form, merge: forms.Form, decline: forms.Form
) -> HttpResponse:
    words = request.GET.get("q", "") or skill.name
    found = [other for other in find_skills(words, limit=8) if other.pk != skill.pk]
    context = {
        "skill": skill, "accept": accept, "merge": merge, "decline": decline, "q": request.GET.get("q", ""),
        "found": found, "offers": skill.offers.select_related("person"), "wanted": skill.wishes.count(),
    }  # fmt: skip
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "mentoring/_merge_found.html" if is_part else "mentoring/skill_review_detail.html", context)
