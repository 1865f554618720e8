"""The answer to an invitation."""

from django import forms
from django.db import models

YES, NO = "yes", "no"


class Reason(models.TextChoices):
    """Why not this time. Kept encrypted as the private words of a no."""

    TIME = "time", "I have no time for it at the moment"
    SKILL = "skill", "The skill does not fit"
    CLOSE = "close", "We work together too closely"
    PERSON = "person", "I would rather be paired with somebody else"
    OTHER = "other", "Something else"


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=[(YES, "Yes"), (NO, "Not this time")])
    because = forms.ChoiceField(
        label="Why not this time?", required=False, choices=[("", "I would rather not say"), *Reason.choices],
        help_text="Nobody sees your answer: not the other person, not HR, not your manager. It is stored encrypted "
        "and at most counted, together with those of at least four others.",
    )  # fmt: skip
