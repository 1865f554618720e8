"""HR's own surveys: statements, answered from 1 to 5 at the start, in the middle, at the end and six months later.

What one person answers is that person's alone; what HR sees are figures of five people or more.
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mentoring.models import Person, Programme, User
from mentoring.models.states import Stateful

MOST_STATEMENTS = 20


class Survey(Stateful, models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    class AskedOf(models.TextChoices):
        EVERYBODY = "everybody", "Everybody in a pair"
        JUNIORS = "juniors", "The junior of each pair"
        SENIORS = "seniors", "The senior of each pair"

    TRANSITIONS = {
        Status.DRAFT: frozenset({Status.OPEN}),
        Status.OPEN: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset({Status.OPEN}),
    }

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="surveys")
    name = models.CharField(max_length=80)
    asked_of = models.CharField("who is asked", max_length=10, choices=AskedOf.choices, default=AskedOf.EVERYBODY)
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.DRAFT)
    is_filling = models.BooleanField(default=False, help_text="Running pairs are still being given their sheets.")
    filled_up_to = models.BigIntegerField(default=0, help_text="The key of the last pair that was.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="survey_name_once")]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    is_reversed = models.BooleanField(default=False, help_text="Agreeing means less of what is asked about.")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="statement_once")]

    def __str__(self) -> str:
        return self.text


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, user: User) -> "SheetQuerySet":
        """Its author alone."""
        return self.filter(person=user.pk)

    def waiting(self) -> "SheetQuerySet":
        return self.filter(status=Sheet.Status.WAITING)

    def answered(self) -> "SheetQuerySet":
        return self.filter(status=Sheet.Status.ANSWERED)

    def open(self, now: dt.datetime) -> "SheetQuerySet":
        """Asked for, and not answered yet."""
        return self.waiting().filter(due_at__lte=now, lapses_at__gt=now, survey__status=Survey.Status.OPEN)

    def message_due(self, now: dt.datetime) -> "SheetQuerySet":
        return self.waiting().filter(remind_at__lte=now, survey__status=Survey.Status.OPEN)

    def lapse_due(self, now: dt.datetime) -> "SheetQuerySet":
        """Whose time is up. One that was not asked for yet, because the site stood still, is asked for first."""
        return self.waiting().filter(Q(asked__gt=0) | Q(remind_at__isnull=True), lapses_at__lte=now)


class Sheet(Stateful, models.Model):
    """One person's answer at one time."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ANSWERED = "answered", "Answered"
        LAPSED = "lapsed", "Not answered"

    class Time(models.TextChoices):
        START = "start", "At the start"
        MIDDLE = "middle", "In the middle"
        END = "end", "At the end"
        LATER = "later", "Six months later"

    TRANSITIONS = {
        Status.WAITING: frozenset({Status.ANSWERED, Status.LAPSED}),
        Status.ANSWERED: frozenset(),
        Status.LAPSED: frozenset(),
    }

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sheets")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="survey_sheets")
    time = models.CharField(max_length=6, choices=Time.choices)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True, blank=True, help_text="When its next message goes.")
    lapses_at = models.DateTimeField()
    asked = models.PositiveSmallIntegerField(default=0, help_text="Messages sent.")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SheetQuerySet] = SheetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "person", "time"], name="sheet_once"),
            models.CheckConstraint(
                condition=~Q(status="answered") | Q(answered_at__isnull=False), name="sheet_answered_has_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["remind_at"], condition=Q(status="waiting"), name="sheet_remind_due"),
            models.Index(fields=["lapses_at"], condition=Q(status="waiting"), name="sheet_lapse_due"),
        ]

    def __str__(self) -> str:
        return f"Sheet {self.pk}"


class Rating(models.Model):
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="ratings")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="ratings")
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "statement"], name="rating_once"),
            models.CheckConstraint(condition=Q(value__range=(1, 5)), name="rating_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"Rating of sheet {self.sheet_id}"
