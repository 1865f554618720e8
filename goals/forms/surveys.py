"""HR's form of a survey, and the sheet that people answer."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from goals.models import Statement, Survey
from goals.models.survey import MOST_STATEMENTS
from goals.survey_scales import REVERSED, joined, parted, scales
from mentoring.forms.fields import OneLineField, lines_of
from mentoring.forms.refusals import Refusable, RefusableForm

LONGEST = 200
VALUES = [(1, "Not at all"), (2, "A little"), (3, "So-so"), (4, "Mostly"), (5, "Very much")]


class ScaleForm(forms.Form):
    scale = forms.ChoiceField(
        label="Begin with", required=False, widget=forms.RadioSelect,
        choices=lambda: [*((key, f"{s.name}, {len(s.statements)} statements") for key, s in scales().items()),
                         ("", "An empty sheet")],
    )  # fmt: skip


class SurveyForm(Refusable, forms.ModelForm):  # type: ignore[type-arg]
    name = OneLineField(label="Name", max_length=80, help_text="People read it above the statements.")
    statements = forms.CharField(
        label="Statements",
        help_text="One on each line. Begin a line with (-) where agreeing means less of what you ask about.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    class Meta:
        model = Survey
        fields = ("name", "asked_of")
        labels = {"asked_of": "Who is asked?"}
        widgets = {"asked_of": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            rows = self.instance.statements.values_list("text", "is_reversed")
            self.initial["statements"] = joined(list(rows))
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout("name", "asked_of", "statements")

    def clean_statements(self) -> list[str]:
        lines = lines_of(self.cleaned_data["statements"])
        if REVERSED in lines:
            raise forms.ValidationError(f"“{REVERSED}” stands alone on a line. Write its statement behind it.")
        lines_of("\n".join(text for text, _ in parted(lines)))  # one that is there both ways round is there twice
        if len(lines) > MOST_STATEMENTS:
            raise forms.ValidationError(f"{MOST_STATEMENTS} statements are enough: people answer them four times.")
        if any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(f"Keep each statement to {LONGEST} characters.")
        return lines


class SheetForm(RefusableForm):
    def __init__(self, *args: Any, statements: Sequence[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in statements:
            field = forms.TypedChoiceField(
                label=each.text, choices=VALUES, coerce=int, widget=forms.RadioSelect(attrs={"class": "rating"})
            )
            field.error_messages["required"] = "Choose one of the five."
            self.fields[f"statement_{each.pk}"] = field

    @property
    def values(self) -> dict[int, int]:
        return {int(name.removeprefix("statement_")): value for name, value in self.cleaned_data.items()}
