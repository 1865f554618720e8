"""What HR offered a pair that needs a hand. HR sees it; the two see the message that it sent."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils import timezone

from mentoring.models.pair import Pair
from mentoring.models.person import Person
from mentoring.models.user import User

APART = dt.timedelta(days=7)  # between two offers of one kind to one pair


class HelpOfferQuerySet(models.QuerySet["HelpOffer"]):
    def visible_to(self, user: User) -> "HelpOfferQuerySet":
        """HR's; the two see the message. What was offered to one of them alone is not the other's to know."""
        return self if user.is_hr else self.none()

    def recent(self, now: dt.datetime) -> "HelpOfferQuerySet":
        return self.filter(at__gt=now - APART)


class HelpOffer(models.Model):
    class Kind(models.TextChoices):
        NUDGE = "nudge", "A friendly word"
        CALL = "call", "A call with HR"
        NEW_PAIR = "new_pair", "A new pair"

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="help_offers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    to = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="Nobody: to both."
    )
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[HelpOfferQuerySet] = HelpOfferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["nudge", "call", "new_pair"]), name="help_offer_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, offered to pair {self.pair_id}"
