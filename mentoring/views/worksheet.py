"""What a person writes for themselves alone: the SWOT worksheet and the rather-not list."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mentoring import texts
from mentoring.actions import worksheet
from mentoring.forms.fields import carried_out
from mentoring.forms.inventory import OfferForm, PickSkillForm, SwotEntryForm, WishForm
from mentoring.models import OfferLevel, Person, Priority, RatherNotList, Skill, SwotEntry, WishLevel
from mentoring.models.person import PersonQuerySet
from mentoring.permissions import PersonRequest, employee_required
from mentoring.skill_finder import find_skills, suggest_skills
from mentoring.views.tools import number_of, posted

MOST_FOUND = 12
BECOMES: dict[str, str] = {quadrant.key: quadrant.becomes for quadrant in texts.swot_quadrants()}
# What an entry becomes with one click; the page to change it is one click further.
ONE_CLICK: dict[str, dict[str, int]] = {
    "offer": {"level": OfferLevel.SOLID.value},
    "wish": {"priority": Priority.MIDDLE.value, "present": WishLevel.NONE.value, "wanted": OfferLevel.SOLID.value},
}


@dataclass(frozen=True)
class Line:
    entry: SwotEntry
    suggestion: Skill | None


@dataclass(frozen=True)
class Quadrant:
    words: texts.SwotQuadrant
    lines: list[Line]
    form: SwotEntryForm
    one_click: dict[str, int]


def swot(request: PersonRequest) -> HttpResponse:
    """The worksheet; a post adds an entry."""
    form = SwotEntryForm(posted(request))
    if request.method == "POST" and carried_out(
        form, lambda: worksheet.add_entry(request.user.person, **form.cleaned_data)
    ):
        return redirect(f"{request.path}#{form.cleaned_data['quadrant']}")
    entries = list(SwotEntry.objects.visible_to(request.user).select_related("offer__skill", "wish__skill"))
    context = {"quadrants": _quadrants(entries, request.user.person, form)}
    return render(request, "mentoring/swot.html", context)


def _quadrants(entries: list[SwotEntry], person: Person, form: SwotEntryForm) -> list[Quadrant]:
    waiting = [entry for entry in entries if entry.offer is None and entry.wish is None]
    suggestions = dict(zip(waiting, suggest_skills([e.text for e in waiting], person) if waiting else [], strict=True))
    return [
        Quadrant(
            words,
            [Line(entry, suggestions.get(entry)) for entry in entries if entry.quadrant == words.key],
            form if form.data.get("quadrant") == words.key else SwotEntryForm(initial={"quadrant": words.key}),
            ONE_CLICK[words.becomes],
        )
        for words in texts.swot_quadrants()
    ]


@require_POST
def swot_remove(request: PersonRequest, pk: int) -> HttpResponse:
    entry = SwotEntry.objects.visible_to(request.user).filter(pk=pk).first()
    if entry is not None:
        worksheet.remove_entry(entry)
    return redirect("swot")


def swot_turn(request: PersonRequest, pk: int) -> HttpResponse:
    """An entry becomes a skill offer or a skill wish."""
    entry = get_object_or_404(SwotEntry.objects.visible_to(request.user).select_related("person"), pk=pk)
    which = BECOMES[entry.quadrant]
    words = request.GET.get("q", "")
    pick = PickSkillForm(posted(request), skills=Skill.objects.usable_by(entry.person))
    line = OfferForm(posted(request)) if which == "offer" else WishForm(posted(request))
    if request.method == "POST" and line.is_valid() and carried_out(pick, lambda: _turn(entry, which, pick, line)):
        messages.success(request, f"{pick.cleaned_data['skill']} is in your inventory.")
        return redirect("swot")
    found = _to_pick_from(pick, words or entry.text, entry.person)
    context = {"entry": entry, "which": which, "q": words, "found": found, "pick": pick, "form": line}
    return render(request, "mentoring/swot_turn.html", context)


def _turn(entry: SwotEntry, which: str, pick: forms.Form, line: OfferForm | WishForm) -> None:
    skill = pick.cleaned_data["skill"]
    if which == "offer":
        worksheet.turn_into_offer(entry, skill, level=line.cleaned_data["level"])
    else:
        worksheet.turn_into_wish(entry, skill, **line.cleaned_data)


def _to_pick_from(pick: PickSkillForm, words: str, person: Person) -> list[Skill]:
    """What was found, and what was picked before even if the search has moved on."""
    found = find_skills(words, person=person, limit=6) or [s for s in suggest_skills([words], person) if s]
    picked = pick.fields["skill"].queryset.filter(pk=number_of(pick.data.get("skill", "")))  # type: ignore[attr-defined]
    return [*found, *(skill for skill in picked if skill not in found)]


@employee_required
def rather_not(request: PersonRequest) -> HttpResponse:
    """With whom a person would rather not be paired. Its author alone sees it."""
    colleagues = Person.objects.visible_to(request.user).exclude(pk=request.user.pk)
    own = RatherNotList.objects.filter(person=request.user.pk).first()
    ids = own.person_ids if own else []
    words = request.GET.get("q", "")
    context = {
        "q": words,
        "listed": Person.objects.filter(pk__in=ids).for_cards(),
        "found": _found(colleagues.exclude(pk__in=ids), words),
    }
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "mentoring/_rather_not_found.html" if is_part else "mentoring/rather_not.html", context)


def _found(people: PersonQuerySet, words: str) -> list[Person]:
    return list(people.named(words).for_cards()[:MOST_FOUND]) if words.strip() else []


@require_POST
@employee_required
def rather_not_add(request: PersonRequest) -> HttpResponse:
    other = get_object_or_404(Person.objects.visible_to(request.user), pk=number_of(request.POST.get("person", "")))
    worksheet.add_rather_not(request.user.person, other)
    return redirect("rather-not")


@require_POST
@employee_required
def rather_not_remove(request: PersonRequest, pk: int) -> HttpResponse:
    worksheet.remove_rather_not(request.user.person, pk)
    return redirect("rather-not")
