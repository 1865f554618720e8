"""Fields and helpers that several forms share."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from mentoring.models import TransitionError
from mentoring.models.zones import time_zone_names, validate_time_zone, zone_named


class OneLineField(forms.CharField):
    """Words on one line: white space at the ends goes, what lies between becomes single spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(char.isalnum() for char in value):
            raise ValidationError("Write this in letters or numbers.")


class TimeZoneField(forms.CharField):
    """Typed, with the browser proposing from a list; a city's name is enough where there is one of that name."""

    LIST_ID = "time-zones"

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": self.LIST_ID, "autocomplete": "off", "spellcheck": "false"})
        super().__init__(**{"max_length": 40, "widget": widget, **options})

    def to_python(self, value: Any) -> str:
        return zone_named(str(super().to_python(value) or ""))

    def validate(self, value: str) -> None:
        super().validate(value)
        validate_time_zone(value)

    @staticmethod
    def proposals() -> tuple[str, ...]:
        return time_zone_names()


class SeenField(forms.CharField):
    """The version of the row that the page was made from, so that a stale page is noticed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **options)

    def to_python(self, value: Any) -> dt.datetime | None:  # type: ignore[override]
        try:
            return parse_datetime(str(value)) if value else None
        except ValueError:
            return None

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, dt.datetime) else value


def carried_out(form: forms.BaseForm, action: Callable[[], object]) -> bool:
    """Runs the action if the form is valid; where it refuses, its words stand at their field or above the form."""
    if not form.is_valid():
        return False
    try:
        action()
    except ValidationError as error:
        _tell(form, error)
    except TransitionError as error:
        form.add_error(None, str(error))
    return not form.errors


def _tell(form: forms.BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        for each in errors:
            form.add_error(field if field in form.fields else None, each)
