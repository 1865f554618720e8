"""Celery's doors into this app. The engine is loaded where it is used: the clock, which never matches, needs none."""

from threading import Thread
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from matching.actions import bulk, requests


@worker_ready.connect
def compile_engine(**_: Any) -> None:
    """Once for a machine, beside the worker's other work, so that the first run need not wait for it."""
    from matching import engine  # noqa: PLC0415

    Thread(target=engine.warm_up, daemon=True).start()


@shared_task
def carry_out_run(run_id: int) -> None:
    from matching.actions import runs  # noqa: PLC0415

    runs.carry_out(run_id)


@shared_task
def search_blocks(search_id: int) -> None:
    from matching.actions import blocks  # noqa: PLC0415

    blocks.help_with(search_id)


@shared_task
def carry_out_bulk(bulk_id: int) -> None:
    bulk.carry_out(bulk_id)


@shared_task
def take_up_again() -> None:
    """Runs and bulk approvals whose worker was killed."""
    from matching.actions import blocks, runs  # noqa: PLC0415

    runs.take_up_again(timezone.now())
    bulk.take_up_again(timezone.now())
    blocks.forget_old()


@shared_task
def look_after_requests() -> None:
    """Reminders, ends, and what has become pointless."""
    requests.remind_due(timezone.now())
    requests.expire_due(timezone.now())
    requests.honour_lists()
    requests.end_between_pairs()
