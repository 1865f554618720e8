"""People as a line or a card of a list shows them: read by their keys, in two queries at most, and nothing more."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from mentoring.models import Person, SkillOffer
from mentoring.models.person import initials_of
from mentoring.prepared import KEYS, prepared
from mentoring.scales import Scales

SKILLS = 3  # on a card


class PersonLine(NamedTuple):
    """What HR's list of people shows of one."""

    pk: int
    name: str
    photo_at: dt.datetime | None
    email: str
    is_hr: bool
    kind: str
    joined_on: dt.date | None
    onboarding_step: int
    department: str | None
    grade: str | None
    site: str | None

    @property
    def initials(self) -> str:
        return initials_of(self.name)


class PersonCard(NamedTuple):
    """What the directory shows of a colleague; `skills` are the first ones that they offer."""

    pk: int
    name: str
    photo_at: dt.datetime | None
    job_title: str
    introduction: str
    department: str | None
    site: str | None
    skills: tuple[str, ...]

    @property
    def initials(self) -> str:
        return initials_of(self.name)


_LINES = prepared(
    lambda keys: Person.objects.filter(pk__among=keys).order_by().values_list(
        "pk", "name", "photo_at", "user__email", "user__is_hr", "kind", "joined_on", "onboarding_step",
        "department", "grade", "site",
    ),
    KEYS,
)  # fmt: skip
_CARDS = prepared(
    lambda keys: Person.objects.filter(pk__among=keys).order_by().values_list(
        "pk", "name", "photo_at", "job_title", "introduction", "department", "site",
    ),
    KEYS,
)  # fmt: skip
_OFFERS = prepared(
    lambda keys: SkillOffer.objects.filter(person__among=keys).values_list("person", "skill__name"), KEYS
)


def lines_of(keys: Sequence[int], scales: Scales) -> list[PersonLine]:
    """In the order of the keys."""
    found = {row[0]: _line(row, scales) for row in _LINES(keys)}
    return [found[key] for key in keys if key in found]


def cards_of(keys: Sequence[int], scales: Scales) -> list[PersonCard]:
    """In the order of the keys."""
    skills: dict[int, list[str]] = defaultdict(list)
    for person, skill in _OFFERS(keys):
        skills[person].append(skill)
    found = {row[0]: _card(row, scales, skills[row[0]]) for row in _CARDS(keys)}
    return [found[key] for key in keys if key in found]


def _line(row: Sequence[Any], scales: Scales) -> PersonLine:
    *facts, department, grade, site = row
    places = scales.department.get(department), scales.grade.get(grade), scales.site.get(site)
    return PersonLine._make((*facts, *places))


def _card(row: Sequence[Any], scales: Scales, skills: Sequence[str]) -> PersonCard:
    *facts, department, site = row
    return PersonCard._make((*facts, scales.department.get(department), scales.site.get(site), tuple(skills[:SKILLS])))
