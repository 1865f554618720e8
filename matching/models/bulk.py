"""A bulk approval: many suggestions that one HR person said yes to at once, worked off by a task."""

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mentoring.models import Person, Programme, User
from mentoring.models.states import Stateful


class BulkApprovalQuerySet(models.QuerySet["BulkApproval"]):
    def visible_to(self, user: User) -> "BulkApprovalQuerySet":
        return self if user.is_hr else self.none()

    def without_a_worker(self, since: dt.datetime) -> "BulkApprovalQuerySet":
        """Unfinished ones that no worker has touched since then."""
        return self.filter(status=BulkApproval.Status.RUNNING, heartbeat_at__lt=since)


class BulkApproval(Stateful, models.Model):
    """Keeps the suggestions as they were when HR read the summary: what matches the filter later is not approved."""

    class Status(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"

    TRANSITIONS = {Status.RUNNING: frozenset({Status.DONE}), Status.DONE: frozenset()}

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="bulk_approvals")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    suggestion_ids = ArrayField(models.BigIntegerField())
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING)
    position = models.PositiveIntegerField(default=0, help_text="How many of them have been worked off.")
    approved = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True, help_text="[[names, sentence], …] of those left undone.")
    heartbeat_at = models.DateTimeField(help_text="The worker's last sign of life.")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[BulkApprovalQuerySet] = BulkApprovalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(status="running"),
                name="bulk_one_at_a_time",
                violation_error_message="A bulk approval of this programme is under way.",
            )
        ]

    def __str__(self) -> str:
        return f"Bulk approval {self.pk} of {len(self.suggestion_ids)} suggestions"

    @property
    def percent(self) -> int:
        return 100 * self.position // max(1, len(self.suggestion_ids))
