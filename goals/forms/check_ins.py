"""The four questions of a check-in."""

from django import forms

from goals.models import CheckIn

RATINGS = ("happiness", "information", "progress")


class CheckInForm(forms.ModelForm):  # type: ignore[type-arg]
    """Four questions that fit on a phone; the words and the tick may stay as they are."""

    class Meta:
        model = CheckIn
        fields = (*RATINGS, "help_wanted", "words", "share_with_hr")
        widgets = {
            **{name: forms.RadioSelect(attrs={"class": "rating"}) for name in RATINGS},
            "help_wanted": forms.RadioSelect,
            "words": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in RATINGS:
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = CheckIn.Scale.choices
            field.required = True
            field.error_messages["required"] = "Choose one of the five."
        self.fields["words"].help_text = "Kept encrypted. Your partner never sees it."
        self.fields["help_wanted"].help_text = "HR then learns your name, and nothing of what you write here."
