"""What stays of a meeting: the next steps that the two agreed on, those of a brainstorm among them, and what each
thought of it, privately."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mentoring.models.meeting import Meeting, MeetingQuerySet
from mentoring.models.pair import STARTED, Pair
from mentoring.models.person import Person
from mentoring.models.user import User


class AgreedStepQuerySet(models.QuerySet["AgreedStep"]):
    def visible_to(self, user: User) -> "AgreedStepQuerySet":
        """The two of the pair."""
        return self.filter(Q(pair__mentor=user.pk) | Q(pair__mentee=user.pk), pair__status__in=STARTED)

    def open(self) -> "AgreedStepQuerySet":
        return self.filter(done_at__isnull=True)

    def reminder_due(self, now: dt.datetime) -> "AgreedStepQuerySet":
        """Of pairs that run; while a pair pauses nobody is reminded."""
        return self.open().filter(remind_at__lte=now, pair__status=Pair.Status.ACTIVE)


class AgreedStep(models.Model):
    """Who does what by when. Its owner ticks it off; both may read it."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="agreed_steps")
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="agreed_steps")
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="agreed_steps", verbose_name="who")
    text = models.CharField("what", max_length=200)
    due_on = models.DateField("by when", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(
        null=True, blank=True, help_text="When its owner is reminded; nothing once that is done."
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AgreedStepQuerySet] = AgreedStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = [models.F("done_at").asc(nulls_first=True), models.F("due_on").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at__isnull=True), name="agreed_step_open"),
            models.Index(fields=["remind_at"], condition=Q(done_at__isnull=True), name="agreed_step_remind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "owner", "text"], condition=Q(done_at__isnull=True), name="agreed_step_open_once"
            )
        ]

    def __str__(self) -> str:
        """Without its words: they are between the two."""
        return f"Next step {self.pk} of person {self.owner_id}"


class ImpressionQuerySet(models.QuerySet["Impression"]):
    def visible_to(self, user: User) -> "ImpressionQuerySet":
        """Its author alone."""
        return self.filter(person=user.pk)


class Impression(models.Model):
    """What one of the two thought of a meeting: two taps, for their author alone and for figures over many."""

    class Learned(models.TextChoices):
        BOTH = "both", "Both of us"
        ONE = "one", "One of us"
        NOBODY = "nobody", "Not this time"

    class Talked(models.TextChoices):
        ME = "me", "Mostly me"
        EVEN = "even", "About even"
        OTHER = "other", "Mostly the other"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="impressions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    learned = models.CharField("who learned something?", max_length=6, choices=Learned.choices, blank=True)
    talked = models.CharField("who talked?", max_length=5, choices=Talked.choices, blank=True)

    objects: ClassVar[ImpressionQuerySet] = ImpressionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="impression_once")]

    def __str__(self) -> str:
        return "Impression of a meeting"


def with_impression_of(meetings: MeetingQuerySet, person: Person | int) -> MeetingQuerySet:
    """Each with `said`: whether this person has told what they thought of it."""
    mine = Impression.objects.filter(meeting=OuterRef("pk"), person=person)
    return meetings.annotate(said=Exists(mine))
