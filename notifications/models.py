"""The outbox: a message is a row, written in the transaction of the action that sends it."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from notifications.kinds import Kind
from notifications.readers import Reader


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Reader) -> "MessageQuerySet":
        """What was sent to this user, and shows in the app."""
        return self.filter(recipient=user.pk, in_app=True)

    def unread(self) -> "MessageQuerySet":
        return self.filter(in_app=True, read_at__isnull=True)

    def due_in_app(self, now: dt.datetime) -> "MessageQuerySet":
        """What the app may show by now: a reminder is not read before its time."""
        return self.filter(due_at__lte=now)

    def due(self, now: dt.datetime) -> "MessageQuerySet":
        """What may be mailed now."""
        return self.filter(status=Message.Status.PENDING, next_try_at__lte=now)


class Message(models.Model):
    """One message to one person for one reason. `key` names the reason; writing it twice is one message."""

    class Status(models.TextChoices):
        PENDING = "pending", "Waiting"
        SENT = "sent", "Sent"
        DEAD = "dead", "Given up"
        NOT_MAILED = "not_mailed", "In the app only"

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40, choices=Kind.choices, help_text="People switch kinds on and off.")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="outbox",
        help_text="Nobody where it goes to an address that has no account yet.",
    )  # fmt: skip
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    summary = models.CharField(max_length=240, blank=True, help_text="What the app shows in its list.")
    url = models.CharField(max_length=300, blank=True, help_text="Where the app's list leads, as a path.")
    attachments = models.JSONField(default=list, blank=True, help_text="[[file name, MIME type, text], …]")
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    due_at = models.DateTimeField(help_text="Neither mailed nor shown before then.")
    next_try_at = models.DateTimeField(help_text="When the mail is tried next.")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="message_sent_has_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(status="pending"), name="message_due"),
            models.Index(fields=["recipient", "-created_at"], name="message_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Preference(models.Model):
    """How one person wants one kind of message. No row means both by e-mail and in the app."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="message_preferences")
    kind = models.CharField(max_length=40, choices=Kind.choices)
    by_email = models.BooleanField(default=True)
    in_app = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"
