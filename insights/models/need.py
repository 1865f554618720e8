"""A pair that needs a hand, as of the last roll-up."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mentoring.models import Pair, Person, Programme, User
from mentoring.prepared import KEY, prepared


class PairNeedQuerySet(models.QuerySet["PairNeed"]):
    def visible_to(self, user: User) -> "PairNeedQuerySet":
        """HR's. Nobody sees one of anybody they were ever paired with, so that neither a row, nor its place, nor the
        number of rows tells them that this person asked for help."""
        if not user.is_hr:
            return self.none()
        theirs = {person for two in _EVER_PAIRED(user.pk) for person in two}
        if not theirs:
            return self
        return self.exclude(Q(pair__mentor__in=theirs) | Q(pair__mentee__in=theirs))


class PairNeed(models.Model):
    """`reasons` are codes of insights.figures.needs, the gravest first, each with a number of days where it has one."""

    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, primary_key=True, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    urgency = models.IntegerField()
    reasons = models.JSONField()
    asker = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="+", help_text="Who asked HR for help."
    )

    objects: ClassVar[PairNeedQuerySet] = PairNeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-urgency", "pk"]
        indexes = [models.Index(fields=["programme", "-urgency", "pair"], name="need_ranked")]

    def __str__(self) -> str:
        return f"Need of pair {self.pair_id}"


_EVER_PAIRED = prepared(lambda person: Pair.objects.of(person).order_by().values_list("mentor", "mentee"), KEY)
_IN_PROGRAMME = prepared(
    lambda programme: (
        PairNeed.objects.filter(programme=programme)
        .order_by()
        .values("programme")
        .values_list(models.Count("pk"), flat=True)
    ),
    KEY,
)

_IN_ALL = prepared(lambda: PairNeed.objects.order_by().values("programme").values_list(models.Count("pk"), flat=True))


def needs_seen_by(user: User) -> int:
    """How many of all programmes are visible to somebody of HR."""
    return PairNeed.objects.visible_to(user).count() if _EVER_PAIRED(user.pk) else sum(_IN_ALL())


def needs_in(programme: int, user: User) -> int:
    """How many of a programme are visible to somebody of HR."""
    if _EVER_PAIRED(user.pk):
        return PairNeed.objects.visible_to(user).filter(programme=programme).count()
    return sum(_IN_PROGRAMME(programme))
