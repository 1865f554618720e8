"""Who does what by when."""

import datetime as dt
from typing import Any

from django import forms

from mentoring.forms.fields import OneLineField
from mentoring.forms.refusals import RefusableForm
from mentoring.models import Pair, Person


class AgreedStepForm(RefusableForm):
    text = OneLineField(
        label="What", max_length=200, error_messages={"required": "Write down what there is to do."},
        widget=forms.TextInput(attrs={"placeholder": "Try three hashtags"}),
    )  # fmt: skip
    owner = forms.ChoiceField(label="Who", choices=())
    due_on = forms.DateField(
        label="By when", required=False, input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Choose a day from the calendar, or write it as 2026-06-30."},
    )  # fmt: skip

    def __init__(self, *args: Any, pair: Pair, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in (person, pair.partner_of(person))}
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [(str(person.pk), "I"), (str(pair.partner_of(person).pk), pair.partner_of(person).name)]

    @property
    def step(self) -> dict[str, Any]:
        data = self.cleaned_data
        due_on: dt.date | None = data["due_on"]
        return {"text": data["text"], "owner": self.people[data["owner"]], "due_on": due_on}
