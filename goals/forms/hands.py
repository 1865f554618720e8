"""Raising a hand, and the messages of its thread."""

from typing import Any

from django import forms
from django.http import QueryDict

from goals.models import Hand
from mentoring.forms.refusals import RefusableForm
from mentoring.models import Pair, Person

WORDS = {"max_length": 4000, "widget": forms.Textarea(attrs={"rows": 5})}


class PairField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A pair of this person's, named after the partner."""

    person: Person

    def label_from_instance(self, obj: Any) -> str:
        return f"With {obj.partner_of(self.person).name}"


class RaiseForm(RefusableForm):
    topic = forms.ChoiceField(
        label="What is it about?", choices=Hand.Topic.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what comes nearest."},
    )  # fmt: skip
    pair = PairField(label="Is it about one of your pairs?", queryset=Pair.objects.none(), required=False,
                     empty_label="None in particular")  # fmt: skip
    text = forms.CharField(
        label="In your words", required=False, help_text="Kept encrypted. Those in HR who answer read it; nobody else.",
        **WORDS,  # type: ignore[arg-type]
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, person: Person, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        pair = self.fields["pair"]
        assert isinstance(pair, PairField)
        pair.person = person
        pair.queryset = Pair.objects.known_to(person).select_related("mentor", "mentee")


class MessageForm(RefusableForm):
    text = forms.CharField(
        label="Your message", error_messages={"required": "Write a few words first."},
        help_text="Kept encrypted.", **WORDS,  # type: ignore[arg-type]
    )  # fmt: skip
