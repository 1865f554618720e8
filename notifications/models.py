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

    def on_the_bell(self, now: dt.datetime) -> "MessageQuerySet":
        """What the bell counts."""
        return self.due_in_app(now).unread()

    def due(self, now: dt.datetime) -> "MessageQuerySet":
        """What may be mailed now."""
        return self.filter(status=Message.Status.PENDING, next_try_at__lte=now)

    def held(self) -> "MessageQuerySet":
        """What waits for its reader's digest."""
        return self.filter(status=Message.Status.HELD)

    def not_yet_mailed(self) -> "MessageQuerySet":
        return self.filter(status__in=[Message.Status.PENDING, Message.Status.HELD])


class Message(models.Model):
    """One message to one person for one reason. `key` names the reason; writing it twice is one message."""

    class Status(models.TextChoices):
        PENDING = "pending", "Waiting"
        SENT = "sent", "Sent"
        DEAD = "dead", "Given up"
        NOT_MAILED = "not_mailed", "In the app only"
        HELD = "held", "Waiting for the digest"
        IN_DIGEST = "in_digest", "In a digest"

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
    urgent = models.BooleanField(
        default=False, db_default=False, help_text="Waits for nobody's working hours, and for no digest."
    )
    digest = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="gathered",
        help_text="The mail that it went out in.",
    )  # fmt: skip
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
            ),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(recipient__isnull=False, urgent=False), name="message_held_for_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(status="pending"), name="message_due"),
            models.Index(fields=["recipient", "-created_at"], name="message_recipient"),
            models.Index(fields=["recipient", "due_at"], condition=Q(status="held"), name="message_held"),
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


class RhythmQuerySet(models.QuerySet["Rhythm"]):
    def due(self, now: dt.datetime) -> "RhythmQuerySet":
        return self.filter(next_at__lte=now)


class Rhythm(models.Model):
    """How often mail comes to one person that is not urgent. No row means at once, within their working hours."""

    class Every(models.TextChoices):
        AT_ONCE = "at_once", "Each by itself, within my working hours"
        DAILY = "daily", "One mail a day, in the morning"
        WEEKLY = "weekly", "One mail a week, on its first working day"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="message_rhythm"
    )
    every = models.CharField(max_length=8, choices=Every.choices, default=Every.AT_ONCE)
    next_at = models.DateTimeField(null=True, blank=True, db_index=True, help_text="When the next digest is gathered.")
    number = models.PositiveIntegerField(default=0, help_text="Of the last digest; names the reason of each.")

    objects: ClassVar[RhythmQuerySet] = RhythmQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every="at_once", next_at__isnull=True)
                | Q(every__in=["daily", "weekly"], next_at__isnull=False),
                name="rhythm_digest_has_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.every} for {self.user_id}"
