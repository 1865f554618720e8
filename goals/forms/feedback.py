"""Feedback in four parts, with wording help at each, and what its receiver may ask."""

from typing import Any

from django import forms

from goals.actions.feedback import PARTS
from mentoring.forms.refusals import RefusableForm
from mentoring.texts import feedback_help, slips_in

ONCE, LATER = "now", "tomorrow"
LONGEST = {"situation": 600, "saw": 1000, "effect": 1000, "next": 1000}


class FeedbackForm(RefusableForm):
    """A hint at a word that hurts comes once; whoever means it sends it all the same."""

    when = forms.ChoiceField(
        label="When shall it go?", widget=forms.RadioSelect, initial=LATER,
        choices=[(LATER, "In a day. Until then I can take it back"), (ONCE, "At once")],
    )  # fmt: skip
    looked = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = (*PARTS, "when", "looked")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in feedback_help().parts:
            self.fields[part.key] = forms.CharField(
                label=part.title, max_length=LONGEST[part.key], widget=forms.Textarea(attrs={"rows": 3}),
                help_text=f"{part.help} For example: “{part.example}”",
                error_messages={"required": "A sentence is enough."},
            )  # fmt: skip
        self.order_fields(self.field_order)

    @property
    def words(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in PARTS}

    @property
    def hints(self) -> list[str]:
        """What could hurt in it, unless the hints were looked at already."""
        return [] if self.cleaned_data["looked"] else slips_in(" ".join(self.words.values()))


class AskForm(RefusableForm):
    question = forms.CharField(
        label="Your question", max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write your question first."},
    )  # fmt: skip


class ReplyForm(RefusableForm):
    answer = forms.CharField(
        label="Your answer", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write a few words first."},
    )  # fmt: skip
