"""What a page of the dashboards is about: one programme, or all of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min
from django.shortcuts import get_object_or_404
from django.urls import reverse

from insights.models import RollUp
from mentoring.models import Programme, User


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


def scope_of(user: User, pk: int | None) -> Scope:
    """404 where there is no such programme."""
    return Scope(None if pk is None else get_object_or_404(Programme.objects.visible_to(user), pk=pk))


def as_of(scope: Scope) -> AsOf:
    rows = RollUp.objects.all() if scope.programme is None else RollUp.objects.filter(programme=scope.programme)
    found = rows.aggregate(oldest=Min("as_of"), asked=Count("asked_at"))
    return AsOf(found["oldest"], found["asked"] > 0)
