import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError

from mentoring.forms.fields import OneLineField, SeenField, carried_out, lines_of
from mentoring.models import TransitionError


class Form(forms.Form):
    name = OneLineField(max_length=10)


def refuse(error: Exception) -> None:
    raise error


def test_one_line_has_single_spaces_and_none_at_its_ends() -> None:
    assert OneLineField().clean("  Ada \n\t Lovelace ") == "Ada Lovelace"


def test_lines_are_told_apart_or_refused_with_the_one_that_is_there_twice() -> None:
    assert lines_of(" Yes \n\nNo,  never ") == ["Yes", "No, never"]

    with pytest.raises(ValidationError, match="“yes” is there twice"):
        lines_of("Yes\nNo\n yes")


@pytest.mark.parametrize("words", ["…", "- - -", "🙂"])
def test_one_line_needs_a_letter_or_a_number(words: str) -> None:
    with pytest.raises(ValidationError):
        OneLineField().clean(words)


def test_what_the_page_has_seen_comes_back_to_the_microsecond() -> None:
    seen = dt.datetime(2025, 6, 2, 9, 30, 0, 123456, tzinfo=dt.UTC)
    field = SeenField()

    assert field.clean(field.prepare_value(seen)) == seen
    assert field.clean("") is None
    assert field.clean("nonsense") is None
    assert field.clean("2025-99-99T00:00:00") is None


def test_an_action_runs_if_the_form_is_valid() -> None:
    ran: list[int] = []

    assert carried_out(Form({"name": "Ada"}), lambda: ran.append(1))
    assert not carried_out(Form({"name": ""}), lambda: ran.append(2))
    assert ran == [1]


def test_what_an_action_refuses_is_said_at_its_field_or_above_the_form() -> None:
    at_field, unknown, above, moved = (Form({"name": "Ada"}) for _ in range(4))

    assert not carried_out(at_field, lambda: refuse(ValidationError({"name": "Taken."})))
    assert not carried_out(unknown, lambda: refuse(ValidationError({"level": "Too high."})))
    assert not carried_out(above, lambda: refuse(ValidationError("Not now.")))
    assert not carried_out(moved, lambda: refuse(TransitionError("Too late.")))

    assert [dict(form.errors) for form in (at_field, unknown, above, moved)] == [
        {"name": ["Taken."]},
        {"__all__": ["Too high."]},
        {"__all__": ["Not now."]},
        {"__all__": ["Too late."]},
    ]
