"""An error that goes to the log names nobody: neither the row that the database refused, nor what was typed."""

import io
import json
import logging

import pytest
import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from mentoring.models import Person, User
from reverse_mentoring.tracebacks import Formatter, as_text
from tests.builders import make_alice

SECRET = "alice.private@company.example"


@pytest.fixture
def refused(db: None) -> BaseException:
    """An address that is taken."""
    make_alice(email=SECRET)
    with pytest.raises(DatabaseError) as found, transaction.atomic():
        User.objects.create_user(SECRET.upper(), "x", name="Somebody")
    return found.value


def logged(error: BaseException, message: str, *args: object) -> str:
    """As the site's own handler writes it."""
    out, handler = io.StringIO(), logging.StreamHandler()
    handler.setStream(out)
    handler.setFormatter(Formatter("%(levelname)s %(message)s"))
    record = logging.LogRecord("x", logging.ERROR, "", 0, message, args, (type(error), error, error.__traceback__))
    handler.handle(record)
    return out.getvalue()


def test_a_database_error_is_logged_with_its_frames_and_without_the_row(refused: BaseException) -> None:
    assert SECRET in str(refused).lower()

    text = logged(refused, "Internal Server Error: %s", "/join/")

    assert SECRET not in text.lower()
    assert "django.db.utils.IntegrityError: SQLSTATE 23505" in text
    assert "create_user" in text
    assert text.startswith("ERROR Internal Server Error: /join/")


def test_a_message_that_repeats_the_error_is_kept_without_it(refused: BaseException) -> None:
    text = logged(refused, "Task %s raised unexpected: %s", "import", repr(refused))

    assert SECRET not in text.lower()
    assert "Task import raised unexpected: (not shown)" in text


def test_a_constraint_names_itself_and_not_the_row(db: None) -> None:
    alice = make_alice(introduction="my private words")
    with pytest.raises(DatabaseError) as found, transaction.atomic():
        Person.objects.filter(pk=alice.pk).update(hours_a_month=0)
    assert "my private words" in str(found.value)

    text = logged(found.value, "no")

    assert "my private words" not in text
    assert "person_hours_a_month_1_to_40" in text


def test_the_error_behind_another_is_told_as_little(refused: BaseException) -> None:
    try:
        raise ValueError("It could not be saved") from refused
    except ValueError as error:
        text = logged(error, "no")

    assert SECRET not in text.lower()
    assert "ValueError: It could not be saved" in text


def test_what_a_form_refuses_is_not_quoted() -> None:
    text = logged(ValidationError(f"“{SECRET}” is taken."), "no")

    assert SECRET not in text
    assert "ValidationError" in text


def test_structured_lines_and_the_handler_of_the_site_use_it(refused: BaseException) -> None:
    assert settings.LOGGING["formatters"]["plain"]["()"] is Formatter
    renderer = structlog.processors.ExceptionRenderer(as_text)

    line = renderer(None, "error", {"exc_info": (type(refused), refused, refused.__traceback__)})

    assert SECRET not in json.dumps(line).lower()
    assert "SQLSTATE 23505" in line["exception"]
