"""A pair: two people, one shares a skill, the other learns it. HR's approval opens it, both people's yes lets it begin,
and it starts once both have read their briefing and, after a first meeting, would like to go on."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from mentoring.models.states import Stateful
from mentoring.models.user import User
from mentoring.private import PrivateTextField

if TYPE_CHECKING:
    from mentoring.models.person import Person


class PairStatus(models.TextChoices):
    # One label for both answers awaited, and one for a no, a silence and what was taken back: more would give it away.
    ASKING_JUNIOR = "asking_junior", "Waiting for answers"
    ASKING_SENIOR = "asking_senior", "Waiting for answers"
    ASKING_MENTOR = "asking_mentor", "Question asked"
    BEGINNING = "beginning", "Beginning"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    COMPLETED = "completed", "Completed"
    ENDED = "ended", "Ended early"
    DECLINED = "declined", "Not available"
    EXPIRED = "expired", "Not available"
    WITHDRAWN = "withdrawn", "Not available"
    PARTED = "parted", "Did not go on"


ASKING = ("asking_junior", "asking_senior", "asking_mentor")
RUNNING = ("active", "paused")
BEFORE_START = (*ASKING, "beginning")
OPEN = BEFORE_START + RUNNING
STARTED = ("active", "paused", "completed", "ended")
QUICK_MEETINGS = 2  # a quick question has at most
QUICK_MINUTES = (15, 60)
FIRST_WORD = dt.timedelta(days=2)  # in which the junior proposes the time of the introduction
INTRODUCTION_MINUTES = (15, 45)  # of the meeting before the commitment


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, user: User) -> "PairQuerySet":
        """HR sees that every pair exists; a person their own, but not one whose junior is still thinking it over."""
        return self if user.is_hr else self.known_to(user.pk)

    def known_to(self, person: "Person | int") -> "PairQuerySet":
        """A person's own pairs, without those that they have not been asked about yet."""
        return self.of(person).filter(Q(junior=person) | Q(both_know_since__isnull=False))

    def of(self, person: "Person | int") -> "PairQuerySet":
        return self.filter(Q(mentor=person) | Q(mentee=person))

    def of_any(self, people: Collection[int]) -> "PairQuerySet":
        return self.filter(Q(mentor__in=people) | Q(mentee__in=people))

    def of_programmes(self) -> "PairQuerySet":
        return self.exclude(kind=Pair.Kind.QUICK)

    def open(self) -> "PairQuerySet":
        return self.filter(status__in=OPEN)

    def asking(self) -> "PairQuerySet":
        return self.filter(status__in=ASKING)

    def before_start(self) -> "PairQuerySet":
        """Open, and not started yet."""
        return self.filter(status__in=BEFORE_START)

    def beginning(self) -> "PairQuerySet":
        """Both said yes; they read their briefing and meet for the first time."""
        return self.filter(status=PairStatus.BEGINNING)

    def met(self) -> "PairQuerySet":
        """Where the two know each other as a pair: it begins, runs, or ran."""
        return self.filter(status__in=("beginning", *STARTED))

    def begun(self) -> "PairQuerySet":
        """Those, and beginnings that came to nothing."""
        return self.filter(Q(status__in=("beginning", *STARTED)) | Q(begun_at__isnull=False))

    def quick(self) -> "PairQuerySet":
        return self.filter(kind=Pair.Kind.QUICK)

    def answer_due(self, now: dt.datetime) -> "PairQuerySet":
        """Invitations whose time is up."""
        return self.asking().filter(answer_by__lte=now)

    def reminder_due(self, now: dt.datetime) -> "PairQuerySet":
        """Invitations to remind of, with time left."""
        return self.asking().filter(remind_at__lte=now, answer_by__gt=now)

    def decision_due(self, now: dt.datetime) -> "PairQuerySet":
        """Beginnings whose time is up."""
        return self.beginning().filter(answer_by__lte=now)

    def decision_reminder_due(self, now: dt.datetime) -> "PairQuerySet":
        return self.beginning().filter(remind_at__lte=now, answer_by__gt=now)

    def active(self) -> "PairQuerySet":
        return self.filter(status=PairStatus.ACTIVE)

    def running(self) -> "PairQuerySet":
        return self.filter(status__in=RUNNING)

    def started(self) -> "PairQuerySet":
        return self.filter(status__in=STARTED)

    def with_people(self) -> "PairQuerySet":
        return self.select_related(
            "programme", "skill",
            "mentor__user", "mentor__department", "mentor__grade", "mentor__site",
            "mentee__user", "mentee__department", "mentee__grade", "mentee__site",
        )  # fmt: skip


