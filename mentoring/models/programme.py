"""A programme: one run of reverse mentoring with dates, rules, an enrolment window, and those who may join it."""

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.models.person import Person
from mentoring.models.states import Stateful
from mentoring.models.user import User

WEIGHT = {"validators": [MaxValueValidator(10)]}
CHOICES = ("department", "grade", "site")  # by which HR may choose who may join


def _keys(name: str) -> "ArrayField[list[int], list[int]]":
    """Keys that stay even where what they name is removed: a choice that fits nobody must not come to fit everybody."""
    return ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=name)


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> "ProgrammeQuerySet":
        """HR sees all; others what was launched for them, and what they have enrolled in."""
        if user.is_hr:
            return self
        launched, person = self.exclude(status=Programme.Status.DRAFT), user.person
        return launched.filter(_for(person) | Q(pk__in=person.enrolments.values("programme")))

    def for_person(self, person: Person) -> "ProgrammeQuerySet":
        """Those that HR meant for this person, whether or not they are open now. `Person.who_may_join` asks back."""
        return self.filter(_for(person))

    def to_announce(self, today: dt.date) -> "ProgrammeQuerySet":
        """Those of which people are to be told now."""
        return self.open_for_enrolment(today).filter(announcing=True)

    def open_for_enrolment(self, today: dt.date) -> "ProgrammeQuerySet":
        return self.filter(status=Programme.Status.LAUNCHED, enrol_from__lte=today, enrol_until__gte=today)


def _for(person: Person) -> Q:
    """Colleagues: for everybody, or they are named, or they fit each choice that HR made of three. Partners from
    outside: what HR invited them for, once they have promised to keep what they hear to themselves."""
    if person.kind != Person.Kind.EMPLOYEE:
        approved = person.invited_to.values("programme") if person.confidential_since else []
        return Q(pk__in=approved)
    fits = ~Q(**{f"{choice}s": [] for choice in CHOICES})
    for choice in CHOICES:
        own = getattr(person, f"{choice}_id")
        fits &= Q(**{f"{choice}s": []}) | (Q(**{f"{choice}s__contains": [own]}) if own else Q(pk__in=[]))
    return Q(audience=Programme.Audience.EVERYBODY) | fits | Q(pk__in=person.invited_to.values("programme"))


