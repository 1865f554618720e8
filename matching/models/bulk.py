"""A bulk decision: one HR person's word on many suggestions at once, worked off one by one."""

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mentoring.models import Person, Programme, User
from mentoring.models.states import Stateful
from mentoring.private import PrivateTextField


class BulkDecisionQuerySet(models.QuerySet["BulkDecision"]):
    def visible_to(self, user: User) -> "BulkDecisionQuerySet":
        return self if user.is_hr else self.none()

    def running(self) -> "BulkDecisionQuerySet":
        return self.filter(status=BulkDecision.Status.RUNNING)

    def without_a_worker(self, since: dt.datetime) -> "BulkDecisionQuerySet":
        """Unfinished ones that nobody has worked on since then."""
        return self.running().filter(heartbeat_at__lt=since)


class BulkDecision(Stateful, models.Model):
    """Keeps the suggestions as they were when HR read the summary: what matches the filter later is not decided."""

    class Decision(models.TextChoices):
        APPROVE = "approve", "Approve"
        REJECT = "reject", "Reject"
        REINSTATE = "reinstate", "Take the decision back"

    class Status(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"

    TRANSITIONS = {Status.RUNNING: frozenset({Status.DONE}), Status.DONE: frozenset()}

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="bulk_decisions")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    because = PrivateTextField(max_length=600, blank=True, default="", help_text="HR's own words, for HR alone.")
    suggestion_ids = ArrayField(models.BigIntegerField())
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING)
    position = models.PositiveIntegerField(default=0, help_text="How many of them have been worked off.")
    decided = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True, help_text="[[names, sentence], …] of those left undone.")
    heartbeat_at = models.DateTimeField(help_text="The last sign of life of whoever works it off.")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[BulkDecisionQuerySet] = BulkDecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["heartbeat_at"], condition=models.Q(status="running"), name="bulk_unfinished")]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {len(self.suggestion_ids)} suggestions"

    @property
    def is_running(self) -> bool:
        return self.status == self.Status.RUNNING

    @property
    def percent(self) -> int:
        return 100 * self.position // max(1, len(self.suggestion_ids))
