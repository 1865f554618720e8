"""A meeting: a time together, planned or logged. Shared notes belong to both; private notes to their author alone."""

import datetime as dt
import uuid
from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from mentoring.models.pair import STARTED, Pair
from mentoring.models.person import Channel, Person
from mentoring.models.states import Stateful
from mentoring.models.user import User
from mentoring.private import PrivateTextField


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> "MeetingQuerySet":
        """The two who meet; those of an introduction too, whatever came of it."""
        there = Q(pair__status__in=STARTED) | Q(pair__begun_at__isnull=False)
        return self.filter(there, Q(pair__mentor=user.pk) | Q(pair__mentee=user.pk))

    def planned(self) -> "MeetingQuerySet":
        return self.filter(status=Meeting.Status.PLANNED)

    def held(self) -> "MeetingQuerySet":
        return self.filter(status=Meeting.Status.HELD)

    def ahead(self, now: dt.datetime) -> "MeetingQuerySet":
        """Planned and not yet begun."""
        return self.planned().filter(starts_at__gt=now)

    def to_log(self, now: dt.datetime) -> "MeetingQuerySet":
        """Begun by the plan, and nobody has said yet whether it took place."""
        return self.planned().filter(starts_at__lte=now)

    def of(self, *people: "Person | int") -> "MeetingQuerySet":
        """Meetings of anybody among these people."""
        return self.filter(Q(pair__mentor__in=people) | Q(pair__mentee__in=people))


class Meeting(Stateful, models.Model):
    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Took place"
        NOT_HELD = "not_held", "Did not take place"
        CANCELLED = "cancelled", "Cancelled"

    class Because(models.TextChoices):
        """Why a meeting did not take place."""

        MENTOR = "mentor", "The mentor could not make it"
        MENTEE = "mentee", "The mentee could not make it"
        MOVED = "moved", "We moved it to another time"
        FORGOTTEN = "forgotten", "It was forgotten"
        OTHER = "other", "Something else came up"

    TRANSITIONS = {
        Status.PLANNED: frozenset({Status.HELD, Status.NOT_HELD, Status.CANCELLED}),
        Status.HELD: frozenset(),
        Status.NOT_HELD: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    channel = models.CharField("how", max_length=10, choices=Channel.choices, default=Channel.VIDEO)
    place = models.CharField("where", max_length=300, blank=True)
    topic = models.CharField("what about", max_length=200, blank=True)
    agenda = models.TextField(max_length=2000, blank=True)
    shared_notes = models.TextField("notes for both of you", max_length=4000, blank=True)
    not_held_because = models.CharField("why not", max_length=10, choices=Because.choices, blank=True)
    planned_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Who planned or moved it last."
    )
    accepted_at = models.DateTimeField(null=True, blank=True, help_text="When the other said yes to it.")
    cancelled_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="Nobody where it went with the pause or the end of its pair.",
    )  # fmt: skip
    logged_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    logged_at = models.DateTimeField(null=True, blank=True)
    uid = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False, help_text="iCalendar UID."
    )
    sequence = models.PositiveSmallIntegerField(
        default=0, help_text="iCalendar SEQUENCE: raised by each change, so that a stale page is noticed too."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="The meeting must end after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "held", "not_held", "cancelled"]), name="meeting_status_known"
            ),
            models.UniqueConstraint(
                fields=["pair", "starts_at"], condition=Q(status="planned"), name="meeting_planned_once_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["pair", "starts_at"], name="meeting_pair_start")]

    def __str__(self) -> str:
        return f"Meeting of {self.pair_id} at {self.starts_at:%Y-%m-%d %H:%M}"

    def is_ahead(self, now: dt.datetime) -> bool:
        return self.status == self.Status.PLANNED and self.starts_at > now

    def awaits_yes_of(self, person: Person) -> bool:
        """Whether the partner planned it and this person has not said yes yet."""
        return self.status == self.Status.PLANNED and self.accepted_at is None and self.planned_by_id != person.pk

    def is_to_log(self, now: dt.datetime) -> bool:
        return self.status == self.Status.PLANNED and self.starts_at <= now

    @property
    def fell_to(self) -> int | None:
        """Whose side it did not take place on: who cancelled it, or who could not make it; nobody's else."""
        if self.status == self.Status.NOT_HELD:
            sides = {self.Because.MENTOR: self.pair.mentor_id, self.Because.MENTEE: self.pair.mentee_id}
            return sides.get(self.Because(self.not_held_because)) if self.not_held_because else None
        return self.cancelled_by_id

    @property
    def is_link(self) -> bool:
        """Whether the place is an address that a browser may open."""
        return self.place.startswith(("https://", "http://")) and " " not in self.place

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class NoteQuerySet(models.QuerySet["PrivateNote"]):
    def visible_to(self, user: User) -> "NoteQuerySet":
        """Its author alone."""
        return self.filter(author=user.pk)


class PrivateNote(models.Model):
    """What one of the two writes for themselves, about a meeting or about the pair."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="private_notes")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="private_notes")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="private_notes")
    text = PrivateTextField(max_length=4000)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[NoteQuerySet] = NoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "author"], condition=Q(meeting__isnull=False), name="note_one_on_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return "Private note"
