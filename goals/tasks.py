"""Celery's doors into this app."""

from celery import shared_task
from django.utils import timezone

from goals.actions import check_ins, feedback, pace, surveys


@shared_task(name="goals.tasks.look_after_check_ins")
def look_after_check_ins() -> None:
    """Asks, reminds and lets go; whatever a batch leaves is done the next minute."""
    now = timezone.now()
    check_ins.lapse_due(now)
    check_ins.ask_due(now)


@shared_task(name="goals.tasks.look_after_pairs")
def look_after_pairs() -> None:
    """Looks at how pairs get on, and sends feedback that was slept on."""
    now = timezone.now()
    pace.look_at_due(now)
    feedback.send_due(now)


@shared_task(name="goals.tasks.look_after_surveys")
def look_after_surveys() -> None:
    """Gives, asks, reminds and lets go; whatever a batch leaves is done the next minute."""
    now = timezone.now()
    surveys.fill_next(now)
    surveys.lapse_due(now)
    surveys.ask_due(now)
