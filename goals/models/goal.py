"""A goal: what the learner wants to reach, linked to a skill wish; a milestone: a step to it."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.models import Meeting, Pair, Person, Skill, SkillWish, User, WishLevel
from mentoring.models.states import Stateful


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: User) -> "GoalQuerySet":
        """The two of the pair: the learner's to change, the partner's to read."""
        return self.filter(pair__in=Pair.objects.of(user.pk).started())

    def open(self) -> "GoalQuerySet":
        return self.filter(status=Goal.Status.OPEN)


class Goal(Stateful, models.Model):
    class Status(models.TextChoices):
        OPEN = "open", "Open"
        REACHED = "reached", "Reached"
        DROPPED = "dropped", "Let go"

    TRANSITIONS = {
        Status.OPEN: frozenset({Status.REACHED, Status.DROPPED}),
        Status.REACHED: frozenset({Status.OPEN}),
        Status.DROPPED: frozenset({Status.OPEN}),
    }

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="goals")
    learner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="goals")
    wish = models.ForeignKey(
        SkillWish, on_delete=models.SET_NULL, null=True, blank=True, related_name="goals", verbose_name="skill wish"
    )
    title = models.CharField("what I want to reach", max_length=160)
    why = models.TextField("why it matters to me", max_length=600, blank=True)
    measure = models.CharField("how we will know", max_length=300, blank=True)
    due_on = models.DateField("by when", null=True, blank=True)
    level_at_start = models.PositiveSmallIntegerField(choices=WishLevel.choices, null=True, blank=True)
    level_now = models.PositiveSmallIntegerField("my level now", choices=WishLevel.choices, null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="0–100, the learner's own view.")
    meetings = models.ManyToManyField(Meeting, blank=True, related_name="goals", help_text="Those that were about it.")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, help_text="Raised by each edit.")

    objects: ClassVar[GoalQuerySet] = GoalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["status", F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__range=(0, 100)), name="goal_progress_0_to_100"),
            models.CheckConstraint(
                condition=Q(level_at_start__range=(0, 5)) | Q(level_at_start__isnull=True), name="goal_start_0_to_5"
            ),
            models.CheckConstraint(
                condition=Q(level_now__range=(0, 5)) | Q(level_now__isnull=True), name="goal_level_0_to_5"
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True)
                | Q(status__in=["reached", "dropped"], closed_at__isnull=False),
                name="goal_closed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        """Without its words: they are between the two, and this goes into the audit."""
        return f"Goal {self.pk} of person {self.learner_id}"

    @property
    def skill(self) -> Skill | None:
        """What is learned, where the goal is linked to a wish."""
        return self.wish.skill if self.wish else None

    @property
    def gained(self) -> int | None:
        """Levels between the start and now."""
        if self.level_now is None or self.level_at_start is None:
            return None
        return self.level_now - self.level_at_start

    @property
    def done(self) -> int:
        """Milestones that are done."""
        return sum(milestone.done_at is not None for milestone in self.milestones.all())

    def is_overdue(self, today: dt.date) -> bool:
        return self.status == self.Status.OPEN and self.due_on is not None and self.due_on < today


class Milestone(models.Model):
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=160)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class GoalRating(models.Model):
    """Where the learner saw themselves on a day; the later of one day stands for it."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    day = models.DateField()
    level = models.PositiveSmallIntegerField(choices=WishLevel.choices, null=True, blank=True)
    progress = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "day"], name="goal_rating_one_a_day"),
            models.CheckConstraint(condition=Q(progress__range=(0, 100)), name="goal_rating_progress_0_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.progress} % on {self.day}"
