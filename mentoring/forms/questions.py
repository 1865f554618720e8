"""A quick question to one person about one skill."""

from typing import Any

from django import forms

from mentoring.forms.refusals import RefusableForm
from mentoring.models import Person, Skill


class QuestionForm(RefusableForm):
    skill = forms.ModelChoiceField(
        Skill.objects.none(), label="About which skill?", empty_label=None, widget=forms.RadioSelect
    )
    question = forms.CharField(
        label="Your question", min_length=10, max_length=600, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What are you stuck on, what have you tried, what would help? A few sentences are enough.",
        error_messages={"min_length": "Say a little more, so that the other can tell whether they can help."},
    )  # fmt: skip

    def __init__(self, *args: Any, mentor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Skill.objects.filter(offers__person=mentor).order_by("-offers__level", "name")
        self.fields["skill"].queryset = offered.filter(status=Skill.Status.ACCEPTED)  # type: ignore[attr-defined]
