"""What the operator has said once and for all of files that no person uploads: from the drop folder."""

from django.conf import settings
from django.db import IntegrityError, transaction

from mentoring.models import PeopleImport

Status = PeopleImport.Status


def too_many_leave(job: PeopleImport, most_percent: float | None = None) -> bool:
    """More than the set share of people are missing from the file, so it may be cut off or the wrong one."""
    return job.share_leaving > (settings.IMPORT_STOP_PERCENT if most_percent is None else most_percent)


def go_on(job: PeopleImport) -> bool:
    """A dropped file is applied by itself, unless something about it is for a person to decide. Whether it goes on."""
    if job.source != PeopleImport.Source.FOLDER or job.status != Status.READY or job.problem:
        return False
    if too_many_leave(job):
        job.problem = (
            f"{job.leavers:,} of {job.counts.get('here', 0):,} people are missing from it, more than "
            f"{settings.IMPORT_STOP_PERCENT:g} %, so nothing was written. Look whether the file is whole."
        )
        job.save(update_fields=["problem"])
        return False
    try:
        with transaction.atomic():
            job.move_to(Status.APPLYING)
            job.with_leavers, job.attempt = settings.IMPORT_LEAVERS, 0
            job.save(update_fields=["status", "with_leavers", "attempt"])
    except IntegrityError:  # another import is being written; the sweep comes back to this one
        job.refresh_from_db(fields=["status", "with_leavers", "attempt"])
        return False
    return True
