"""What proves a run's answer, kept as long as the run."""

from django.db import models

from matching.models.run import MatchingRun
from mentoring.private import SealedField


class RunRecord(models.Model):
    """Pairs and prices of a run (`matching/records.py`), sealed: they may hint at who would rather not meet whom."""

    run = models.OneToOneField(MatchingRun, on_delete=models.CASCADE, related_name="+")
    content = SealedField()

    def __str__(self) -> str:
        return f"Record of run {self.run_id}"
