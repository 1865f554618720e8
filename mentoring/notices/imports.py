"""What HR hears of imports of people."""

from django.urls import reverse

from mentoring.models import PeopleImport, User
from notifications.kinds import Kind
from notifications.outbox import post

Status = PeopleImport.Status
QUIET = (Status.READING, Status.APPLYING, Status.CANCELLED)


def step_done(job: PeopleImport) -> None:
    """Whoever uploaded it learns that it waits for them or is done; of a dropped file all of HR does."""
    if job.status in QUIET:
        return
    if job.source == PeopleImport.Source.FOLDER:
        readers = list(User.objects.filter(is_hr=True, is_active=True).order_by("pk"))
    elif job.source == PeopleImport.Source.UPLOAD and job.by is not None:
        readers = [job.by.user]
    else:
        return
    told = f"{job.status}:{job.attempt}:{job.fingerprint[:12]}:{int(job.with_leavers)}"
    for user in readers:
        post(
            "mentoring/messages/people_imported",
            key=f"import:{job.pk}:{told}:{user.pk}",
            kind=Kind.HR,
            to=user,
            context={"job": job, "first": job.problems.all()[:10]},
            url=reverse("import-detail", args=[job.pk]),
            button="Open the import",
        )
