"""Asking a worker. Where the broker is down nothing breaks: what is due stands in the database, and beat asks again."""

from typing import Any

import structlog
from celery import Task
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def ask_for_worker(task: "Task[[int], None]", key: int) -> Any:
    try:
        task.delay(key)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("worker.not_asked", task=task.name, error=type(error).__name__)
