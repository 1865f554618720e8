"""What a leader changed, and the days on which HR publishes it."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from mentoring.forms.fields import OneLineField
from mentoring.forms.refusals import Refusable, RefusableForm
from mentoring.models import Improvement


class ImprovementForm(Refusable, forms.ModelForm):  # type: ignore[type-arg]
    heard = OneLineField(
        label="What you heard", max_length=300,
        help_text="So general that nobody sees whom you heard it from: “Newcomers wait weeks for access.”",
    )  # fmt: skip

    class Meta:
        model = Improvement
        fields = ("heard", "did", "with_name")
        labels = {"did": "What you changed because of it", "with_name": "Publish it with my name"}
        help_texts = {"with_name": "Without it nobody reads who wrote it; HR knows, to publish it."}
        widgets = {"did": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout("heard", "did", "with_name")


class DayForm(RefusableForm):
    on = forms.DateField(
        label="Publish on", help_text="What waits by then is published together, in the morning.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
