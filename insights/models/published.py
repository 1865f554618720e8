"""What is published about private answers: once for each closed month, in groups of five people or more.

See docs/privacy.md for the promise and insights/blocks.py for how the groups are formed.
"""

from django.db import models
from django.db.models import F, Q

from mentoring.models import Department, Programme, Site


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
