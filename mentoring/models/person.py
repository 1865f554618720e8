"""A person: anybody with a profile, employee or external partner. Never with an age."""

import datetime as dt
import zoneinfo
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from mentoring.models.user import User
from mentoring.models.zones import validate_time_zone

if TYPE_CHECKING:
    from mentoring.models.programme import Programme


class Channel(models.TextChoices):
    """The ways to meet that people rank."""

    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "Video call"
    PHONE = "phone", "Phone"
    CHAT = "chat", "Chat"
    EMAIL = "email", "E-mail"


MOST_WORDS = 6  # of a search; more say no more about a name


def every_channel() -> list[str]:
    return list(Channel.values)


def english() -> list[str]:
    return ["en"]


def monday_to_friday() -> list[int]:
    return [1, 2, 3, 4, 5]


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> "PersonQuerySet":
        """HR sees all; an employee colleagues who are here; a partner from outside those they are paired with."""
        if user.is_hr:
            return self
        mine = Pair.objects.visible_to(user).met()
        visible = Q(pk=user.pk) | Q(pk__in=mine.values("mentor")) | Q(pk__in=mine.values("mentee"))
        if user.person.kind == Person.Kind.EMPLOYEE:
            visible |= Q(left_on__isnull=True, kind=Person.Kind.EMPLOYEE)
        return self.filter(visible)

    def here(self) -> "PersonQuerySet":
        """Those who have not left."""
        return self.filter(left_on__isnull=True)

    def employees(self) -> "PersonQuerySet":
        return self.filter(kind=Person.Kind.EMPLOYEE)

    def colleagues_of(self, user: User) -> "PersonQuerySet":
        """Everybody who works here. Of those that `visible_to` shows to an employee, these need no look at any pair."""
        is_colleague = user.is_hr or user.person.kind == Person.Kind.EMPLOYEE
        return self.employees().here() if is_colleague else self.none()

    def who_may_join(self, programme: "Programme") -> "PersonQuerySet":
        """Colleagues for whom HR meant this programme. `Programme.for_person` asks the same the other way round."""
        people = self.here().employees().filter(user__is_active=True)
        if programme.is_for_everybody:
            return people
        chosen = {f"{choice}__in": getattr(programme, f"{choice}s") for choice in ("department", "grade", "site")}
        fits = Q(**{lookup: keys for lookup, keys in chosen.items() if keys})
        named = Q(pk__in=programme.invitees.values("person"))
        return people.filter(fits | named if fits else named)

    def named(self, words: str) -> "PersonQuerySet":
        """Whose name holds every one of the words, upper and lower case alike."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            found = found.filter(name__icontains=word)
        return found

    def for_cards(self) -> "PersonQuerySet":
        """With what a card of a person shows, in one query."""
        return self.select_related("user", "department", "grade", "site")


class Person(models.Model):
    class Kind(models.TextChoices):
        EMPLOYEE = "employee", "Employee"
        PARTNER = "partner", "Partner from outside"

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="person")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.EMPLOYEE)
    name = models.CharField(max_length=120)
    pronouns = models.CharField(max_length=40, blank=True)
    employee_number = models.CharField(max_length=40, null=True, blank=True, unique=True)
    job_title = models.CharField(max_length=120, blank=True)
    department = models.ForeignKey("Department", on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    grade = models.ForeignKey("Grade", on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    site = models.ForeignKey("Site", on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    manager = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name="line manager"
    )
    joined_on = models.DateField("joined the company on", null=True, blank=True)
    time_zone = models.CharField(max_length=40, default="UTC", validators=[validate_time_zone])
    work_starts = models.TimeField("working hours from", default=dt.time(9))
    work_ends = models.TimeField("working hours until", default=dt.time(17, 30))
    working_days = ArrayField(
        models.PositiveSmallIntegerField(),
        default=monday_to_friday,
        help_text="ISO weekdays: 1 is Monday, 7 is Sunday.",
    )
    languages = ArrayField(models.CharField(max_length=8), default=english, help_text="ISO 639 codes.")
    channels = ArrayField(
        models.CharField(max_length=10, choices=Channel.choices), default=every_channel, help_text="Most liked first."
    )
    hours_a_month = models.PositiveSmallIntegerField(
        default=2, validators=[MinValueValidator(1), MaxValueValidator(40)]
    )
    introduction = models.TextField("a short introduction", max_length=600, blank=True)
    open_to_quick_questions = models.BooleanField(default=True)
    onboarding_step = models.PositiveSmallIntegerField(default=1, help_text="The next step to show; 5 is past the end.")
    left_on = models.DateField(null=True, blank=True)
    partner_until = models.DateField("partner's access ends on", null=True, blank=True)
    confidential_since = models.DateTimeField(
        null=True, blank=True, help_text="When a partner from outside promised to keep what they hear to themselves."
    )
    photo_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the photo was set, so that lists need not load it."
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[PersonQuerySet] = PersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(condition=~Q(manager=F("user")), name="person_is_not_their_own_manager"),
            models.CheckConstraint(
                condition=Q(kind="employee") | Q(partner_until__isnull=False), name="person_partner_has_an_end"
            ),
            models.CheckConstraint(condition=Q(hours_a_month__range=(1, 40)), name="person_hours_a_month_1_to_40"),
            models.CheckConstraint(
                condition=Q(work_ends__gt=F("work_starts")), name="person_work_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(fields=["department", "grade"], name="person_department_grade"),
            models.Index(
                fields=["name", "user"], include=["kind"], condition=Q(left_on__isnull=True), name="person_here_by_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def level(self) -> int | None:
        return self.grade.level if self.grade else None

    @property
    def has_left(self) -> bool:
        return self.left_on is not None

    def may_sign_in(self, today: dt.date) -> bool:
        """Their account is on, they have not left, and a partner's time is not over."""
        return self.user.is_active and not self.has_left and (self.partner_until is None or today <= self.partner_until)

    @property
    def initials(self) -> str:
        return initials_of(self.name)


def initials_of(name: str) -> str:
    """Of the first name and the last."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class Photo(models.Model):
    """A person's picture, checked, re-encoded and resized; in the database, so that web processes hold no state."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="photo")
    image = models.BinaryField(help_text="WebP, square.")
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Photo of {self.person_id}"


from mentoring.models.pair import Pair  # noqa: E402  (a pair points at its people)
