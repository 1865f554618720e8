"""What is published about private answers: once for each closed month, in groups of five people or more.

See docs/privacy.md for the promise and insights/blocks.py for how the groups are formed.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact

from mentoring.models import Department, Programme, Site

CAUSES_AT_ONCE = 5


class Batch(models.Model):
    """The months up to `month` for which a family of measures was published; the next one begins after it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    family = models.CharField(max_length=12)
    month = models.DateField(help_text="The last month in it, by its first day.")
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "family", "month"], name="batch_once")]

    def __str__(self) -> str:
        return f"{self.family} of programme {self.programme_id} up to {self.month:%Y-%m}"


class PublishedCell(models.Model):
    """The sum over one group of at least five people. Groups of one batch have no answer in common.

    A label is empty where the group has people of more than one department, site, grade band or cohort.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="cells")
    measure = models.CharField(max_length=20)
    department = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, related_name="+")
    band = models.PositiveSmallIntegerField(null=True)
    cohort = models.DateField(null=True)
    people = models.PositiveIntegerField()
    n = models.PositiveIntegerField(help_text="Answers.")
    total = models.FloatField()
    squares = models.FloatField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=5), name="published_from_five_people_on"),
            models.CheckConstraint(condition=Q(n__gte=F("people")), name="published_an_answer_each"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.people} people"


class PublishedCauses(models.Model):
    """How often each cause of an early end was given in a programme, over whole fives of those who gave one.

    `counts` maps a cause to its number; under "" stand those whose cause is told to nobody.
    """

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, primary_key=True, related_name="+")
    last = models.BigIntegerField(default=0, help_text="The key of the last early end that is in it.")
    counted = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Exact(F("counted") % CAUSES_AT_ONCE, 0), name="published_causes_in_whole_fives"
            )
        ]

    def __str__(self) -> str:
        return f"Causes of {self.counted} early ends in programme {self.programme_id}"
