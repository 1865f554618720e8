"""A page that shows every component, for the tests of the look: the site's addresses and /styleguide."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from mentoring.models import Pair, Person
from mentoring.panels import NextStep
from reverse_mentoring.urls import urlpatterns as site_urls

AGREE = [(n, words) for n, words in enumerate(("Not at all", "A little", "So-so", "Mostly", "Very much"), 1)]


class EveryField(forms.Form):
    name = forms.CharField(help_text="As your colleagues know you.")
    pronouns = forms.CharField(required=False)
    introduction = forms.CharField(widget=forms.Textarea, max_length=600)
    site = forms.ChoiceField(choices=[("", "Choose a site"), ("l", "Leeds"), ("p", "Porto")])
    joined_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    photo = forms.FileField(required=False, help_text="JPEG, PNG or WebP, up to 8 MB.")
    priority = forms.ChoiceField(
        choices=[(1, "Highly desirable"), (2, "Desirable"), (3, "Nice to have")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        choices=[(1, "Monday"), (2, "Tuesday"), (3, "Wednesday")], widget=forms.CheckboxSelectMultiple
    )
    happy = forms.ChoiceField(
        label="Are you happy with it?", choices=AGREE, widget=forms.RadioSelect(attrs={"class": "rating"})
    )
    weight = forms.IntegerField(initial=6, widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": 10}))
    share = forms.BooleanField(required=False, label="HR may see this answer with my name")


def person(pk: int, name: str, job_title: str, department: str) -> Person:
    shown = Person(pk=pk, name=name, job_title=job_title)
    return SimpleNamespace(  # type: ignore[return-value]
        pk=pk, name=name, job_title=job_title, department=department, site="Leeds", initials=shown.initials,
        photo_at=None,
    )  # fmt: skip


def example() -> dict[str, Any]:
    alice = person(1, "Alice Example", "Specialist", "Marketing")
    bob = person(2, "Bob Example", "Director", "Finance")
    return {
        "alice": alice,
        "bob": bob,
        "people": [person(n, f"Person {name}", "Engineer", "Operations") for n, name in enumerate("ABCDEF")],
        "statuses": [SimpleNamespace(status=value, get_status_display=label) for value, label in Pair.Status.choices],
        "offers": [SimpleNamespace(skill=skill) for skill in ("Social media", "Short video", "Hootsuite")],
        "step": NextStep(title="Plan the first meeting", sentence="You both said yes.", url="#", button="Plan it"),
        "steps": [
            {"name": "Who you are", "url": "#", "done": True},
            {"name": "What you could teach", "here": True},
            {"name": "What you want to learn"},
            {"name": "How you like to meet"},
        ],
        "rows": [("Alice Example", "Bob Example", "Social media", 87), ("Charlie", "Dana", "Spreadsheets", 64)],
        "page_of_list": Paginator(range(400), 20).page(7),
        "ranked": [("video", "Video call"), ("in_person", "In person"), ("phone", "Phone")],
        "chart": [(n, n * 52 - 32, 200 - n * 28, n * 28) for n in range(1, 7)],
        "fresh": EveryField(auto_id="fresh_%s"),
    }


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    form = EveryField({"name": "", "happy": 3, "weight": 4, "joined_on": "soon"})
    return render(request, "tests/styleguide.html", {**example(), "form": form})


urlpatterns = [*site_urls, path("styleguide", styleguide, name="styleguide")]