class Programme(Stateful, models.Model):
    class Audience(models.TextChoices):
        EVERYBODY = "everybody", "Everybody in the company"
        CHOSEN = "chosen", "Only those who are chosen here"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        LAUNCHED = "launched", "Launched"
        CLOSED = "closed", "Closed"

    TRANSITIONS = {
        Status.DRAFT: frozenset({Status.LAUNCHED}),
        Status.LAUNCHED: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset({Status.LAUNCHED}),
    }

    name = models.CharField(max_length=120, unique=True)
    purpose = models.TextField(max_length=600)
    guide = models.TextField("guide for participants", max_length=20000, blank=True, help_text="Markdown.")
    starts_on = models.DateField()
    ends_on = models.DateField()
    enrol_from = models.DateField("enrolment opens on")
    enrol_until = models.DateField("enrolment closes on")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)

    audience = models.CharField("who may join", max_length=10, choices=Audience.choices, default=Audience.EVERYBODY)
    departments = _keys("departments")
    grades = _keys("grades")
    sites = _keys("sites")

    meetings_planned = models.PositiveSmallIntegerField(
        default=6, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    meeting_minutes_from = models.PositiveSmallIntegerField(
        default=45, validators=[MinValueValidator(10), MaxValueValidator(240)]
    )
    meeting_minutes_to = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(10), MaxValueValidator(240)]
    )
    check_in_every_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(7), MaxValueValidator(120)]
    )
    answer_within_days = models.PositiveSmallIntegerField(
        "days to answer an invitation", default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    has_introduction = models.BooleanField("a short introduction before the commitment", default=True)
    introduction_days = models.PositiveSmallIntegerField(
        "days to begin a pair", default=14, validators=[MinValueValidator(3), MaxValueValidator(60)]
    )

    slow_low_answers = models.PositiveSmallIntegerField(
        "low answers in a row", default=2, db_default=2, validators=[MinValueValidator(2), MaxValueValidator(5)],
        help_text="Never one: a single private answer must not show.",
    )  # fmt: skip
    slow_low_at = models.PositiveSmallIntegerField(
        "an answer counts as low up to", default=2, db_default=2,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )  # fmt: skip
    slow_days_overdue = models.PositiveSmallIntegerField(
        "days that a goal may be past its date", default=7, db_default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )  # fmt: skip
    slow_days_without_meeting = models.PositiveSmallIntegerField(
        "days without a meeting", default=30, db_default=30, validators=[MinValueValidator(7), MaxValueValidator(120)]
    )
    slow_help_after_days = models.PositiveSmallIntegerField(
        "days until a brainstorm should have helped", default=21, db_default=21,
        validators=[MinValueValidator(7), MaxValueValidator(90)],
    )  # fmt: skip

    min_grade_gap = models.PositiveSmallIntegerField(
        "mentor at least this many grades below the mentee", default=1, validators=[MaxValueValidator(20)]
    )
    apply_grade_gap = models.BooleanField("use the grade rule", default=True)
    no_reporting_line = models.BooleanField("never pair people of one reporting line", default=True)
    reporting_line_levels = models.PositiveSmallIntegerField(
        "levels of a reporting line that count", default=10, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    shared_language = models.BooleanField("they must share a language", default=True)
    min_overlap_hours = models.PositiveSmallIntegerField(
        "hours of working time in common", default=2, validators=[MaxValueValidator(10)]
    )
    min_offer_level = models.PositiveSmallIntegerField(
        "least level of an offer", default=2, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    worst_off_first = models.BooleanField("the weakest pair first", default=False)
    weight_skill_fit = models.PositiveSmallIntegerField(default=10, **WEIGHT)  # type: ignore[arg-type]
    weight_exchange = models.PositiveSmallIntegerField(default=6, **WEIGHT)  # type: ignore[arg-type]
    weight_grade_gap = models.PositiveSmallIntegerField(default=3, **WEIGHT)  # type: ignore[arg-type]
    weight_bridge = models.PositiveSmallIntegerField("weight of bridging departments and sites", default=4, **WEIGHT)  # type: ignore[arg-type]
    weight_channels = models.PositiveSmallIntegerField("weight of ways to meet", default=2, **WEIGHT)  # type: ignore[arg-type]
    weight_overlap = models.PositiveSmallIntegerField("weight of hours in common", default=2, **WEIGHT)  # type: ignore[arg-type]
    weight_waiting = models.PositiveSmallIntegerField("weight of having waited", default=3, **WEIGHT)  # type: ignore[arg-type]

    announcing = models.BooleanField(default=False, help_text="Those who may join are being told of it, or will be.")
    announced_up_to = models.BigIntegerField(default=0, help_text="The key of the last person who was told.")
    created_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, help_text="Raised by each edit, so that a stale page is noticed.")

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="programme_ends_after_it_starts",
                violation_error_message="The programme must end after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(enrol_until__gte=F("enrol_from")),
                name="programme_enrolment_closes_after_it_opens",
                violation_error_message="Enrolment must close on or after the day it opens.",
            ),
            models.CheckConstraint(
                condition=Q(meeting_minutes_to__gte=F("meeting_minutes_from")),
                name="programme_meeting_minutes_in_order",
                violation_error_message="The longest meeting cannot be shorter than the shortest.",
            ),
            models.CheckConstraint(
                condition=Q(slow_low_answers__gte=2),
                name="programme_one_low_answer_opens_nothing",
                violation_error_message="At least two low answers in a row: a single private answer must not show.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open_for_enrolment(self) -> bool:
        return self.status == self.Status.LAUNCHED and self.enrol_from <= timezone.localdate() <= self.enrol_until

    @property
    def is_for_everybody(self) -> bool:
        return self.audience == self.Audience.EVERYBODY

    def is_for(self, person: Person) -> bool:
        if self.is_for_everybody and person.kind == Person.Kind.EMPLOYEE:
            return True
        return type(self).objects.filter(pk=self.pk).for_person(person).exists()


class Invitee(models.Model):
    """A person whom HR named as one who may join, besides those who fit the programme's choices."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="invitees")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invited_to")

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "person"], name="invitee_once")]

    def __str__(self) -> str:
        return f"{self.person_id} may join {self.programme_id}"
