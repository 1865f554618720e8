"""Four short steps for newcomers: each is saved as you go, each may be skipped."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring.actions import people
from mentoring.forms.fields import TimeZoneField, carried_out
from mentoring.forms.profile import MeetAndTimeForm, ProfilePart, StartForm
from mentoring.models import Person, Programme
from mentoring.permissions import PersonRequest
from mentoring.views.tools import posted

NAMES = ("Who you are", "What you could teach", "What you want to learn", "How you like to meet")
FORMS: dict[int, type[ProfilePart]] = {1: StartForm, 4: MeetAndTimeForm}
LISTS = {2: "offer", 3: "wish"}
LAST = len(NAMES)


@dataclass(frozen=True)
class Step:
    """As components/steps.html shows it."""

    name: str
    url: str
    done: bool
    here: bool


def onboarding(request: PersonRequest) -> HttpResponse:
    """Where this person left off."""
    step = request.user.person.onboarding_step
    return redirect("onboarding-step", step) if step <= LAST else redirect("onboarding-done")


def onboarding_step(request: PersonRequest, step: int) -> HttpResponse:
    if not 1 <= step <= LAST:
        raise Http404
    person = Person.objects.get(pk=request.user.pk)
    is_skipped = "skip" in request.POST
    form = FORMS[step](None if is_skipped else posted(request), instance=person) if step in FORMS else None
    if request.method == "POST" and (is_skipped or form is None or _is_saved(form, request.user.person)):
        people.finish_onboarding_step(person, step)
        return redirect("onboarding-step", step + 1) if step < LAST else redirect("onboarding-done")
    context = {
        "step": step,
        "steps": _steps(step, request.user.person.onboarding_step),
        "name": NAMES[step - 1],
        "back": reverse("onboarding-step", args=[step - 1]) if step > 1 else "",
        "form": form,
        "time_zones": TimeZoneField.proposals() if step == LAST else (),
        "list": LISTS.get(step, ""),
        "offers": person.offers.select_related("skill") if step == 2 else [],
        "wishes": person.wishes.select_related("skill") if step == 3 else [],
    }
    return render(request, f"mentoring/onboarding_{step}.html", context)


def _is_saved(form: ProfilePart, by: Person) -> bool:
    return carried_out(form, lambda: people.change_profile(by, by=by, seen=form.cleaned_data["seen"], **form.changes))


def _steps(here: int, reached: int) -> list[Step]:
    return [
        Step(name, reverse("onboarding-step", args=[number]), done=number < reached, here=number == here)
        for number, name in enumerate(NAMES, 1)
    ]


def onboarding_done(request: PersonRequest) -> HttpResponse:
    """What comes next: a programme that is open."""
    person = request.user.person
    programmes = Programme.objects.for_person(person).open_for_enrolment(timezone.localdate())
    context = {
        "programmes": programmes.exclude(enrolments__person=person)[:4],
        "steps": [Step(s.name, s.url, done=True, here=False) for s in _steps(LAST + 1, LAST + 1)],
        "offers": person.offers.count(),
        "wishes": person.wishes.count(),
    }
    return render(request, "mentoring/onboarding_done.html", context)
