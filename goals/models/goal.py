"""A goal: what the learner wants to reach, linked to a skill wish; a milestone: a step to it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mentoring.models import Pair, Person, SkillWish, User, WishLevel
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
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[GoalQuerySet] = GoalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["status", F("due_on").asc(nulls_last=True), "pk"]
        constraints = [models.CheckConstraint(condition=Q(progress__range=(0, 100)), name="goal_progress_0_to_100")]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=160)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
