"""Celery's doors to imports of people."""

from celery import shared_task
from django.utils import timezone

from mentoring.actions.imports import folder, work


@shared_task(name="mentoring.tasks.carry_out_import")
def carry_out_import(job_id: int) -> None:
    work.carry_out(job_id)


@shared_task(name="mentoring.tasks.look_after_imports")
def look_after_imports() -> None:
    """Imports whose worker was killed, and files that the HR system has dropped."""
    work.take_up_again(timezone.now())
    folder.look(timezone.now())
