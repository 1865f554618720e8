"""A check-in: each person's own regular answer, private to its author."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mentoring.models import Pair, Person, User
from mentoring.models.states import Stateful
from mentoring.private import PrivateTextField

LAST = ("end", "later")  # asked for even after the pair was completed


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: User) -> "CheckInQuerySet":
        """Its author alone; what HR may see of it goes through `shared_with_hr` and groups of five or more."""
        return self.filter(person=user.pk)

    def waiting(self) -> "CheckInQuerySet":
        return self.filter(status=CheckIn.Status.WAITING)

    def answered(self) -> "CheckInQuerySet":
        return self.filter(status=CheckIn.Status.ANSWERED)

    def shared_with_hr(self) -> "CheckInQuerySet":
        """Whose author lets HR see the whole answer with their name."""
        return self.answered().filter(share_with_hr=True)

    def on_desk_of(self, user: User) -> "CheckInQuerySet":
        """Of these what this person in HR may read: not their own, and none of anybody they were ever paired with."""
        if not user.is_hr:
            return self.none()
        mentors = Pair.objects.filter(mentee=user.pk).values("mentor")
        mentees = Pair.objects.filter(mentor=user.pk).values("mentee")
        shared = self.shared_with_hr().exclude(person=user.pk)
        return shared.exclude(person__in=mentors).exclude(person__in=mentees)

    def open(self, now: dt.datetime) -> "CheckInQuerySet":
        """Asked for, and not answered yet."""
        return self.waiting().filter(due_at__lte=now)

    def askable(self) -> "CheckInQuerySet":
        """Of pairs that run, and the last two of those that were completed; while a pair pauses nobody is asked."""
        last = Q(pair__status=Pair.Status.COMPLETED, occasion__in=LAST)
        return self.waiting().filter(Q(pair__status=Pair.Status.ACTIVE) | last, person__left_on__isnull=True)

    def message_due(self, now: dt.datetime) -> "CheckInQuerySet":
        """Whose question or reminder is due."""
        return self.askable().filter(remind_at__lte=now)

    def lapse_due(self, now: dt.datetime) -> "CheckInQuerySet":
        """Whose time is up. One that was not asked for yet, because the site stood still, is asked for first."""
        asked = Q(asked__gt=0) | Q(remind_at__isnull=True)
        return self.askable().filter(asked, lapses_at__lte=now)


class CheckIn(Stateful, models.Model):
    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ANSWERED = "answered", "Answered"
        LAPSED = "lapsed", "Not answered"

    class Occasion(models.TextChoices):
        """What it is asked for; the four questions are the same."""

        REGULAR = "regular", "On the way"
        MIDDLE = "middle", "Halfway"
        END = "end", "At the end"
        LATER = "later", "Six months later"

    class Help(models.TextChoices):
        NOBODY = "nobody", "No, thank you"
        HR = "hr", "Yes, from HR, privately"

    class Scale(models.IntegerChoices):
        NOT_AT_ALL = 1, "Not at all"
        A_LITTLE = 2, "A little"
        HALF = 3, "So-so"
        MOSTLY = 4, "Mostly"
        FULLY = 5, "Very much"

    TRANSITIONS = {
        Status.WAITING: frozenset({Status.ANSWERED, Status.LAPSED}),
        Status.ANSWERED: frozenset(),
        Status.LAPSED: frozenset(),
    }

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="check_ins")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="check_ins")
    number = models.PositiveSmallIntegerField(help_text="1 is the first of this person in this pair.")
    occasion = models.CharField(
        max_length=7, choices=Occasion.choices, default=Occasion.REGULAR, db_default=Occasion.REGULAR
    )
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    due_at = models.DateTimeField(help_text="When it is asked for.")
    remind_at = models.DateTimeField(
        null=True, blank=True, help_text="When its next message goes: the question itself, then the reminders."
    )
    asked = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Messages sent: the question itself and its reminders."
    )
    lapses_at = models.DateTimeField(help_text="When it is no longer asked for.")
    happiness = models.PositiveSmallIntegerField("Are you happy with it?", choices=Scale.choices, null=True, blank=True)
    information = models.PositiveSmallIntegerField(
        "Do you get what you need?", choices=Scale.choices, null=True, blank=True
    )
    progress = models.PositiveSmallIntegerField(
        "How is the progress on your goals?", choices=Scale.choices, null=True, blank=True
    )
    help_wanted = models.CharField("Do you want help?", max_length=6, choices=Help.choices, default=Help.NOBODY)
    words = PrivateTextField("Anything you want to add", max_length=1000, blank=True, default="")
    share_with_hr = models.BooleanField("HR may see this answer with my name", default=False)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CheckInQuerySet] = CheckInQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "person", "number"], name="check_in_once"),
            models.UniqueConstraint(
                fields=["pair", "person"], condition=Q(status="waiting"), name="check_in_one_waiting"
            ),
            models.CheckConstraint(
                condition=~Q(status="answered")
                | Q(
                    happiness__range=(1, 5),
                    information__range=(1, 5),
                    progress__range=(1, 5),
                    answered_at__isnull=False,
                ),
                name="check_in_answered_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["remind_at"], condition=Q(status="waiting"), name="check_in_remind_due"),
            models.Index(fields=["lapses_at"], condition=Q(status="waiting"), name="check_in_lapse_due"),
        ]

    def __str__(self) -> str:
        """Without whose it is: this goes into the audit."""
        return f"Check-in {self.pk}"

    @property
    def may_be_answered(self) -> bool:
        """Waiting, in a pair that runs or was completed just now."""
        over = self.pair.status == Pair.Status.COMPLETED and self.occasion in LAST
        return self.status == self.Status.WAITING and (self.pair.is_running or over)
