"""The nightly look at running pairs: where the two stood in the organisation when last looked at, and what changed."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mentoring.models.pair import Pair
from mentoring.models.person import Person
from mentoring.models.states import Stateful
from mentoring.models.user import User


class PairWatchQuerySet(models.QuerySet["PairWatch"]):
    def due(self, now: dt.datetime) -> "PairWatchQuerySet":
        return self.filter(next_check_at__lte=now)


class PairWatch(models.Model):
    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, primary_key=True, related_name="watch")
    mentor_manager = models.BigIntegerField(null=True)
    mentee_manager = models.BigIntegerField(null=True)
    gap = models.IntegerField(null=True, help_text="Grades from the junior up to the senior; below zero it has turned.")
    line = models.IntegerField(null=True, help_text="Levels between them where one reports to the other.")
    next_check_at = models.DateTimeField()

    objects: ClassVar[PairWatchQuerySet] = PairWatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["next_check_at"], name="pair_watch_due")]

    def __str__(self) -> str:
        return f"Watch over pair {self.pair_id}"


class PairConcernQuerySet(models.QuerySet["PairConcern"]):
    def visible_to(self, user: User) -> "PairConcernQuerySet":
        return self if user.is_hr else self.none()

    def open(self) -> "PairConcernQuerySet":
        return self.filter(status=PairConcern.Status.OPEN)


class PairConcern(Stateful, models.Model):
    """A change in the organisation that bears on a pair. Once HR has decided, it does not come back."""

    class Reason(models.TextChoices):
        LEFT = "left", "Somebody has left"
        LINE = "line", "A reporting line"
        TURNED = "turned", "Grades have turned"
        MANAGER = "manager", "A new manager"

    class Status(models.TextChoices):
        OPEN = "open", "Waits for HR"
        KEPT = "kept", "Pair kept"
        ENDED = "ended", "Pair ended"
        REPLACED = "replaced", "New pair wanted"
        OVER = "over", "Over by itself"

    TRANSITIONS = {
        "open": frozenset({"kept", "ended", "replaced", "over"}),
        **{end: frozenset() for end in ("kept", "ended", "replaced", "over")},
    }

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="concerns")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    sentence = models.CharField(max_length=400)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[PairConcernQuerySet] = PairConcernQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "reason"], condition=Q(status="open"), name="concern_open_once"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "kept", "ended", "replaced", "over"]), name="concern_status_known"
            ),
        ]
        indexes = [models.Index(fields=["found_at"], condition=Q(status="open"), name="concern_open")]

    def __str__(self) -> str:
        return f"{self.pair}: {self.get_reason_display()}"

    @property
    def proposal(self) -> str:
        """What usually serves the two best."""
        return {
            "left": "Look for a new pair for the one who is still here.",
            "line": "End it gently and look for new pairs: feedback across a reporting line is rarely free.",
            "turned": "Keep it, if both still learn: the grade alone is no reason to stop.",
            "manager": "Keep it, and let the new manager know that the programme takes some of their time.",
        }[self.reason]

    @property
    def proposes(self) -> str:
        """Which of the answers that is."""
        return "kept" if self.reason in ("turned", "manager") else "replaced"
