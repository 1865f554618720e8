"""Counts of what people did, rolled up so that a page costs the same however long the history is."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mentoring.models import Department, Programme, Site

FRESH = dt.timedelta(hours=1)  # a roll-up of a launched programme is this old at most
KEPT = dt.timedelta(days=1)  # of one that is over


class RollUpQuerySet(models.QuerySet["RollUp"]):
    def due(self, now: dt.datetime) -> "RollUpQuerySet":
        """Asked for by somebody, or too old."""
        over = Q(programme__status=Programme.Status.CLOSED)
        return self.filter(
            Q(asked_at__isnull=False)
            | Q(as_of__isnull=True)
            | Q(~over, as_of__lte=now - FRESH)
            | Q(over, as_of__lte=now - KEPT)
        )


class RollUp(models.Model):
    """One for each programme: as of when its figures were counted, and whether somebody asked for newer ones."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, primary_key=True, related_name="rollup")
    as_of = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="Somebody asked for newer figures then.")

    objects: ClassVar[RollUpQuerySet] = RollUpQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(as_of__isnull=False) | Q(asked_at__isnull=False), name="rollup_counted_or_asked"
            )
        ]

    def __str__(self) -> str:
        return f"Roll-up of programme {self.programme_id}"


class Tally(models.Model):
    """`n` and `total` of a measure in one month, for one cell or for a row of cells added up.

    `level` says by a bit for each of department, site, grade band and cohort (8, 4, 2, 1) which of them are added up:
    0 is a single cell, 15 the whole programme. `value` is the bin of a measure that is spread over values, as days are.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField()
    department = models.ForeignKey(Department, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    band = models.PositiveSmallIntegerField(null=True)
    cohort = models.DateField(null=True)
    month = models.DateField()
    measure = models.CharField(max_length=20)
    value = models.IntegerField(default=0)
    n = models.BigIntegerField()
    total = models.FloatField()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "level", "department", "site", "band", "cohort"], name="tally_cell"),
        ]
        constraints = [models.CheckConstraint(condition=Q(level__range=(0, 15)), name="tally_level_0_to_15")]

    def __str__(self) -> str:
        return f"{self.measure} in {self.month:%Y-%m}"


WHOLE, CELLS = 15, 0


class Flow(models.Model):
    """How many from one thing to another, for the pictures. What the keys mean depends on `kind`.

    `level` is WHOLE for a programme, or CELLS for the people of one cell, in the month in which their pair started;
    there a pair is counted once for each of its two people.
    """

    class Kind(models.TextChoices):
        DEPARTMENTS = "departments", "From the mentor's department to the mentee's"
        BANDS = "bands", "From the mentor's grade band to the mentee's"
        SKILLS = "skills", "Of a category, by whether juniors (1) or seniors (0) share it"
        BALANCE = "balance", "Of a skill: wanted (n) and offered (other)"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(default=WHOLE)
    department = models.ForeignKey(Department, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    band = models.PositiveSmallIntegerField(null=True)
    cohort = models.DateField(null=True)
    month = models.DateField(null=True)
    source = models.BigIntegerField()
    target = models.BigIntegerField(default=0)
    n = models.BigIntegerField()
    other = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "source", "target"], condition=Q(level=WHOLE), name="flow_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["programme", "kind", "department", "site", "band"], condition=Q(level=CELLS), name="flow_cell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source} → {self.target}"
