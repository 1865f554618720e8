"""HR designs a programme, a step at a time; each is saved as they go, in a draft and in a launched programme alike."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring import programme_words as words
from mentoring.actions import audience, programme_copies, programmes
from mentoring.actions.announcements import to_be_told
from mentoring.actions.base import STALE
from mentoring.dashboard.programmes import page_of_programme
from mentoring.forms import programmes as forms
from mentoring.forms.enrolment_questions import QuestionForm
from mentoring.forms.enrolments import EnrolmentForm
from mentoring.forms.fields import tell_what_stands
from mentoring.models import Person, Programme, TransitionError
from mentoring.permissions import PersonRequest, hr_required
from mentoring.texts import default_guide
from mentoring.views.tools import number_of, page_of, posted
from notifications.rendering import markdown_html

STEPS: dict[str, tuple[str, str, type[forms.StepForm] | None]] = {
    "purpose": ("Purpose", "What it is for", forms.PurposeForm),
    "people": ("Who", "Who may join", forms.PeopleForm),
    "dates": ("When", "When people join, and when pairs meet", forms.DatesForm),
    "rhythm": ("Rhythm", "What a pair takes on", forms.RhythmForm),
    "rules": ("Rules", "Rules and weights of the matching", forms.RulesForm),
    "guide": ("Guide", "What participants should know", forms.GuideForm),
    "questions": ("Questions", "Your own questions at sign-up", None),
    "launch": ("Launch", "Look once more, and launch", None),
}
ORDER = tuple(STEPS)
MOST_COPIES, INVITEES = 6, 50


@dataclass(frozen=True)
class Step:
    """As components/steps.html shows it."""

    name: str
    url: str
    done: bool
    here: bool


@hr_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_create(request: PersonRequest) -> HttpResponse:
    """The first step, which makes the draft; all others begin with good defaults."""
    form = forms.PurposeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            dates = forms.good_dates(timezone.localdate())
            draft = programmes.create(by=request.user.person, guide=default_guide(), **dates, **form.chosen)
            messages.success(request, "The draft is saved, and so is each step from here on. HR alone sees it.")
            return redirect("programme-step", draft.pk, ORDER[1])
    context = {
        "form": form, "step": "purpose", "steps": _steps(None, "purpose"), "title": "Design a programme", "next": "",
        "earlier": Programme.objects.visible_to(request.user).order_by("-starts_on", "-pk")[:MOST_COPIES],
    }  # fmt: skip
    return render(request, "mentoring/design.html", context)


@require_safe
@hr_required
def programme_edit(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    return redirect("programme-step", pk, ORDER[0])


@hr_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    kind = STEPS[step][2]
    if kind is None:
        return _last_steps(request, programme, step)
    form = kind(posted(request), instance=Programme.objects.get(pk=pk))
    seen = number_of(request.POST["version"]) if "version" in request.POST else programme.version
    if request.method == "POST" and request.POST.get("do") != "preview" and form.is_valid():
        with form.refusals():
            _save(request, programme, form, seen)
            if request.POST.get("do") == "stay":
                messages.success(request, "Saved.")
                return redirect("programme-step", pk, step)
            return redirect("programme-step", pk, ORDER[ORDER.index(step) + 1])
        if form.has_error(NON_FIELD_ERRORS, STALE):
            tell_what_stands(form)
        seen = Programme.objects.get(pk=pk).version  # they have been told, and may save again
    context = {"form": form, "version": seen}
    if step == "people":
        context |= {"may_join": Person.objects.who_may_join(programme).count(), "named": programme.invitees.count()}
    if step == "guide" and request.POST.get("do") == "preview":
        context["preview"] = markdown_html(request.POST.get("guide", ""))
    return _page(request, programme, step, context)


@transaction.atomic
def _save(request: PersonRequest, programme: Programme, form: forms.StepForm, seen: int) -> None:
    programmes.change(programme, by=request.user.person, version=seen, **form.chosen)
    if lines := form.cleaned_data.get("named"):
        try:
            audience.name_people(programme, lines, by=request.user.person)
        except ValidationError as error:
            raise ValidationError({"named": error.messages}) from error


def _last_steps(request: PersonRequest, programme: Programme, step: str) -> HttpResponse:
    if request.method == "POST":
        raise Http404  # each has addresses of its own for what it changes
    if step == "questions":
        asked = list(programme.questions.asked())
        return _page(request, programme, step, {"questions": asked, "question_form": QuestionForm()})
    link = request.build_absolute_uri(reverse("programme-detail", args=[programme.pk]))
    context = {
        "launch_form": forms.LaunchForm(), "rhythm": words.rhythm(programme), "rules": words.rules(programme),
        "audience": words.audience(programme), "may_join": Person.objects.who_may_join(programme).count(),
        "to_tell": to_be_told(programme).count(), "link": link, "poster": words.poster(programme, link),
        "today": timezone.localdate(), "asked": programme.questions.asked().count(),
    }  # fmt: skip
    return _page(request, programme, step, context)


def _page(request: PersonRequest, programme: Programme, step: str, context: dict[str, Any]) -> HttpResponse:
    at = ORDER.index(step)
    frame = {
        "programme": programme, "step": step, "steps": _steps(programme, step), "title": STEPS[step][1],
        "back": reverse("programme-step", args=[programme.pk, ORDER[at - 1]]) if at else "",
        "next": reverse("programme-step", args=[programme.pk, ORDER[at + 1]]) if at + 1 < len(ORDER) else "",
    }  # fmt: skip
    return render(request, "mentoring/design.html", {**frame, **context})


def _steps(programme: Programme | None, here: str) -> list[Step]:
    at = ORDER.index(here)
    return [
        Step(name, reverse("programme-step", args=[programme.pk, key]) if programme else "", i < at, i == at)
        for i, (key, (name, _, _)) in enumerate(STEPS.items())
    ]


@require_safe
@hr_required
def programme_as_seen(request: PersonRequest, pk: int) -> HttpResponse:
    """What somebody who may join will see: the programme's page and the form that they join with. Nothing works."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    form = EnrolmentForm(person=request.user.person, questions=list(programme.questions.asked()))
    for field in form.fields.values():
        field.disabled = True
    context = {**page_of_programme(programme), "form": form, "hours": words.hours_a_month(programme)}
    return render(request, "mentoring/programme_as_seen.html", context)


@require_POST
@hr_required
def programme_preview(request: PersonRequest) -> HttpResponse:
    """The guide as participants will see it; nothing is saved."""
    return HttpResponse(markdown_html(request.POST.get("guide", "")))


@require_POST
@hr_required
def programme_copy(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    made = programme_copies.copy(programme, by=request.user.person)
    messages.success(request, f"“{made}” is a draft with all that “{programme}” had. Look through it step by step.")
    return redirect("programme-step", made.pk, ORDER[0])


@require_safe
@hr_required
def invitee_list(request: PersonRequest, pk: int) -> HttpResponse:
    """The people who are named, besides those who fit."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    rows = Person.objects.filter(pk__in=programme.invitees.values("person")).for_cards().order_by("name", "pk")
    if words_sought := request.GET.get("q", "").strip():
        rows = rows.named(words_sought)
    context = {"programme": programme, "page": page_of(request, rows, INVITEES), "q": words_sought}
    return render(request, "mentoring/invitee_list.html", context)


@require_POST
@hr_required
def invitee_remove(request: PersonRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    try:
        audience.take_off(programme, number_of(request.POST.get("person")), by=request.user.person)
    except TransitionError as refusal:
        messages.warning(request, str(refusal))
    return redirect("invitee-list", pk)
