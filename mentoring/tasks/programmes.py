"""Celery's doors to programmes and invitations."""

import time

from celery import shared_task
from django.utils import timezone

from mentoring.actions import beginnings, improvements, unanswered
from mentoring.actions.announcements import announce_next

SECONDS = 45  # then another wake-up of the clock goes on, so that no task runs for long


@shared_task(name="mentoring.tasks.announce")
def announce() -> None:
    """Tells people of programmes that opened; what is left is told the next minute."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and announce_next():
        pass


@shared_task(name="mentoring.tasks.look_after_invitations")
def look_after_invitations() -> None:
    """Reminds, ends and takes back what is due; whatever a batch leaves is done the next minute."""
    now = timezone.now()
    unanswered.take_back_in_closed()
    unanswered.expire_due(now)
    unanswered.remind_due(now)
    beginnings.decide_due(now)
    beginnings.remind_due(now)


@shared_task(name="mentoring.tasks.publish_improvements")
def publish_improvements() -> None:
    """Publishes “You said, we did” where its day has come."""
    improvements.publish_due(timezone.localdate())
