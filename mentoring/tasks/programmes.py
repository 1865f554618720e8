"""Celery's doors to programmes and invitations."""

from celery import shared_task
from django.utils import timezone

from mentoring.actions import unanswered
from mentoring.actions.announcements import announce_next

BATCHES = 20


@shared_task(name="mentoring.tasks.announce")
def announce() -> None:
    """Tells people of programmes that opened; what is left is told the next minute."""
    for _ in range(BATCHES):
        if not announce_next():
            return


@shared_task(name="mentoring.tasks.look_after_invitations")
def look_after_invitations() -> None:
    """Reminds, ends and takes back what is due; whatever a batch leaves is done the next minute."""
    now = timezone.now()
    unanswered.take_back_in_closed()
    unanswered.expire_due(now)
    unanswered.remind_due(now)
