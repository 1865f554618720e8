"""Fields and helpers that several forms share."""

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from mentoring.actions.base import STALE
from mentoring.models import TransitionError
from mentoring.models.zones import time_zone_names, validate_time_zone, zone_named

# They turn around how everything after them is read, in the lists, mails and audit rows that others look at.
MOST_SHOWN = 300
_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class OneLineField(forms.CharField):
    """Words on one line: white space at the ends goes, what lies between becomes single spaces; no overrides of
    the direction of writing.
    """

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").translate(_DIRECTIONS).split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(char.isalnum() for char in value):
            raise ValidationError("Write this in letters or numbers.")


def lines_of(text: str) -> list[str]:
    """Those that are not empty, with single spaces. Raises ValidationError where one is there twice: nobody could tell
    the two apart."""
    lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    known: set[str] = set()
    for line in lines:
        if line.casefold() in known:
            raise ValidationError(f"“{line}” is there twice. Take one away, or say what is different about it.")
        known.add(line.casefold())
    return lines


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
        if getattr(error, "code", None) == STALE and "seen" in form.fields:
            tell_of_overtaking(form)
    except TransitionError as error:
        form.add_error(None, str(error))
    return not form.errors


def tell_of_overtaking(form: forms.BaseForm) -> None:
    """After a stale page was refused: what stands there now, at its field; saving again is taken against that."""
    now = tell_what_stands(form)
    see_again(form, now.updated_at)


def tell_what_stands(form: forms.BaseForm) -> Any:
    """What became of the row meanwhile, at each field that it differs in; the row as it is now."""
    now = type(form.instance)._default_manager.get(pk=form.instance.pk)  # type: ignore[attr-defined]
    for name, typed in list(form.cleaned_data.items()):
        stands = getattr(now, name, typed)
        if not _same(stands, typed):
            form.add_error(name, f"Meanwhile it became “{_shown(form.fields[name], stands)}”. Save again to put yours.")
    return now


def _same(one: Any, other: Any) -> bool:
    """Browsers end lines in a way of their own."""
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    return bool(one == other)


def see_again(form: forms.BaseForm, version: dt.datetime) -> None:
    """What the page shows now was made from this version: the next save is no longer stale."""
    form.data = cast(QueryDict, form.data).copy()
    form.data[form.add_prefix("seen")] = version.isoformat()


def _shown(field: forms.Field, value: Any) -> str:
    """In the words of the form: labels for choices, “nothing” for what is empty."""
    labels = dict(getattr(field, "choices", ())) if not isinstance(field, forms.ModelChoiceField) else {}
    if isinstance(value, list):
        return ", ".join(str(labels.get(each, each)) for each in value) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    words = str(labels.get(value, "nothing" if value in (None, "") else value))
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN].rstrip()}…"


def _tell(form: forms.BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        for each in errors:
            form.add_error(field if field in form.fields else None, each)
