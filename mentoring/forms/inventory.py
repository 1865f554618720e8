"""Skills that a person offers and wants to learn, the worksheet that helps to find them, and new ones proposed."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.forms.fields import OneLineField
from mentoring.models import OfferLevel, Priority, Skill, SkillCategory, SkillOffer, SkillWish, SwotEntry, WishLevel
from mentoring.taxonomy import load_scales


def _in_words(labels: Sequence[tuple[int, str]], sentences: Mapping[int, str]) -> list[tuple[int, SafeString]]:
    """Each step of a scale with its label and a sentence that says what it means."""
    return [
        (
            value,
            format_html(
                "<span><strong>{}</strong><br><span class='small soft'>{}</span></span>", label, sentences[value]
            ),
        )
        for value, label in labels
    ]


def level_choices() -> list[tuple[int, SafeString]]:
    return _in_words(OfferLevel.choices, load_scales().offer_level)


def priority_choices() -> list[tuple[int, SafeString]]:
    return _in_words(Priority.choices, load_scales().priority)


class OfferForm(forms.ModelForm):  # type: ignore[type-arg]
    level = forms.TypedChoiceField(
        label="How well do you know it?",
        coerce=int,
        choices=level_choices,
        widget=forms.RadioSelect,
        initial=OfferLevel.SOLID,
        error_messages={"required": "Choose one of the five."},
    )
    learned = OneLineField(
        label="How I learned it",
        max_length=300,
        required=False,
        help_text="A job, a course, a hobby, two years of trying.",
    )
    used = OneLineField(
        label="What I did with it", max_length=300, required=False, help_text="One thing you are glad about is enough."
    )

    class Meta:
        model = SkillOffer
        fields: ClassVar[list[str]] = ["level", "learned", "used"]


class WishForm(forms.ModelForm):  # type: ignore[type-arg]
    priority = forms.TypedChoiceField(
        label="How much does it matter?",
        coerce=int,
        choices=priority_choices,
        widget=forms.RadioSelect,
        initial=Priority.MIDDLE,
        error_messages={"required": "Choose one of the three."},
    )
    present = forms.TypedChoiceField(
        label="Where I am now", coerce=int, choices=WishLevel.choices[:-1], initial=WishLevel.NONE
    )
    wanted = forms.TypedChoiceField(
        label="Where I want to be", coerce=int, choices=OfferLevel.choices, initial=OfferLevel.SOLID
    )

    class Meta:
        model = SkillWish
        fields: ClassVar[list[str]] = ["priority", "present", "wanted"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        present, wanted = cleaned.get("present"), cleaned.get("wanted")
        if present is not None and wanted is not None and wanted <= present:
            self.add_error("wanted", "Choose a level above where you are now.")
        return cleaned


class ProposeForm(forms.Form):
    name = OneLineField(label="Name of the skill", max_length=80, help_text="As you would say it in a sentence.")
    category = forms.ModelChoiceField(label="Where does it belong?", queryset=SkillCategory.objects.all())
    description = OneLineField(
        label="What is it?", max_length=240, required=False, help_text="One sentence helps HR to decide."
    )


class SwotEntryForm(forms.Form):
    quadrant = forms.ChoiceField(choices=SwotEntry.Quadrant.choices, widget=forms.HiddenInput)
    text = OneLineField(label="A new entry", max_length=200, error_messages={"required": "Write a few words first."})


class PickSkillForm(forms.Form):
    """Chooses a skill that this person may put into their inventory."""

    skill = forms.ModelChoiceField(
        queryset=Skill.objects.none(),
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a skill, or search for another.",
            "invalid_choice": "This skill is not in the list any more. Search for another.",
        },
    )

    def __init__(self, *args: Any, skills: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = skills  # type: ignore[attr-defined]
