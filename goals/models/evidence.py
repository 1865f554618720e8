"""Evidence: what shows that a goal comes nearer, kept by its learner for both to see."""

from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone

from goals.models.goal import Goal


class Evidence(models.Model):
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="evidence")
    text = models.CharField("what I did", max_length=300)
    link = models.CharField(
        "where it can be seen", max_length=300, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    day = models.DateField("when", default=timezone.localdate)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.text
