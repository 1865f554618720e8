"""Celery's doors into this app."""

from threading import Thread
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from matching import engine
from matching.actions import bulk, requests, runs


@worker_ready.connect
def compile_engine(**_: Any) -> None:
    """Once for a machine, beside the worker's other work, so that the first run need not wait for it."""
    Thread(target=engine.warm_up, daemon=True).start()


@shared_task
def carry_out_run(run_id: int) -> None:
    runs.carry_out(run_id)


@shared_task
def carry_out_bulk(bulk_id: int) -> None:
    bulk.carry_out(bulk_id)


@shared_task
def take_up_again() -> None:
    """Runs and bulk approvals whose worker was killed."""
    runs.take_up_again(timezone.now())
    bulk.take_up_again(timezone.now())


@shared_task
def look_after_requests() -> None:
    """Reminders, ends, and what has become pointless."""
    requests.remind_due(timezone.now())
    requests.expire_due(timezone.now())
    requests.honour_lists()
    requests.end_between_pairs()
