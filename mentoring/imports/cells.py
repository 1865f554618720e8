"""One row of a file of people: what its cells mean, and what is wrong with them, in plain words."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mentoring.imports.columns import BY_NAME
from mentoring.models.zones import time_zone_names, zone_named

FORMULA = ("=", "+", "-", "@")
EARLIEST = dt.date(1950, 1, 1)
DAY_ZERO = dt.date(1899, 12, 30)  # of the serial numbers that spreadsheets count days by
MONTHS = {name: number for number, names in enumerate(
    ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
     "sep sept september", "oct october", "nov november", "dec december"), 1) for name in names.split()}  # fmt: skip


class BadCell(NamedTuple):
    line: int  # as a spreadsheet numbers it: 1 is the heading
    column: str  # as the file calls it
    reason: str


@dataclass
class Day:
    """A day that a cell means; where the order of day and month decides, what it means either way."""

    day: dt.date | None = None
    day_first: dt.date | None = None
    month_first: dt.date | None = None


@dataclass
class Row:
    line: int
    words: dict[str, str] = field(default_factory=dict)
    joined: Day = field(default_factory=Day)
    bad: list[BadCell] = field(default_factory=list)


class RowReader:
    """Reads rows; what is wrong with one stands in its `bad`."""

    def __init__(self, headings: Sequence[str], columns: Sequence[str], today: dt.date) -> None:
        self.places = {name: place for place, name in enumerate(columns) if name}
        self.headings = {name: headings[place] for name, place in self.places.items()}
        self.width = len(headings)
        self.latest = today + dt.timedelta(days=366)

    def read(self, line: int, cells: Sequence[str]) -> Row:
        row = Row(line)
        if any(cell.strip() for cell in cells[self.width :]):
            row.bad.append(BadCell(line, "(past the last)", "there are more cells here than headings."))
        for name, place in self.places.items():
            text = " ".join(cells[place].split()) if place < len(cells) else ""
            if text:
                try:
                    self._cell(row, name, text)
                except ValueError as error:
                    row.bad.append(BadCell(line, self.headings[name], str(error)))
        self._name(row)
        self._required(row)
        return row

    def _cell(self, row: Row, name: str, text: str) -> None:
        if not text.isprintable():
            raise ValueError("holds a character that cannot be shown. Type it anew.")
        if text.startswith(FORMULA):
            raise ValueError(f"“{short(text)}” looks like a formula. Write the plain value.")
        if name == "joined_on":
            row.joined = self._in_range(read_day(text), text)
            return
        longest = BY_NAME[name].longest
        if len(text) > longest:
            raise ValueError(f"“{short(text)}” is longer than {longest} characters.")
        row.words[name] = READERS[name](text) if name in READERS else text

    def _in_range(self, joined: Day, text: str) -> Day:
        given = [day for day in (joined.day, joined.day_first, joined.month_first) if day is not None]
        if not any(EARLIEST <= day <= self.latest for day in given):
            raise ValueError(f"“{short(text)}” is too long ago or too far ahead. Is the year right?")
        return joined

    def _name(self, row: Row) -> None:
        first, last = row.words.pop("first_name", ""), row.words.pop("last_name", "")
        if "name" not in self.places and first and last:
            row.words["name"] = f"{first} {last}"

    def _required(self, row: Row) -> None:
        told = {bad.column for bad in row.bad}
        for name in ("employee_number", "name", "email"):
            heading = self.headings.get(name) or self.headings.get("last_name", "")
            if name not in row.words and heading not in told:
                row.bad.append(BadCell(row.line, heading, "is empty."))


def short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def read_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(f"“{short(text)}” is not an e-mail address.") from None
    return text.lower()


@lru_cache(maxsize=1000)
def read_zone(text: str) -> str:
    zone = zone_named(text)
    if zone not in time_zone_names():
        raise ValueError(f"“{short(text)}” is not a time zone, such as Europe/Berlin.")
    return zone


READERS: Mapping[str, Callable[[str], str]] = {"email": read_email, "time_zone": read_zone}


@lru_cache(maxsize=10_000)
def read_day(text: str) -> Day:
    """ISO, with dots (day first), with slashes or dashes (either way), with the month's name, or a serial number."""
    words = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z| ?[AP]M)?$", "", text)
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", words) or re.fullmatch(
        r"(\d{4})(\d\d)(\d\d)", words
    ):
        return Day(day=_day(text, *[part for part in match.groups() if part and part.isdigit()]))
    if match := re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", words):
        return Day(day=_day(text, *reversed(match.groups())))
    if match := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", words):
        return _either_way(text, *match.groups())
    if found := _with_name(words):
        return Day(day=_day(text, *found))
    if re.fullmatch(r"\d{5}(\.0+)?", words):
        return Day(day=DAY_ZERO + dt.timedelta(days=int(words[:5])))
    raise ValueError(f"“{short(text)}” is not a day. Write it as 2026-03-31.")


def _with_name(words: str) -> tuple[str, str, str] | None:
    """31 March 2026, 31-Mar-2026, March 31, 2026."""
    if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[ .-]+([A-Za-z]+)[ .,-]+(\d{4})", words):
        day, month, year = match.groups()
    elif match := re.fullmatch(r"([A-Za-z]+)[ .-]+(\d{1,2})(?:st|nd|rd|th)?[ ,-]+(\d{4})", words):
        month, day, year = match.groups()
    else:
        return None
    number = MONTHS.get(month.lower())
    return (year, str(number), day) if number else None


def _day(text: str, year: str, month: str, day: str) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"“{short(text)}” is no day of the calendar.") from None


def _either_way(text: str, one: str, two: str, year: str) -> Day:
    found: Mapping[bool, dt.date] = dict(_possible(one, two, year))
    if not found:
        raise ValueError(f"“{short(text)}” is no day of the calendar.")
    if one == two and True in found:
        return Day(day=found[True])
    return Day(day_first=found.get(True), month_first=found.get(False))


def _possible(one: str, two: str, year: str) -> Iterator[tuple[bool, dt.date]]:
    for is_day_first, (day, month) in ((True, (one, two)), (False, (two, one))):
        try:
            yield is_day_first, dt.date(int(year), int(month), int(day))
        except ValueError:
            continue
