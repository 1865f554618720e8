"""The company's departments, grades and sites, read together: whoever shows one of them mostly shows all."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value

from mentoring.models import Department, Grade, Site
from mentoring.prepared import prepared

Names = Mapping[int | None, str]  # by their keys, in the order in which they are shown


class Scales(NamedTuple):
    department: Names
    grade: Names
    site: Names

    def choices(self, kind: str) -> list[tuple[str, str]]:
        return [(str(key), name) for key, name in getattr(self, kind).items()]


def _all() -> QuerySet[Any, tuple[Any, ...]]:
    departments, grades, sites = (
        scale.objects.order_by().annotate(kind=Value(kind), step=step).values_list("kind", "pk", "name", "step")
        for scale, kind, step in (
            (Department, "department", Value(0)),
            (Grade, "grade", F("level")),
            (Site, "site", Value(0)),
        )
    )
    return departments.union(grades, sites, all=True).order_by("step", "name")


_ALL = prepared(_all)


def read_scales() -> Scales:
    found: dict[str, dict[int | None, str]] = {kind: {} for kind in Scales._fields}
    for kind, key, name, _ in _ALL():
        found[kind][key] = name
    return Scales(**found)
