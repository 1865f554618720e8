"""Suggestions as HR's table shows them: read by their keys, in one query, and nothing more."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from matching.models import Suggestion
from mentoring.models.pair import ASKING
from mentoring.models.person import initials_of
from mentoring.prepared import KEYS, prepared
from mentoring.scales import Scales, read_scales


class PersonInLine(NamedTuple):
    """One of the two."""

    pk: int
    name: str
    photo_at: dt.datetime | None
    job_title: str
    left_on: dt.date | None
    grade: str | None
    department: str | None

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def has_left(self) -> bool:
        return self.left_on is not None


class SuggestionLine(NamedTuple):
    """`criteria`, `alternatives` and `exceptions` are JSON as the database has it, to be read where they are shown."""

    pk: int
    status: str
    origin: str
    score: int
    near_tie: bool
    criteria: str
    alternatives: str
    exceptions: str
    skill: str
    return_skill: str | None
    pair_status: str | None
    decided_by: str | None
    decided_at: dt.datetime | None
    rejected_because: str
    comments: int
    mentor: PersonInLine
    mentee: PersonInLine

    def __str__(self) -> str:
        return f"{self.mentor} and {self.mentee}"

    @property
    def mentor_id(self) -> int:
        return self.mentor.pk

    @property
    def mentee_id(self) -> int:
        return self.mentee.pk

    @property
    def waits(self) -> bool:
        return self.status == Suggestion.Status.PROPOSED

    @property
    def is_request(self) -> bool:
        return self.origin == Suggestion.Origin.REQUEST

    @property
    def get_status_display(self) -> str:
        return str(Suggestion.Status(self.status).label)

    @property
    def pair_is_asking(self) -> bool:
        return self.pair_status in ASKING


def _of_person(role: str) -> list[str]:
    return [f"{role}{field}" for field in ("", "__name", "__photo_at", "__job_title", "__left_on", "__grade",
                                           "__department")]  # fmt: skip


_FACTS = (
    "pk", "status", "origin", "score", "near_tie", "criteria_text", "alternatives_text", "exceptions_text",
    "skill__name", "return_skill__name", "pair__status", "decided_by__name", "decided_at", "rejected_because",
    "comment_count",
)  # fmt: skip
_MENTOR, _MENTEE = _of_person("mentor"), _of_person("mentee")
_LINES = prepared(
    lambda keys: (
        Suggestion.objects.filter(pk__among=keys)
        .with_comments()
        .annotate(
            criteria_text=Cast("criteria", TextField()),
            alternatives_text=Cast("alternatives", TextField()),
            exceptions_text=Cast("exceptions", TextField()),
        )
        .order_by()
        .values_list(*_FACTS, *_MENTOR, *_MENTEE)
    ),
    KEYS,
)


def lines_of(keys: Sequence[int], scales: Scales | None = None) -> list[SuggestionLine]:
    """In the order of the keys, which HR may see; `scales` where they are read already."""
    facts, mentor = len(_FACTS), len(_FACTS) + len(_MENTOR)
    scales = scales or read_scales()
    found = {
        row[0]: SuggestionLine._make((*row[:facts], _person(row[facts:mentor], scales), _person(row[mentor:], scales)))
        for row in _LINES(keys)
    }
    return [found[key] for key in keys if key in found]


def _person(row: Sequence[Any], scales: Scales) -> PersonInLine:
    *facts, grade, department = row
    return PersonInLine._make((*facts, scales.grade.get(grade), scales.department.get(department)))
