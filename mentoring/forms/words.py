"""What a form says of bad input where Django's own words do not tell in plain ones what to do. Set once, at start."""

from django import forms
from django.core import validators

CHOOSE = "Choose from the list."
WORDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Fill this in."},
    forms.IntegerField: {"invalid": "Write a whole number, in digits."},
    forms.DateField: {"invalid": "Choose a day from the calendar, or write it as 2026-06-30."},
    forms.TimeField: {"invalid": "Write the time as 14:30."},
    forms.ChoiceField: {"invalid_choice": CHOOSE},
    forms.MultipleChoiceField: {"invalid_choice": "“%(value)s” is not in the list. Choose from it."},
    forms.ModelChoiceField: {"invalid_choice": CHOOSE},
    forms.ModelMultipleChoiceField: {"invalid_choice": CHOOSE, "invalid_pk_value": CHOOSE},
}


def speak_plainly() -> None:
    for field, words in WORDS.items():
        field.default_error_messages = {**field.default_error_messages, **words}
    validators.MaxLengthValidator.message = "Use at most %(limit_value)d characters; these are %(show_value)d."
    validators.MinValueValidator.message = "Use %(limit_value)s or more."
    validators.MaxValueValidator.message = "Use %(limit_value)s or less."
    validators.EmailValidator.message = "Write a whole address, such as name@company.com."
