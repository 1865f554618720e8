"""A matching run: one question to the engine about one programme, with its answer and its proof."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mentoring.models import Enrolment, Person, Programme, Role, User
from mentoring.models.states import Stateful


class MatchingRunQuerySet(models.QuerySet["MatchingRun"]):
    def visible_to(self, user: User) -> "MatchingRunQuerySet":
        return self if user.is_hr else self.none()

    def unfinished(self) -> "MatchingRunQuerySet":
        return self.filter(status__in=[MatchingRun.Status.QUEUED, MatchingRun.Status.RUNNING])

    def done(self) -> "MatchingRunQuerySet":
        return self.filter(status=MatchingRun.Status.DONE)

    def without_a_worker(self, since: dt.datetime) -> "MatchingRunQuerySet":
        """Unfinished runs that no worker has touched since then: it was killed, or the broker lost the task."""
        silent = Q(heartbeat_at__lt=since) | Q(heartbeat_at__isnull=True, created_at__lt=since)
        return self.unfinished().filter(silent)


class MatchingRun(Stateful, models.Model):
    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting for a worker"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"

    TRANSITIONS = {
        Status.QUEUED: frozenset({Status.RUNNING, Status.CANCELLED, Status.FAILED}),
        Status.RUNNING: frozenset({Status.RUNNING, Status.DONE, Status.CANCELLED, Status.FAILED}),
        Status.DONE: frozenset(),
        Status.CANCELLED: frozenset(),
        Status.FAILED: frozenset(),
    }

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="runs")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    phase = models.CharField(max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(
        default=0, help_text="Raised by each worker that takes the run up, so that an older one knows it lost it."
    )
    cancel_asked = models.BooleanField(default=False)
    policy = models.JSONField(default=dict)
    input_hash = models.CharField(max_length=64, blank=True)
    summary = models.JSONField(
        default=dict, blank=True, help_text="Placed, total, bound, certified, seconds by phase, …"
    )
    problem = models.CharField(max_length=300, blank=True, help_text="Why it failed, in plain words.")
    started_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True, help_text="The worker's last sign of life.")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MatchingRunQuerySet] = MatchingRunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(status__in=["queued", "running"]),
                name="run_one_at_a_time",
                violation_error_message="A matching run of this programme is under way.",
            ),
            models.CheckConstraint(condition=Q(percent__range=(0, 100)), name="run_percent_0_to_100"),
        ]

    def __str__(self) -> str:
        return f"Run {self.pk} of {self.programme_id}"

    @property
    def is_unfinished(self) -> bool:
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)

    @property
    def was_acted_on(self) -> bool:
        """HR approved something of it, so its result counts; else the next run takes its place."""
        return self.suggestions.filter(status="approved").exists()


class LeftOut(models.Model):
    """A person whom a run could not place in a role that they asked for, and why."""

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="left_out")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=6, choices=Role.choices)
    rules = models.JSONField(default=list, help_text="[{rule, count, sentence}, …]: what removed how many partners.")
    smallest_change = models.CharField(max_length=300, blank=True)
    waits = models.BooleanField(default=False, help_text="Placed in none of the roles that they asked for.")

    class Meta:
        verbose_name_plural = "left out"
        constraints = [models.UniqueConstraint(fields=["run", "enrolment", "role"], name="left_out_once")]

    def __str__(self) -> str:
        return f"{self.role} of enrolment {self.enrolment_id}"
