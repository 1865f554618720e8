"""What is said at the end of a pair."""

from django import forms

from mentoring.forms.refusals import RefusableForm
from mentoring.models import EarlyEnd


class ClosingForm(RefusableForm):
    learned = forms.CharField(
        label="What I learned", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In your own words: what can you do, or see, that you could not before?",
    )  # fmt: skip
    changed = forms.CharField(
        label="What changed", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In your work, in your team, in how you see the company.",
    )  # fmt: skip
    is_shown = forms.BooleanField(
        label="Let my partner read this", required=False,
        help_text="Otherwise nobody but you does, HR included. You can change it later.",
    )  # fmt: skip


class EndForm(RefusableForm):
    cause = forms.ChoiceField(
        label="What it came down to, if you want to say", required=False, widget=forms.RadioSelect,
        choices=[*EarlyEnd.Cause.choices, ("", "I would rather not say")],
        help_text="Counted without your name, your pair and the day, and told to HR in fives only. Your partner never "
        "sees it.",
    )  # fmt: skip
    because = forms.CharField(
        label="In your own words", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stored encrypted, and shown to nobody.",
    )  # fmt: skip
