"""An import of people: the file as it came, what it would change, what is wrong with it, and how far it is."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mentoring.models.person import Person
from mentoring.models.states import Stateful
from mentoring.models.user import User

WORKING = ("reading", "applying")


class PeopleImportQuerySet(models.QuerySet["PeopleImport"]):
    def visible_to(self, user: User) -> "PeopleImportQuerySet":
        return self if user.is_hr else self.none()

    def working(self) -> "PeopleImportQuerySet":
        return self.filter(status__in=WORKING)

    def waiting(self) -> "PeopleImportQuerySet":
        """For HR to say something."""
        return self.filter(status__in=["asking", "ready", "faulty"])

    def without_a_worker(self, since: dt.datetime) -> "PeopleImportQuerySet":
        return self.working().filter(heartbeat_at__lt=since)


class PeopleImport(Stateful, models.Model):
    class Status(models.TextChoices):
        READING = "reading", "Reading the file"
        ASKING = "asking", "Has a question"
        READY = "ready", "Waits for your yes"
        FAULTY = "faulty", "Has rows to mend"
        APPLYING = "applying", "Writing"
        DONE = "done", "Applied"
        CANCELLED = "cancelled", "Thrown away"
        FAILED = "failed", "Refused"

    class Source(models.TextChoices):
        UPLOAD = "upload", "Uploaded"
        COMMAND = "command", "Command line"
        FOLDER = "folder", "Drop folder"

    class Order(models.TextChoices):
        DAY = "day", "Day first: 31/12/2026"
        MONTH = "month", "Month first: 12/31/2026"

    _ends = frozenset({"cancelled", "failed"})
    TRANSITIONS = {
        "reading": frozenset({"asking", "ready", "faulty"}) | _ends,
        "asking": frozenset({"reading", "cancelled"}),
        "ready": frozenset({"reading", "applying", "cancelled"}),
        "faulty": frozenset({"reading", "cancelled"}),
        "applying": frozenset({"ready", "faulty", "done", "failed"}),
        "done": frozenset({"applying"}),  # for the leavers, once HR has confirmed them
        "cancelled": frozenset(),
        "failed": frozenset(),
    }

    source = models.CharField(max_length=10, choices=Source.choices, default=Source.UPLOAD)
    file_name = models.CharField(max_length=200)
    file_key = models.CharField(
        max_length=300, null=True, unique=True, help_text="Of a file in the drop folder, so that none is read twice."
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    size = models.BigIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READING)
    phase = models.CharField(max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0, help_text="Raised by each worker that takes it up.")
    cancel_asked = models.BooleanField(default=False)
    problem = models.CharField(max_length=400, blank=True)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=list, help_text="For each heading what it holds, or nothing.")
    is_confirmed = models.BooleanField(default=False, help_text="HR has seen the columns: they are remembered.")
    encoding = models.CharField(max_length=20, blank=True, help_text="What HR chose; empty finds out.")
    read_as = models.CharField(max_length=120, blank=True)
    date_order = models.CharField(max_length=5, choices=Order.choices, blank=True)
    rows = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text="new, changed, moved, back, same, left, bad, here, …")
    additions = models.JSONField(default=dict, help_text="Departments, sites and grades that it would add.")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="Of all that it would change.")
    with_leavers = models.BooleanField(default=False, help_text="HR has confirmed that those missing have left.")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    is_filed = models.BooleanField(default=False, help_text="The drop folder's file has been moved.")
    created_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PeopleImportQuerySet] = PeopleImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="applying"), name="import_one_is_applied_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(applied_at__isnull=False), name="import_done_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["reading", "asking", "ready", "faulty", "applying", "done", "cancelled", "failed"]
                ),
                name="import_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["heartbeat_at"], condition=Q(status__in=WORKING), name="import_unfinished"),
            models.Index(fields=["created_at"], condition=Q(source="folder", is_filed=False), name="import_unfiled"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        return self.status in WORKING

    @property
    def leavers(self) -> int:
        return int(self.counts.get("left", 0))

    @property
    def leavers_wait(self) -> bool:
        """The file is applied, and those missing from it wait for HR's word."""
        return self.status == self.Status.DONE and not self.with_leavers and self.leavers > 0

    @property
    def share_leaving(self) -> float:
        """Of all that came from the HR system and are here, in percent."""
        here = int(self.counts.get("here", 0))
        return 100 * self.leavers / here if here else 0

    @property
    def writes(self) -> int:
        """How many people it would change, besides leavers."""
        return sum(int(self.counts.get(kind, 0)) for kind in ("new", "changed", "moved", "back"))


class ImportChunk(models.Model):
    """A piece of the file, so that any worker on any machine can read it. Gone once the import is over."""

    job = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="import_chunk_once")]

    def __str__(self) -> str:
        return f"Piece {self.number} of import {self.job_id}"


class ImportRow(models.Model):
    """A row of the file as it was understood, or a person who is missing from it. Gone once the import is over."""

    class Verdict(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        MOVED = "moved", "Moved"
        BACK = "back", "Back again"
        SAME = "same", "As before"
        LEFT = "left", "Missing"
        BAD = "bad", "To mend"

    job = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="lines", db_index=False)
    line = models.PositiveIntegerField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True, db_default="")
    employee_number = models.CharField(max_length=40, null=True)
    name = models.CharField(max_length=121, null=True)
    email = models.CharField(max_length=254, null=True)
    job_title = models.CharField(max_length=120, null=True)
    department = models.CharField(max_length=80, null=True)
    grade = models.CharField(max_length=80, null=True)
    site = models.CharField(max_length=80, null=True)
    time_zone = models.CharField(max_length=40, null=True)
    manager_number = models.CharField(max_length=40, null=True)
    joined_on = models.DateField(null=True)
    day_first = models.DateField(null=True)
    month_first = models.DateField(null=True)
    person = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    manager_key = models.BigIntegerField(null=True, help_text="A person; negative: the row of somebody new.")
    department_key = models.BigIntegerField(null=True)
    site_key = models.BigIntegerField(null=True)
    grade_key = models.BigIntegerField(null=True)
    changes = models.JSONField(default=dict, db_default={}, help_text="Field → [old, new].")

    class Meta:
        indexes = [
            models.Index(fields=["job", "verdict", "line"], name="import_row_verdict"),
            models.Index(fields=["job", "employee_number"], name="import_row_number"),
        ]

    def __str__(self) -> str:
        return f"Line {self.line} of import {self.job_id}"


class ImportProblem(models.Model):
    job = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="problems", db_index=False)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["line", "pk"]
        indexes = [models.Index(fields=["job", "line"], name="import_problem_line")]

    def __str__(self) -> str:
        return f"Line {self.line}, {self.column}: {self.reason}"
