"""What a form says of bad input where Django's own words do not tell in plain ones what to do, and what no form takes.
Set once, at start.
"""

import re

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError

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
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")  # but tab and line breaks; null has its own
CANNOT_BE_SHOWN = "This holds a character that cannot be shown. Type it anew."


def can_be_shown(text: object) -> None:
    """Raises ValidationError, which tells where, as nobody sees what is wrong."""
    if isinstance(text, str) and (found := CONTROL.search(text)):
        before = text[: found.start()].split()
        where = f"after “{before[-1][-40:]}”" if before else "at its very beginning"
        raise ValidationError(f"This holds a character that cannot be shown, {where}. Type that part anew.")


def speak_plainly() -> None:
    for field, words in WORDS.items():
        field.default_error_messages = {**field.default_error_messages, **words}
    forms.CharField.default_validators = [can_be_shown]
    validators.ProhibitNullCharactersValidator.message = CANNOT_BE_SHOWN
    validators.MaxLengthValidator.message = "Use at most %(limit_value)d characters; these are %(show_value)d."
    validators.MinValueValidator.message = "Use %(limit_value)s or more."
    validators.MaxValueValidator.message = "Use %(limit_value)s or less."
    validators.EmailValidator.message = "Write a whole address, such as name@company.com."