class Pair(Stateful, models.Model):
    Status = PairStatus

    class Kind(models.TextChoices):
        PROGRAMME = "programme", "Programme pair"
        QUICK = "quick", "Quick question"

    _ends = frozenset({"declined", "expired", "withdrawn"})
    TRANSITIONS = {
        "asking_junior": frozenset({"asking_senior"}) | _ends,
        "asking_senior": frozenset({"beginning"}) | _ends,
        "asking_mentor": frozenset({"active"}) | _ends,
        "beginning": frozenset({"active", "parted", "withdrawn"}),
        "active": frozenset({"paused", "completed", "ended"}),
        "paused": frozenset({"active", "completed", "ended"}),
        **{end: frozenset() for end in ("completed", "ended", "declined", "expired", "withdrawn", "parted")},
    }

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PROGRAMME)
    programme = models.ForeignKey("Programme", on_delete=models.PROTECT, null=True, blank=True, related_name="pairs")
    mentor = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="pairs_as_mentor")
    mentee = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="pairs_as_mentee")
    junior = models.ForeignKey(
        "Person", on_delete=models.PROTECT, related_name="+", help_text="Of lower grade; asked first."
    )
    skill = models.ForeignKey(
        "Skill", on_delete=models.PROTECT, related_name="pairs", help_text="What the mentor shares."
    )
    is_exchange = models.BooleanField("mutual exchange", default=False)
    return_skill = models.ForeignKey(
        "Skill",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What comes back, in a mutual exchange.",
    )
    question = models.TextField(max_length=600, blank=True, help_text="What a quick question asks.")
    reasons = models.JSONField(default=list, blank=True, help_text="Sentences that say why these two.")
    status = models.CharField(max_length=14, choices=Status.choices)
    mentor_seat = models.ForeignKey("Seat", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    mentee_seat = models.ForeignKey("Seat", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    opened_at = models.DateTimeField(auto_now_add=True)
    both_know_since = models.DateTimeField(null=True, blank=True, help_text="From then on the senior knows of it too.")
    answer_by = models.DateTimeField(null=True, blank=True, help_text="An unanswered invitation expires then.")
    remind_at = models.DateTimeField(null=True, blank=True, help_text="The next reminder to answer.")
    begun_at = models.DateTimeField(null=True, blank=True, help_text="When both had said yes.")
    with_introduction = models.BooleanField(
        default=False, help_text="Whether they meet first and then say privately whether to go on."
    )
    mentor_briefed_at = models.DateTimeField(null=True, blank=True)
    mentee_briefed_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    no_from = models.ForeignKey("Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    no_because = PrivateTextField(max_length=600, blank=True, default="")
    ended_by = models.ForeignKey("Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended_because = PrivateTextField(max_length=600, blank=True, default="")

    objects: ClassVar[PairQuerySet] = PairQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="pair_of_two"),
            models.CheckConstraint(
                condition=Q(junior=F("mentor")) | Q(junior=F("mentee")), name="pair_junior_is_one_of_them"
            ),
            models.CheckConstraint(condition=Q(kind="quick") | Q(programme__isnull=False), name="pair_has_a_programme"),
            models.CheckConstraint(
                condition=Q(kind="quick")
                | ~Q(status__in=OPEN)
                | Q(mentor_seat__isnull=False, mentee_seat__isnull=False),
                name="pair_open_holds_seats",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=STARTED) | Q(started_at__isnull=False), name="pair_started_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(kind="quick")
                | ~Q(status__in=STARTED)
                | Q(mentor_briefed_at__isnull=False, mentee_briefed_at__isnull=False),
                name="pair_started_is_briefed",
            ),
            models.CheckConstraint(
                condition=~Q(status="beginning")
                | Q(begun_at__isnull=False, answer_by__isnull=False, both_know_since__isnull=False, kind="programme"),
                name="pair_beginning_has_its_times",
            ),
            models.CheckConstraint(
                condition=~Q(status="parted") | Q(begun_at__isnull=False, started_at__isnull=True),
                name="pair_parted_had_begun",
            ),
            models.UniqueConstraint(fields=["mentor_seat"], condition=Q(status__in=OPEN), name="pair_mentor_seat_once"),
            models.UniqueConstraint(fields=["mentee_seat"], condition=Q(status__in=OPEN), name="pair_mentee_seat_once"),
            models.UniqueConstraint(
                "programme",
                Least("mentor", "mentee"),
                Greatest("mentor", "mentee"),
                condition=Q(status__in=OPEN),
                name="pair_open_once_in_a_programme",
            ),
            models.UniqueConstraint(
                fields=["mentor", "mentee", "skill"],
                condition=Q(kind="quick", status__in=OPEN),
                name="pair_quick_question_once",
                violation_error_message="You have an open question to this person about this skill.",
            ),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in PairStatus]), name="pair_status_known"),
        ]
        indexes = [
            models.Index(fields=["programme", "status"], name="pair_programme_status"),
            models.Index(fields=["answer_by"], condition=Q(status__in=BEFORE_START), name="pair_answer_due"),
            models.Index(fields=["remind_at"], condition=Q(status__in=BEFORE_START), name="pair_remind_due"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} and {self.mentee}"

    @property
    def people(self) -> tuple["Person", "Person"]:
        return self.mentor, self.mentee

    @property
    def senior(self) -> "Person":
        return self.mentee if self.junior_id == self.mentor_id else self.mentor

    def partner_of(self, person: "Person") -> "Person":
        """The other of the two. Raises ValueError for somebody else."""
        if person.pk == self.mentor_id:
            return self.mentee
        if person.pk == self.mentee_id:
            return self.mentor
        raise ValueError("This person is not in the pair.")

    def is_known_to(self, person: "Person") -> bool:
        return person.pk == self.junior_id or (
            self.both_know_since is not None and person.pk in (self.mentor_id, self.mentee_id)
        )

    @property
    def awaits(self) -> "Person | None":
        """Whose answer is awaited."""
        match self.status:
            case PairStatus.ASKING_JUNIOR:
                return self.mentor if self.junior_id == self.mentor_id else self.mentee
            case PairStatus.ASKING_SENIOR:
                return self.senior
            case PairStatus.ASKING_MENTOR:
                return self.mentor
        return None

    @property
    def is_asking(self) -> bool:
        return self.status in ASKING

    @property
    def is_beginning(self) -> bool:
        return self.status == PairStatus.BEGINNING

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def is_quick(self) -> bool:
        return self.kind == self.Kind.QUICK

    @property
    def has_started(self) -> bool:
        return self.status in STARTED

    def briefed_at(self, person: "Person") -> dt.datetime | None:
        """When this one of the two confirmed the briefing for their role."""
        return self.mentor_briefed_at if person.pk == self.mentor_id else self.mentee_briefed_at

    @property
    def are_briefed(self) -> bool:
        return self.mentor_briefed_at is not None and self.mentee_briefed_at is not None

    @property
    def meet_by(self) -> dt.datetime | None:
        """By when the introduction takes place; without one, by when both have read their briefing."""
        if self.begun_at is None or self.programme is None:
            return None
        return self.begun_at + dt.timedelta(days=self.programme.introduction_days)

    @property
    def first_word_until(self) -> dt.datetime | None:
        """Until then the time of the introduction is the junior's to propose."""
        return None if self.begun_at is None else self.begun_at + FIRST_WORD

    def waits_for_first_word(self, person: "Person", now: dt.datetime) -> bool:
        """Whether the partner of this person proposes the time of the introduction as yet."""
        until = self.first_word_until
        return self.is_beginning and person.pk != self.junior_id and until is not None and now < until

    @property
    def meetings_planned(self) -> int:
        """How many meetings the programme plans; for a quick question how many there may be."""
        return self.programme.meetings_planned if self.programme else QUICK_MEETINGS

    @property
    def meeting_minutes(self) -> tuple[int, int]:
        """The shortest and the longest meeting."""
        if self.programme is None:
            return QUICK_MINUTES
        if self.is_beginning:
            return INTRODUCTION_MINUTES
        return self.programme.meeting_minutes_from, self.programme.meeting_minutes_to
