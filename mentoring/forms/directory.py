"""Filters of the lists of people and skills, read from the address."""

from typing import Any

from django import forms

from mentoring.models import Department, Grade, Person, Site


class DirectoryForm(forms.Form):
    q = forms.CharField(
        label="Name or skill", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    department = forms.ModelChoiceField(Department.objects.all(), required=False, empty_label="All")
    site = forms.ModelChoiceField(Site.objects.all(), required=False, empty_label="All")
    grade = forms.ModelChoiceField(Grade.objects.all(), required=False, empty_label="All")
    quick = forms.BooleanField(label="Open to quick questions", required=False)


class HrPeopleForm(forms.Form):
    WHO = (("", "Everybody here"), ("left", "Left"), ("hr", "In HR"))
    ONBOARDED = (("", "All"), ("yes", "Finished"), ("no", "Not finished"))

    q = forms.CharField(
        label="Name or e-mail", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    department = forms.ModelChoiceField(Department.objects.all(), required=False, empty_label="All")
    grade = forms.ModelChoiceField(Grade.objects.all(), required=False, empty_label="All")
    site = forms.ModelChoiceField(Site.objects.all(), required=False, empty_label="All")
    kind = forms.ChoiceField(label="Kind", required=False)
    onboarded = forms.ChoiceField(label="First steps", required=False, choices=ONBOARDED)
    who = forms.ChoiceField(label="Who", required=False, choices=WHO)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "All"), *Person.Kind.choices]  # type: ignore[attr-defined]
