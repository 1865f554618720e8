"""The second bridge to the engine: people from a spreadsheet, rules from a small file, no database.

A file with a bad cell is refused whole, and every bad cell is named with its line, column and reason. `OPTIONAL` says
what a missing column means.
"""

import csv
import datetime as dt
import io
import re
import tomllib
import zoneinfo
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

from matching.engine import InputError, PersonRow, Policy, Wish
from matching.engine.people import MAX_CAPACITY

REQUIRED = ("employee_number", "name")
OPTIONAL = {
    "email": "not used",
    "department": "unknown",
    "grade": "unknown; a whole number, higher is more senior",
    "site": "unknown",
    "time_zone": "UTC",
    "working_hours": "09:00-17:30",
    "languages": "en",
    "manager_number": "nobody",
    "channels": "no preference",
    "mentor_capacity": "1 where there is an offer, else 0",
    "mentee_capacity": "1 where there is a wish, else 0",
    "offers": "none; Skill:level, level 1 to 5",
    "wishes": "none; Skill:priority:present:wanted, priority 1 (highly desirable) to 3",
    "rather_not": "nobody; employee numbers",
    "past_partners": "nobody; employee numbers",
    "waiting_runs": "0",
}
DEFAULT_DAY = dt.date(2026, 1, 15)  # offsets from UTC are those of this day unless the rules name another
CHANNELS = ("in_person", "video", "phone", "chat", "email")


class BadCell(NamedTuple):
    line: int  # as a spreadsheet numbers it: 1 is the header
    column: str
    reason: str

    def __str__(self) -> str:
        return f"Line {self.line}, {self.column}: {self.reason}"


class RefusedFileError(ValueError):
    """A file that cannot be used; `cells` says why."""

    def __init__(self, cells: Sequence[BadCell]) -> None:
        super().__init__("\n".join(map(str, cells)))
        self.cells = tuple(cells)


