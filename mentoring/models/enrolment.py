"""An enrolment: a person's yes to a programme, with capacity in each role; and the seats that come of it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q

from mentoring.models.person import Person
from mentoring.models.programme import Programme
from mentoring.models.states import Stateful
from mentoring.models.user import User

MAX_CAPACITY = 3


class Role(models.TextChoices):
    MENTOR = "mentor", "Mentor"
    MENTEE = "mentee", "Mentee"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: User) -> "EnrolmentQuerySet":
        return self if user.is_hr else self.filter(person=user.pk)

    def enrolled(self) -> "EnrolmentQuerySet":
        return self.filter(status=Enrolment.Status.ENROLLED)


class Enrolment(Stateful, models.Model):
    class Status(models.TextChoices):
        ENROLLED = "enrolled", "Enrolled"
        WITHDRAWN = "withdrawn", "Withdrawn"

    TRANSITIONS = {
        Status.ENROLLED: frozenset({Status.WITHDRAWN}),
        Status.WITHDRAWN: frozenset({Status.ENROLLED}),
    }

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ENROLLED)
    mentor_capacity = models.PositiveSmallIntegerField(default=1, validators=[MaxValueValidator(MAX_CAPACITY)])
    mentee_capacity = models.PositiveSmallIntegerField(default=1, validators=[MaxValueValidator(MAX_CAPACITY)])
    waiting_runs = models.PositiveSmallIntegerField(
        default=0, help_text="Matching runs that left this person unplaced."
    )
    new_pair_offered_at = models.DateTimeField(
        null=True, blank=True, help_text="When a pair of theirs had ended early, as the junior of the two."
    )
    comes_first = models.BooleanField(default=False, help_text="In the next matching run: they took up that offer.")
    enrolled_at = models.DateTimeField(help_text="When the person said yes.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[EnrolmentQuerySet] = EnrolmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], name="enrolment_once"),
            models.CheckConstraint(
                condition=Q(mentor_capacity__range=(0, MAX_CAPACITY), mentee_capacity__range=(0, MAX_CAPACITY)),
                name="enrolment_capacity_0_to_3",
            ),
            models.CheckConstraint(
                condition=Q(mentor_capacity__gt=0) | Q(mentee_capacity__gt=0),
                name="enrolment_in_a_role",
                violation_error_message="Choose at least one pair, as mentor or as mentee.",
            ),
        ]
        indexes = [models.Index(fields=["programme", "status"], name="enrolment_programme_status")]

    def __str__(self) -> str:
        return f"{self.person} in {self.programme}"

    @property
    def is_enrolled(self) -> bool:
        return self.status == self.Status.ENROLLED

    def capacity(self, role: str) -> int:
        return self.mentor_capacity if role == Role.MENTOR else self.mentee_capacity


def _held() -> Q:
    of_seat = Pair.objects.open()
    return Q(Exists(of_seat.filter(mentor_seat=OuterRef("pk")))) | Q(Exists(of_seat.filter(mentee_seat=OuterRef("pk"))))


class SeatQuerySet(models.QuerySet["Seat"]):
    def free(self) -> "SeatQuerySet":
        """Seats that no open pair holds."""
        return self.filter(~_held())

    def held(self) -> "SeatQuerySet":
        """Seats that an open pair holds."""
        return self.filter(_held())


class Seat(models.Model):
    """One unit of a person's capacity. An open pair holds one of its mentor's seats and one of its mentee's.

    A seat is held by one open pair at the most (a unique constraint of Pair), so nobody is booked beyond
    their yes.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=6, choices=Role.choices)
    number = models.PositiveSmallIntegerField()

    objects: ClassVar[SeatQuerySet] = SeatQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["enrolment", "role", "number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "role", "number"], name="seat_once"),
            models.CheckConstraint(condition=Q(number__range=(1, MAX_CAPACITY)), name="seat_number_1_to_3"),
        ]

    def __str__(self) -> str:
        return f"{self.role} seat {self.number} of enrolment {self.enrolment_id}"


from mentoring.models.pair import Pair  # noqa: E402  (a pair points at its seats)
