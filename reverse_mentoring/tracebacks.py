"""What the log says of an exception: its type and where it came from, never what a person typed.

A database error quotes the row that it refused, a mail server the address; both stand there as their kind alone.
"""

import logging
import smtplib
import traceback
from collections.abc import Iterator
from types import TracebackType

import psycopg2  # type: ignore[import-untyped]
from django.core.exceptions import ValidationError
from django.db.utils import Error as DatabaseError

TELLING = (DatabaseError, psycopg2.Error, smtplib.SMTPException, ValidationError, UnicodeError)
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Formatter(logging.Formatter):
    """Also of the message, where it repeats what the exception says, as Celery's do."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # perhaps another formatter's
        text = super().format(record)
        if record.exc_info and record.exc_info[1]:
            for error in chain(record.exc_info[1]):
                if isinstance(error, TELLING):
                    text = _without(text, error)
        return text

    def formatException(self, ei: object) -> str:  # noqa: N802  (logging calls it so)
        return as_text(ei)  # type: ignore[arg-type]


def as_text(exc_info: ExcInfo) -> str:
    """The traceback, the cause first, as Python prints it but for the words."""
    return "\n".join(_one(error) for error in reversed(list(chain(exc_info[1]))))


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came of."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _one(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"Traceback (most recent call last):\n{frames}{name}: {said(error)}"


def said(error: BaseException) -> str:
    """What may be told of it: a database's code, with the names of constraint, table and column."""
    if not isinstance(error, TELLING):
        return str(error)
    cause = error if isinstance(error, psycopg2.Error) else error.__cause__
    if not isinstance(cause, psycopg2.Error):
        return "(not shown)"
    names = [getattr(cause.diag, name, None) for name in ("constraint_name", "table_name", "column_name")]
    return " ".join(["SQLSTATE", cause.pgcode or "unknown", *(name for name in names if name), "(not shown)"])


def _without(text: str, error: BaseException) -> str:
    """The longest first: a shorter one may be a part of it."""
    said_of_it = {str(error), repr(error), *map(str, error.args), *(repr(each)[1:-1] for each in error.args)}
    for words in sorted(said_of_it, key=len, reverse=True):
        if len(words) > 3:
            text = text.replace(words, "(not shown)")
    return text
