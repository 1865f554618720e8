"""Who looked at a person's private data: HR or an operator, once a day. That person sees it, the database keeps it."""

from typing import ClassVar

from django.db import models

from mentoring.models.user import User


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, user: User) -> "ReadingQuerySet":
        """The person whose data were read."""
        return self.filter(person=user.pk)


class Reading(models.Model):
    class What(models.TextChoices):
        PAGE = "page", "Your page, with what it shows HR alone"
        FORM = "form", "The form with which HR corrects your profile"
        ANSWERS = "answers", "Your answers at sign-up"
        CHECK_IN = "check_in", "A check-in that you let HR see with your name"
        PAIR = "pair", "What HR may see of your pair"
        AUDIT = "audit", "What you did, in the audit"
        EXPORT = "export", "A list with your name, downloaded"
        ADMIN = "admin", "Your record, on the pages of operators"

    person = models.ForeignKey("Person", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    reader = models.ForeignKey("Person", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    what = models.CharField(max_length=10, choices=What.choices)
    day = models.DateField()

    objects: ClassVar[ReadingQuerySet] = ReadingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "day", "reader", "what"], name="reading_once_a_day")]

    def __str__(self) -> str:
        return f"{self.reader_id} read {self.what} of {self.person_id} on {self.day}"
