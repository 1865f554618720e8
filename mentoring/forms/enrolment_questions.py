"""The form in which HR writes a question for the sign-up."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from mentoring.forms.fields import OneLineField, lines_of
from mentoring.forms.refusals import Refusable
from mentoring.models import EnrolmentQuestion

MOST_CHOICES, LONGEST_CHOICE = 12, 80


class QuestionForm(Refusable, forms.ModelForm):  # type: ignore[type-arg]
    text = OneLineField(label="Question", max_length=200, help_text="For example “What would you like to be asked?”.")
    choices = forms.CharField(
        label="Answers to choose from", required=False, help_text="One on each line, where one of several is chosen.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    class Meta:
        model = EnrolmentQuestion
        fields = ("text", "kind", "choices", "is_required")
        labels = {"kind": "How it is answered", "is_required": "Nobody can join without answering"}
        help_texts = {"is_required": "Leave it off where an answer is welcome, but not needed."}
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["choices"] = "\n".join(self.instance.choices)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout("text", "kind", "choices", "is_required")

    def clean_choices(self) -> list[str]:
        choices = lines_of(self.cleaned_data["choices"])
        if len(choices) > MOST_CHOICES:
            raise forms.ValidationError(f"{MOST_CHOICES} answers to choose from are enough.")
        if any(len(choice) > LONGEST_CHOICE for choice in choices):
            raise forms.ValidationError(f"Keep each answer to {LONGEST_CHOICE} characters.")
        return choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == "choice" and len(data.get("choices", [])) < 2 and "choices" not in self.errors:
            self.add_error("choices", "Give at least two answers to choose from.")
        return data
