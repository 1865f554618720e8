"""Celery's doors into this app."""

from celery import shared_task
from django.utils import timezone

from notifications import digests
from notifications.delivery import BATCH, deliver_due
from notifications.outbox import hurry


@shared_task
def deliver() -> None:
    """Empties the outbox of what is due; a full batch calls for another."""
    if deliver_due() == BATCH:
        hurry()


@shared_task
def send_digests() -> None:
    """Gathers the digests that are due, and has them delivered."""
    if digests.send_due(timezone.now()):
        hurry()
