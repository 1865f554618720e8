"""The reporting lines as a tree: for each person everybody above them, so that one indexed row answers who is.

Nobody writes here: triggers on Person's table do, in the statement that sets a manager, and they refuse a circle.
"""

from collections.abc import Iterable
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models

from mentoring.models.person import Person
from mentoring.prepared import KEYS, prepared

CIRCLE = "person_reports_in_no_circle"  # as the database names what it refuses
_LEVELS = "SELECT array_position(above, %s::bigint) FROM mentoring_reportingline WHERE person_id = %s"


class ReportingLineQuerySet(models.QuerySet["ReportingLine"]):
    def below(self, person: Person | int) -> "ReportingLineQuerySet":
        """Of everybody under this person, however far down."""
        return self.filter(above__contains=[person.pk if isinstance(person, Person) else person])


class ReportingLine(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="reporting_line")
    above = ArrayField(models.BigIntegerField(), help_text="Keys of people: the manager first, the top last.")

    objects: ClassVar[ReportingLineQuerySet] = ReportingLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [GinIndex(fields=["above"], name="reporting_line_above")]

    def __str__(self) -> str:
        return f"Reporting line of {self.person_id}"


def levels_between(upper: int, lower: int) -> int | None:
    """By how many levels the one stands above the other; None where they do not."""
    with connection.cursor() as cursor:
        cursor.execute(_LEVELS, [upper, lower])
        found = cursor.fetchone()
    return found[0] if found else None


def lines_above(people: Iterable[int]) -> dict[int, list[int]]:
    """Person → who stands above them, nearest first; for those who report to somebody."""
    return dict(_ABOVE(set(people)))


_ABOVE = prepared(
    lambda people: ReportingLine.objects.filter(person__among=people).order_by().values_list("person", "above"), KEYS
)
