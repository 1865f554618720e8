"""Fields that several forms share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class OneLineField(forms.CharField):
    """Words on one line: white space at the ends goes, what lies between becomes single spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(char.isalnum() for char in value):
            raise ValidationError("Write this in letters or numbers.")
