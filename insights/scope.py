"""What a page of the dashboards is about: one programme, or all of them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse

from insights.models import RollUp
from mentoring.models import Programme
from mentoring.prepared import KEY, prepared
from mentoring.views.tools import programme_for_hr


@dataclass(frozen=True)
class Scope:
    programme: Programme | None

    @property
    def programmes(self) -> Sequence[int] | None:
        return None if self.programme is None else [self.programme.pk]

    @property
    def name(self) -> str:
        return "All programmes" if self.programme is None else self.programme.name

    def url(self, name: str, *args: object) -> str:
        """The address of the page `name` of this scope."""
        if self.programme is None:
            return reverse(name if name == "dashboard" else f"all-{name}", args=args)
        return reverse(f"programme-{name}", args=[self.programme.pk, *args])


@dataclass(frozen=True)
class AsOf:
    """As of when the figures were counted, the oldest where there are several; whether newer ones are on the way."""

    moment: dt.datetime | None
    is_being_counted: bool


def scope_of(pk: int | None) -> Scope:
    """HR's; 404 where there is no such programme."""
    return Scope(None if pk is None else programme_for_hr(pk))


class Counted(NamedTuple):
    """One programme's roll-up; `version` is another after each write of it, and so after each count."""

    programme: int
    as_of: dt.datetime | None
    is_asked: bool
    version: int


def _roll_ups(**programme: int) -> QuerySet[RollUp, tuple[Any, ...]]:
    asked = ExpressionWrapper(Q(asked_at__isnull=False), BooleanField())
    version = RawSQL("insights_rollup.xmin::text::bigint", [])
    rows = RollUp.objects.filter(**programme).annotate(is_asked=asked, version=version)
    return rows.order_by("pk").values_list("pk", "as_of", "is_asked", "version")


_ALL = prepared(lambda: _roll_ups())
_ONE = prepared(lambda programme: _roll_ups(programme=programme), KEY)


def counted(programmes: Sequence[int] | None) -> tuple[Counted, ...]:
    """As long as this is the same, so is whatever the roll-ups hold."""
    rows = _ALL() if programmes is None else [row for programme in programmes for row in _ONE(programme)]
    return tuple(Counted._make(row) for row in rows)


def as_of(found: Iterable[Counted]) -> AsOf:
    moments = [each.as_of for each in found if each.as_of]
    return AsOf(min(moments, default=None), any(each.is_asked for each in found))
