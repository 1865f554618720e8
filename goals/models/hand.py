"""A raised hand: somebody asks HR for help, in private. The partner never learns that it happened."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from goals.models.check_in import CheckIn
from mentoring.models import Pair, Person, User
from mentoring.models.states import Stateful
from mentoring.private import PrivateTextField


class HandQuerySet(models.QuerySet["Hand"]):
    def visible_to(self, user: User) -> "HandQuerySet":
        """Whoever raised it, and those in HR who share no pair with them."""
        own = Q(person=user.pk)
        return self.filter(own | Q(pk__in=Hand.objects.on_desk_of(user).values("pk")) if user.is_hr else own)

    def on_desk_of(self, user: User) -> "HandQuerySet":
        """HR's list as this person in HR may see it: not their own, and none of anybody they were ever paired with."""
        return self.apart_from(user.pk) if user.is_hr else self.none()

    def apart_from(self, person: int) -> "HandQuerySet":
        """Not this person's, and none of anybody they were ever paired with."""
        mentors = Pair.objects.filter(mentee=person).values("mentor")
        mentees = Pair.objects.filter(mentor=person).values("mentee")
        return self.exclude(person=person).exclude(person__in=mentors).exclude(person__in=mentees)

    def open(self) -> "HandQuerySet":
        return self.filter(status=Hand.Status.OPEN)


class Hand(Stateful, models.Model):
    class Status(models.TextChoices):
        OPEN = "open", "Waiting for HR"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    class Topic(models.TextChoices):
        MEETINGS = "meetings", "We hardly meet"
        TALKING = "talking", "How we talk to each other"
        GOALS = "goals", "Our goals, or what I get out of it"
        TIME = "time", "It takes too much time"
        MANAGER = "manager", "My manager, or my team"
        CONFIDENTIAL = "confidential", "Something was passed on that should have stayed between us"
        WRONG = "wrong", "Something happened that should not have"
        LEAVING = "leaving", "I would like to stop, and do not know how"
        OTHER = "other", "Something else"

    TRANSITIONS = {
        Status.OPEN: frozenset({Status.ANSWERED, Status.CLOSED}),
        Status.ANSWERED: frozenset({Status.OPEN, Status.CLOSED}),
        Status.CLOSED: frozenset({Status.OPEN, Status.ANSWERED}),
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="hands")
    pair = models.ForeignKey(Pair, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    topic = models.CharField("What is it about?", max_length=12, choices=Topic.choices)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    check_in = models.OneToOneField(
        CheckIn, on_delete=models.SET_NULL, null=True, blank=True, related_name="hand",
        help_text="The check-in in which it was raised.",
    )  # fmt: skip
    raised_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now, help_text="When either side last wrote or closed it.")

    objects: ClassVar[HandQuerySet] = HandQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-touched_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["open", "answered", "closed"]), name="hand_status_known"),
        ]
        indexes = [models.Index(fields=["status", "touched_at"], name="hand_status_touched")]

    def __str__(self) -> str:
        """Without whose it is: this goes into the audit."""
        return f"Raised hand {self.pk}"


class HandMessage(models.Model):
    """One message of the thread between the two sides."""

    hand = models.ForeignKey(Hand, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = PrivateTextField(max_length=4000)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"Message {self.pk} of a raised hand"
