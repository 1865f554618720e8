"""What each senior person of a programme did with their own calendar, and nothing of what anybody else did."""

from typing import ClassVar, TypeAlias

from django.db import models
from django.db.models import F, FloatField, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from mentoring.models import Person, Programme


class LeaderTallyQuerySet(models.QuerySet["LeaderTally"]):
    def with_pace(self) -> "LeaderTallyQuerySet":
        """Meetings for each month of a pair."""
        pace = Cast(F("held"), FloatField()) / NullIf(F("months"), Value(0.0))
        return self.annotate(pace=Coalesce(pace, Value(0.0)))


class LeaderTally(models.Model):
    """`pairs` that they are the senior of; meetings that took place; of all that were planned, how many they planned,
    accepted and called off themselves."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pairs = models.PositiveIntegerField()
    months = models.FloatField(help_text="Months that these pairs ran.")
    held = models.PositiveIntegerField()
    planned = models.PositiveIntegerField(help_text="Meetings that they planned or moved last.")
    accepted = models.PositiveIntegerField(help_text="Proposals of the other that they said yes to.")
    cancelled = models.PositiveIntegerField(help_text="Meetings that they cancelled.")
    ahead = models.PositiveIntegerField(help_text="Meetings in their calendar from now on.")

    Rows: TypeAlias = LeaderTallyQuerySet
    objects: ClassVar[LeaderTallyQuerySet] = LeaderTallyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-held", "person"]
        constraints = [models.UniqueConstraint(fields=["programme", "person"], name="leader_once")]
        indexes = [models.Index(fields=["programme", "-held", "person"], name="leader_by_held")]

    def __str__(self) -> str:
        return f"Calendar of person {self.person_id} in programme {self.programme_id}"
