"""The taxonomy of skills, and each person's inventory of offers and wishes."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from mentoring.models.person import Person
from mentoring.models.states import Stateful
from mentoring.models.user import User


class SkillCategory(models.Model):
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "skill categories"

    def __str__(self) -> str:
        return self.name


class SkillQuerySet(models.QuerySet["Skill"]):
    def visible_to(self, user: User) -> "SkillQuerySet":
        """HR sees all; others what is accepted, what they proposed, and what stands in their inventory."""
        return self if user.is_hr else self.filter(Q(status=Skill.Status.ACCEPTED) | _own(user.pk))

    def accepted(self) -> "SkillQuerySet":
        return self.filter(status=Skill.Status.ACCEPTED)

    def proposed(self) -> "SkillQuerySet":
        return self.filter(status=Skill.Status.PROPOSED)

    def usable_by(self, person: Person) -> "SkillQuerySet":
        """What a person may put into their inventory: accepted skills and their own proposals."""
        return self.filter(Q(status=Skill.Status.ACCEPTED) | Q(status=Skill.Status.PROPOSED) & _own(person.pk))


def _own(person: int) -> Q:
    """Proposed by this person, or in their inventory."""
    offered = SkillOffer.objects.filter(person=person).values("skill")
    wished = SkillWish.objects.filter(person=person).values("skill")
    return Q(proposed_by=person) | Q(pk__in=offered) | Q(pk__in=wished)


class Skill(Stateful, models.Model):
    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
        MERGED = "merged", "Merged into another"
        DECLINED = "declined", "Not taken up"

    TRANSITIONS = {
        Status.PROPOSED: frozenset({Status.ACCEPTED, Status.MERGED, Status.DECLINED}),
        Status.ACCEPTED: frozenset({Status.MERGED}),
        Status.MERGED: frozenset(),
        Status.DECLINED: frozenset({Status.ACCEPTED}),
    }

    name = models.CharField(max_length=80)
    category = models.ForeignKey(SkillCategory, on_delete=models.PROTECT, related_name="skills")
    description = models.CharField(max_length=240, blank=True)
    aliases = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACCEPTED)
    proposed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposed_skills"
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[SkillQuerySet] = SkillQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="skill_name_unique",
                violation_error_message="There is already a skill of this name.",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="skill_merged_has_a_target",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfferLevel(models.IntegerChoices):
    BASICS = 1, "I know the basics"
    USED = 2, "I use it with some help"
    SOLID = 3, "I use it on my own"
    STRONG = 4, "Others ask me about it"
    EXPERT = 5, "I could teach a class"


class WishLevel(models.IntegerChoices):
    NONE = 0, "Not at all yet"
    BASICS = 1, "I know the basics"
    USED = 2, "I use it with some help"
    SOLID = 3, "I use it on my own"
    STRONG = 4, "Others ask me about it"
    EXPERT = 5, "I could teach a class"


class Priority(models.IntegerChoices):
    HIGH = 1, "Highly desirable"
    MIDDLE = 2, "Desirable"
    NICE = 3, "Nice to have"


class SkillOffer(models.Model):
    """One line of an inventory: a skill that a person could share, with its level and evidence."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offers")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="offers")
    level = models.PositiveSmallIntegerField(
        choices=OfferLevel.choices, default=OfferLevel.SOLID, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    learned = models.CharField("how I learned it", max_length=300, blank=True)
    used = models.CharField("what I did with it", max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-level", "skill__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "skill"], name="offer_once", violation_error_message="You offer this skill already."
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="offer_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.skill} at level {self.level}"


class SkillWish(models.Model):
    """One line of an inventory: a skill that a person wants to learn."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wishes")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="wishes")
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.MIDDLE)
    present = models.PositiveSmallIntegerField("where I am now", choices=WishLevel.choices, default=WishLevel.NONE)
    wanted = models.PositiveSmallIntegerField(
        "where I want to be", choices=OfferLevel.choices, default=OfferLevel.SOLID
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["priority", "skill__name"]
        verbose_name_plural = "skill wishes"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "skill"],
                name="wish_once",
                violation_error_message="This skill is on your list already.",
            ),
            models.CheckConstraint(condition=Q(priority__range=(1, 3)), name="wish_priority_1_to_3"),
            models.CheckConstraint(
                condition=Q(present__range=(0, 4), wanted__range=(1, 5), wanted__gt=F("present")),
                name="wish_wants_more_than_present",
                violation_error_message="Choose a wanted level above where you are now.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill}, {self.get_priority_display().lower()}"
