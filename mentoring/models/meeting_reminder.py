"""A reminder of a meeting that is still to be sent; once sent, or no longer needed, the row is gone."""

import datetime as dt
from typing import ClassVar

from django.db import models

from mentoring.models.meeting import Meeting
from mentoring.models.person import Person


class MeetingReminderQuerySet(models.QuerySet["MeetingReminder"]):
    def due(self, now: dt.datetime) -> "MeetingReminderQuerySet":
        return self.filter(due_at__lte=now)


class MeetingReminder(models.Model):
    """One message to one of the two, due at their own working hours."""

    class Kind(models.TextChoices):
        BEFORE = "before", "The working day before"
        LOG = "log", "Afterwards: did it take place?"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    due_at = models.DateTimeField(db_index=True)

    objects: ClassVar[MeetingReminderQuerySet] = MeetingReminderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person", "kind"], name="meeting_reminder_once")]

    def __str__(self) -> str:
        return f"Reminder of meeting {self.meeting_id} to person {self.person_id}"
