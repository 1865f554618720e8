"""Feedback: what one of the two tells the other about one situation. It is no rating, and nobody else reads it."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.models import Pair, Person, User
from mentoring.models.pair import STARTED
from mentoring.models.states import Stateful
from mentoring.private import PrivateTextField


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: User) -> "FeedbackQuerySet":
        """Its author; its receiver once it is sent. HR never."""
        return self.read_by(user.pk)

    def read_by(self, person: int) -> "FeedbackQuerySet":
        """The same by the person's key, for prepared queries."""
        return self.filter(pair__status__in=STARTED).filter(
            Q(author=person) | Q(receiver=person, status=Feedback.Status.SENT)
        )

    def sent(self) -> "FeedbackQuerySet":
        return self.filter(status=Feedback.Status.SENT)

    def waiting(self) -> "FeedbackQuerySet":
        return self.filter(status=Feedback.Status.WAITING)

    def due(self, now: dt.datetime) -> "FeedbackQuerySet":
        """A day's thought is over; while a pair pauses it waits."""
        return self.waiting().filter(send_at__lte=now, pair__status=Pair.Status.ACTIVE)


class Feedback(Stateful, models.Model):
    class Status(models.TextChoices):
        WAITING = "waiting", "Goes out later"
        SENT = "sent", "Sent"
        TAKEN_BACK = "taken_back", "Taken back"

    TRANSITIONS = {
        Status.WAITING: frozenset({Status.SENT, Status.TAKEN_BACK}),
        Status.SENT: frozenset(),
        Status.TAKEN_BACK: frozenset(),
    }

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="feedback")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feedback_given")
    receiver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feedback_received")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    situation = PrivateTextField(max_length=600)
    saw = PrivateTextField("what I saw", max_length=1000)
    effect = PrivateTextField("its effect", max_length=1000)
    next = PrivateTextField("what could be next", max_length=1000)
    written_at = models.DateTimeField(default=timezone.now)
    send_at = models.DateTimeField(help_text="When it goes out, unless it is taken back before.")
    sent_at = models.DateTimeField(null=True, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(
        null=True, blank=True, help_text="Kept by the receiver; the author does not see it."
    )
    question = PrivateTextField("what the receiver asks", max_length=600, blank=True, default="")
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = PrivateTextField("what the author answers", max_length=1000, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[FeedbackQuerySet] = FeedbackQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(condition=~Q(author=F("receiver")), name="feedback_between_two"),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False)
                | Q(
                    status__in=["waiting", "taken_back"], sent_at__isnull=True, thanked_at__isnull=True,
                    saved_at__isnull=True, asked_at__isnull=True,
                ),
                name="feedback_answered_once_sent",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(asked_at__isnull=False), name="feedback_answer_has_a_question"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["send_at"], condition=Q(status="waiting"), name="feedback_due")]

    def __str__(self) -> str:
        """Without its words: this goes into the audit."""
        return f"Feedback {self.pk}"
