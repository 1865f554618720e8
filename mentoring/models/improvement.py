"""“You said, we did”: what leaders changed because of what they heard. Published in batches, detached from pairs."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mentoring.models.person import Person
from mentoring.models.user import User

FEWEST = 3  # entries, of as many authors, that are published together or not at all


class ImprovementQuerySet(models.QuerySet["Improvement"]):
    def visible_to(self, user: User) -> "ImprovementQuerySet":
        """HR sees all, to publish them; an author their own."""
        return self if user.is_hr else self.filter(author=user.pk)

    def waiting(self) -> "ImprovementQuerySet":
        return self.filter(publication__isnull=True, is_held_back=False)

    def published(self) -> "ImprovementQuerySet":
        return self.filter(publication__published_at__isnull=False)


class Publication(models.Model):
    """A day on which HR publishes what is waiting, if it is enough."""

    on = models.DateField(unique=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on"]
        indexes = [models.Index(fields=["on"], condition=Q(published_at__isnull=True), name="publication_due")]

    def __str__(self) -> str:
        return f"{self.on:%B %Y}"

    @classmethod
    def due(cls, today: dt.date) -> "models.QuerySet[Publication]":
        return cls._default_manager.filter(on__lte=today, published_at__isnull=True)


class Improvement(models.Model):
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="improvements")
    heard = models.CharField("what you heard", max_length=300)
    did = models.TextField("what you changed", max_length=600)
    with_name = models.BooleanField("publish it with my name", default=False)
    is_held_back = models.BooleanField(default=False)
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, blank=True, related_name="improvements"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ImprovementQuerySet] = ImprovementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(heard="") & ~Q(did=""), name="improvement_has_words")]

    def __str__(self) -> str:
        return f"Improvement {self.pk}"
