"""What a file of people may hold, and how a heading is recognised. The names are those of `matching/spreadsheet.py`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NOT_USED = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    name: str
    label: str
    help: str
    longest: int = 0
    headings: tuple[str, ...] = ()  # other ways to say it


COLUMNS = (
    Column(
        name="employee_number", label="Employee number", longest=40,
        help="Who is who: it must never change for a person. Required.",
        headings=("employee id", "employee no", "employee", "emp id", "emp no", "staff number", "staff id", "staff no",
                  "personnel number", "personnel no", "person id", "payroll number", "worker id", "hr id", "id",
                  "number", "personalnummer", "pers nr", "mitarbeiternummer", "matricule", "numero de empleado"),
    ),
    Column(
        name="name", label="Name", longest=120, help="As colleagues say it. Or leave it out and give the two below.",
        headings=("full name", "display name", "employee name", "preferred name", "legal name",
                  "nom complet", "nombre"),
    ),
    Column(
        name="first_name", label="First name", longest=60, help="Used with the last name where there is no name.",
        headings=("given name", "forename", "vorname", "prenom"),
    ),
    Column(
        name="last_name", label="Last name", longest=60, help="Used with the first name where there is no name.",
        headings=("surname", "family name", "nachname", "nom", "nom de famille", "apellido", "apellidos"),
    ),
    Column(
        name="email", label="E-mail address", longest=254, help="People sign in with it. Required.",
        headings=("e mail", "mail", "email address", "e mail address", "work email", "work e mail", "business email",
                  "mail address", "adresse e mail", "courriel", "correo"),
    ),
    Column(
        name="job_title", label="Job title", longest=120, help="What stands under the name.",
        headings=("title", "position", "job", "role", "position title", "funktion", "stelle", "poste"),
    ),
    Column(
        name="department", label="Department", longest=80, help="By name. One that is new is added.",
        headings=("dept", "department name", "org unit", "organisational unit", "organizational unit",
                  "organisation unit", "business unit", "division", "team", "unit", "abteilung", "departement",
                  "departamento"),
    ),
    Column(
        name="grade", label="Grade", longest=80,
        help="By name or by level, a whole number; a higher one is more senior. A new number is added.",
        headings=("level", "job level", "job grade", "pay grade", "band", "seniority", "career level", "stufe",
                  "niveau"),
    ),
    Column(
        name="site", label="Site", longest=80, help="Where they work, by name. One that is new is added.",
        headings=("location", "office", "work location", "place", "city", "standort", "lieu", "plant"),
    ),
    Column(
        name="time_zone", label="Time zone", longest=40,
        help="Such as Europe/Berlin. For new people only; else their site's.",
        headings=("timezone", "tz", "zeitzone"),
    ),
    Column(
        name="manager_number", label="Manager's number", longest=40, help="The employee number of the line manager.",
        headings=("manager", "manager id", "manager employee number", "manager employee id", "manager no", "supervisor",
                  "supervisor id", "supervisor number", "reports to", "line manager", "line manager id",
                  "line manager number", "vorgesetzter", "vorgesetzte"),
    ),
    Column(
        name="joined_on", label="Joined on", help="The day they joined the company.",
        headings=("start date", "hire date", "date of hire", "hired on", "joined", "joining date", "date joined",
                  "entry date", "entry", "original hire date", "eintritt", "eintrittsdatum", "date d embauche"),
    ),
)  # fmt: skip
NAMES = tuple(column.name for column in COLUMNS)
BY_NAME = {column.name: column for column in COLUMNS}


def plain(heading: str) -> str:
    """Without case, accents, dots and dashes: “E-Mail_Address” is “e mail address”."""
    letters = unicodedata.normalize("NFKD", heading.casefold())
    return " ".join(re.sub(r"[^\w]|_", " ", "".join(c for c in letters if not unicodedata.combining(c))).split())


_KNOWN = {plain(words): column.name for column in COLUMNS for words in (column.name, column.label, *column.headings)}


def guess(headings: Sequence[str], remembered: Mapping[str, str]) -> list[str]:
    """For each heading what it holds, or NOT_USED; `remembered` maps plain headings, and comes first."""
    found: list[str] = []
    for heading in headings:
        words = plain(heading)
        name = remembered.get(words, _KNOWN.get(words, NOT_USED))
        found.append(name if name not in found else NOT_USED)
    return found


def missing(columns: Sequence[str]) -> list[str]:
    """The labels of what must be there and is not."""
    absent = [BY_NAME[name].label for name in ("employee_number", "email") if name not in columns]
    if "name" not in columns and not {"first_name", "last_name"} <= set(columns):
        absent.insert(1 if "employee_number" not in columns else 0, BY_NAME["name"].label)
    return absent
