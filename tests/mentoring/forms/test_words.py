"""What no form takes, and what it says then; of fields that know nothing of it."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from mentoring.models import Department


class Form(forms.Form):
    words = forms.CharField(widget=forms.Textarea)


class PartForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Department
        fields = ("name",)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Dear all,\r\nwe\x0b meet", "This holds a character that cannot be shown, after “we”. Type that part anew."),
        ("\x1bAda", "This holds a character that cannot be shown, at its very beginning. Type that part anew."),
        ("Ada\0", "This holds a character that cannot be shown. Type it anew."),
    ],
)
def test_characters_that_cannot_be_shown_are_refused_and_the_place_is_told(typed: str, said: str) -> None:
    assert Form({"words": typed}).errors == {"words": [said]}


def test_fields_of_models_refuse_them_too() -> None:
    with pytest.raises(ValidationError, match="cannot be shown"):
        PartForm().fields["name"].clean("Sales\x7f")


def test_tabs_and_lines_and_letters_of_all_kinds_are_taken() -> None:
    form = Form({"words": "Zoë\t木曜日\r\n👩‍💻 שלום"})

    assert form.is_valid()
