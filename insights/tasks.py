"""Celery's doors into this app."""

import structlog
from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from insights.actions import refresh as actions
from mentoring.models import Programme

log = structlog.get_logger(__name__)


@shared_task
def refresh(programme_id: int) -> None:
    """Two for the same programme wait for each other, and the second finds nothing to do."""
    if programme := Programme.objects.filter(pk=programme_id).first():
        actions.refresh_if_due(programme, timezone.now())


@shared_task
def refresh_due() -> None:
    """A programme a task, so that they share the workers."""
    for programme in actions.due(timezone.now()):
        refresh.delay(programme)


def hurry(programme_id: int) -> None:
    """Wakes a worker. Where the broker is down, the clock finds what was asked for later."""
    try:
        refresh.delay(programme_id)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("refresh.not_hurried", error=type(error).__name__)
