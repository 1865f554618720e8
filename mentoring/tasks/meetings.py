"""Celery's door to meetings."""

from celery import shared_task
from django.utils import timezone

from mentoring.actions import meeting_reminders


@shared_task(name="mentoring.tasks.remind_of_meetings")
def remind_of_meetings() -> None:
    """Sends the reminders that are due; whatever a batch leaves is sent the next minute."""
    meeting_reminders.send_due(timezone.now())
