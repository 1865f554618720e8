"""What a person writes for themselves alone: the SWOT worksheet and the rather-not list."""

from typing import ClassVar

from django.db import models

from mentoring.models.person import Person
from mentoring.models.skill import SkillOffer, SkillWish
from mentoring.models.user import User
from mentoring.private import PrivateTextField


class SwotQuerySet(models.QuerySet["SwotEntry"]):
    def visible_to(self, user: User) -> "SwotQuerySet":
        """Its author alone."""
        return self.filter(person=user.pk)


class SwotEntry(models.Model):
    """One line of a person's SWOT worksheet; with one click it becomes a skill offer or a skill wish."""

    class Quadrant(models.TextChoices):
        STRENGTH = "strength", "Strengths"
        WEAKNESS = "weakness", "Weaknesses"
        OPPORTUNITY = "opportunity", "Opportunities"
        THREAT = "threat", "Threats"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="swot")
    quadrant = models.CharField(max_length=12, choices=Quadrant.choices)
    text = PrivateTextField(max_length=200)
    offer = models.ForeignKey(SkillOffer, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    wish = models.ForeignKey(SkillWish, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[SwotQuerySet] = SwotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["quadrant", "pk"]

    def __str__(self) -> str:
        return self.get_quadrant_display()


class RatherNotList(models.Model):
    """With whom a person would rather not be paired: the other persons' keys, encrypted, seen by the author alone."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="rather_not")
    keys = PrivateTextField(blank=True, default="")

    def __str__(self) -> str:
        return "Private list"

    @property
    def person_ids(self) -> list[int]:
        return [int(key) for key in self.keys.split(",") if key]

    @person_ids.setter
    def person_ids(self, ids: list[int]) -> None:
        self.keys = ",".join(str(pk) for pk in sorted(set(ids)))
