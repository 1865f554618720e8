"""Celery's doors to meetings and to what stays of them."""

from celery import shared_task
from django.utils import timezone

from mentoring.actions import agreed_steps, meeting_reminders


@shared_task(name="mentoring.tasks.remind_of_meetings")
def remind_of_meetings() -> None:
    """Sends the reminders that are due; whatever a batch leaves is sent the next minute."""
    meeting_reminders.send_due(timezone.now())


@shared_task(name="mentoring.tasks.remind_of_next_steps")
def remind_of_next_steps() -> None:
    """Sends the reminders that are due; whatever a batch leaves is sent the next minute."""
    agreed_steps.remind_due(timezone.now())