@dataclass(frozen=True)
class Rules:
    """What a rules file says."""

    policy: Policy = field(default_factory=Policy)
    day: dt.date = DEFAULT_DAY
    fixed: tuple[tuple[str, str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()
    exceptions: tuple[tuple[str, str], ...] = ()


def read_rules(path: Path) -> Rules:
    """Tables [rules] and [weights]; `day`, and lists of numbers `fixed`, `forbidden`, `exceptions`. False is off."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} is not TOML: {error}") from error
    known = {f.name for f in fields(Policy)} - {"weights", "least_score"}
    rules, weights = given.pop("rules", {}), given.pop("weights", {})
    for table, name, names in ((rules, "rules", known), (given, "file", {f.name for f in fields(Rules)} - {"policy"})):
        if strange := set(table) - names:
            raise InputError(f"{path.name}: {name} knows no {', '.join(sorted(strange))}.")
    switches = {"shared_language", "not_again", "external_approval", "worst_off_first"}
    for name, value in list(rules.items()):
        if (name in switches) != isinstance(value, bool) and value is not False:
            raise InputError(f"{path.name}: {name} must be {'true or false' if name in switches else 'a number'}.")
        rules[name] = None if value is False and name not in switches else value
    for name, value in rules.items():
        if value is None and name in ("offer_level", "stability"):
            raise InputError(f"{path.name}: {name} must be a number.")
    couples = {
        name: tuple(
            tuple(map(str, couple)) + (("",) if name == "fixed" and len(couple) == 2 else ()) for couple in rows
        )
        for name, rows in given.items()
        if name != "day"
    }
    return Rules(policy=Policy(**rules, weights=weights), day=given.get("day", DEFAULT_DAY), **couples)  # type: ignore[arg-type]


def read_people(path: Path, *, day: dt.date = DEFAULT_DAY) -> list[PersonRow]:
    """Everybody in the file. Raises RefusedFileError, with every bad cell."""
    return read_table(text_of(path), day=day)


def text_of(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def read_table(text: str, *, day: dt.date = DEFAULT_DAY) -> list[PersonRow]:
    header = text.split("\n", 1)[0]
    separator = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restkey="")
    names = [name.strip() for name in reader.fieldnames or []]
    reader.fieldnames = names
    if bad := bad_header(names):
        raise RefusedFileError(bad)
    bad = []
    rows = []
    for cells in reader:
        line = reader.line_num
        if any(value for name, value in cells.items() if name):
            rows.append((line, read_row(cells, line, day, bad)))
    bad += bad_references(rows)
    if bad:
        raise RefusedFileError(sorted(bad))
    return [row for _, row in rows]


def bad_header(names: list[str]) -> list[BadCell]:
    bad = [BadCell(1, name, "this column is missing.") for name in REQUIRED if name not in names]
    for name in names:
        if name not in REQUIRED and name not in OPTIONAL:
            bad.append(BadCell(1, name or "(no name)", "there is no such column."))
        elif names.count(name) > 1 and BadCell(1, name, "this column is there twice.") not in bad:
            bad.append(BadCell(1, name, "this column is there twice."))
    return bad


def read_row(cells: dict[str, Any], line: int, day: dt.date, bad: list[BadCell]) -> PersonRow:
    """One person; adds what is wrong to `bad`."""
    if cells.get(""):
        bad.append(BadCell(line, "(past the last)", "there are more cells than columns."))

    def cell(name: str, read: Callable[[str], Any], default: Any) -> Any:
        text = (cells.get(name) or "").strip()
        if not text:
            if name in REQUIRED:
                bad.append(BadCell(line, name, "is empty."))
            return default
        try:
            return read(text)
        except ValueError as error:
            bad.append(BadCell(line, name, str(error)))
            return default

    offers = cell("offers", read_offers, {})
    wishes = cell("wishes", read_wishes, [])
    starts, ends = cell("working_hours", read_hours, (9 * 60, 17 * 60 + 30))
    return PersonRow(
        key=cell("employee_number", str, ""),
        name=cell("name", str, ""),
        grade=cell("grade", whole(0, 1000), -1),
        department=cell("department", str, ""),
        site=cell("site", str, ""),
        utc_offset=cell("time_zone", lambda text: offset_of(text, day), 0),
        work_starts=starts,
        work_ends=ends,
        languages=cell("languages", listed, ["en"]),
        channels=cell("channels", read_channels, []),
        mentor_capacity=cell("mentor_capacity", whole(0, MAX_CAPACITY), int(bool(offers))),
        mentee_capacity=cell("mentee_capacity", whole(0, MAX_CAPACITY), int(bool(wishes))),
        manager=cell("manager_number", str, None),
        offers=offers,
        wishes=wishes,
        rather_not=cell("rather_not", listed, []),
        past_partners=cell("past_partners", listed, []),
        waiting_runs=cell("waiting_runs", whole(0, 1000), 0),
    )


def bad_references(rows: Sequence[tuple[int, PersonRow]]) -> list[BadCell]:
    """Numbers that are there twice, managers who are not there. Partners who are not there are passed over."""
    bad: list[BadCell] = []
    first: dict[int | str, int] = {}
    for line, row in rows:
        if row.key in first:
            bad.append(BadCell(line, "employee_number", f"{row.key} is on line {first[row.key]} already."))
        first.setdefault(row.key, line)
    for line, row in rows:
        if row.manager is not None and row.manager not in first:
            bad.append(BadCell(line, "manager_number", f"nobody in this file has the number {row.manager}."))
        elif row.manager == row.key:
            bad.append(BadCell(line, "manager_number", "nobody is their own manager."))
    return bad


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"“{text}” is not a whole number from {least} to {most}.")
        return int(text)

    return read


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def read_hours(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})", text)
    numbers = [int(part) for part in match.groups()] if match else []
    if not numbers or numbers[0] > 23 or numbers[2] > 24 or max(numbers[1], numbers[3]) > 59:
        raise ValueError(f"“{text}” is not of the form 09:00-17:30.")
    starts, ends = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if ends <= starts or ends > 24 * 60:
        raise ValueError(f"“{text}” must end after it starts, on the same day.")
    return starts, ends


def offset_of(name: str, day: dt.date) -> int:
    """Minutes east of UTC at noon of a day."""
    try:
        zone = zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"“{name}” is not a time zone, such as Europe/Berlin.") from error
    offset = dt.datetime.combine(day, dt.time(12), tzinfo=zone).utcoffset() or dt.timedelta()
    return int(offset.total_seconds()) // 60


def read_channels(text: str) -> list[str]:
    channels = listed(text)
    for channel in channels:
        if channel not in CHANNELS:
            raise ValueError(f"“{channel}” is none of {', '.join(CHANNELS)}.")
    if len(set(channels)) < len(channels):
        raise ValueError("names a channel twice.")
    return channels


def read_offers(text: str) -> dict[str, int]:
    offers: dict[str, int] = {}
    for part in listed(text):
        skill, *numbers = numbered(part, 1, "Skill:level")
        if skill in offers:
            raise ValueError(f"names {skill} twice.")
        offers[skill] = within(numbers[0], 1, 5, "a level")
    return offers


def read_wishes(text: str) -> list[Wish]:
    wishes: list[Wish] = []
    for part in listed(text):
        skill, priority, present, wanted = numbered(part, 3, "Skill:priority:present:wanted")
        if skill in [wish.skill for wish in wishes]:
            raise ValueError(f"names {skill} twice.")
        wish = Wish(
            skill=skill,
            priority=within(priority, 1, 3, "a priority"),
            present=within(present, 0, 5, "a present level"),
            wanted=within(wanted, 1, 5, "a wanted level"),
        )
        if wish.wanted <= wish.present:
            raise ValueError(f"{skill}: the wanted level must be above the present one.")
        wishes.append(wish)
    return wishes


def numbered(part: str, count: int, form: str) -> list[str]:
    """A skill, whose name may hold colons, and the numbers after it."""
    pieces = [piece.strip() for piece in part.rsplit(":", count)]
    if len(pieces) != count + 1 or not pieces[0]:
        raise ValueError(f"“{part}” is not of the form {form}.")
    return pieces


def within(text: str, least: int, most: int, what: str) -> int:
    if not re.fullmatch(r"[0-9]", text) or not least <= int(text) <= most:
        raise ValueError(f"“{text}” is not {what} from {least} to {most}.")
    return int(text)
