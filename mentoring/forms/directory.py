"""Filters of the lists of people and skills, read from the address."""

from django import forms
from django.http import QueryDict

from mentoring.forms.filters import ListFilter
from mentoring.models import Person
from mentoring.scales import Scales


class DirectoryForm(ListFilter):
    q = forms.CharField(
        label="Name or skill", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    department = forms.ChoiceField(required=False)
    site = forms.ChoiceField(required=False)
    grade = forms.ChoiceField(required=False)
    quick = forms.BooleanField(label="Open to quick questions", required=False)

    def __init__(self, data: QueryDict, scales: Scales) -> None:
        super().__init__(data)
        for name in ("department", "site", "grade"):
            self._offer(name, "All", scales.choices(name))


class HrPeopleForm(ListFilter):
    WHO = (("", "Everybody here"), ("left", "Left"), ("hr", "In HR"))
    ONBOARDED = (("", "All"), ("yes", "Finished"), ("no", "Not finished"))

    q = forms.CharField(
        label="Name or e-mail", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    department = forms.ChoiceField(required=False)
    grade = forms.ChoiceField(required=False)
    site = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(label="Kind", required=False, choices=(("", "All"), *Person.Kind.choices))
    onboarded = forms.ChoiceField(label="First steps", required=False, choices=ONBOARDED)
    who = forms.ChoiceField(label="Who", required=False, choices=WHO)

    def __init__(self, data: QueryDict, scales: Scales) -> None:
        super().__init__(data)
        for name in ("department", "grade", "site"):
            self._offer(name, "All", scales.choices(name))
