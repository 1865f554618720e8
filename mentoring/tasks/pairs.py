"""Celery's door to the nightly look at pairs."""

from celery import shared_task
from django.utils import timezone

from mentoring.actions import pair_checks


@shared_task(name="mentoring.tasks.recheck_pairs")
def recheck_pairs() -> None:
    """Looks at the pairs that are due; new ones are watched from now on."""
    pair_checks.begin(timezone.now())
    pair_checks.check_due(timezone.now())
