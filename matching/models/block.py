"""A large run cut into blocks of people, which any number of workers take. Nothing of it outlives the run.

All of it is sealed: who would rather not meet whom is among what a block needs.
"""

from django.db import models
from django.db.models import Q

from matching.models.run import MatchingRun
from mentoring.models import Role
from mentoring.private import SealedField


class RunGround(models.Model):
    """What every block of a run needs to know, as its worker wrote it down."""

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="+")
    content = SealedField()

    def __str__(self) -> str:
        return f"Ground of run {self.run_id}"


class RunSearch(models.Model):
    """For each person of a role their best partners at the prices of a round."""

    ground = models.ForeignKey(RunGround, on_delete=models.CASCADE, related_name="searches")
    role = models.CharField(max_length=6, choices=Role.choices)
    content = SealedField()

    def __str__(self) -> str:
        return f"Search {self.pk} for each {self.role}"


class RunBlock(models.Model):
    """People `first` to `last` of a search. Whoever works on it holds its row; a killed worker lets go of it."""

    search = models.ForeignKey(RunSearch, on_delete=models.CASCADE, related_name="blocks")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    answer = SealedField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "first"], name="block_once"),
            models.CheckConstraint(condition=Q(last__gt=models.F("first")), name="block_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"People {self.first} to {self.last} of search {self.search_id}"
