"""What somebody said after the introduction: go on, or not this one. Nobody but its author ever reads it."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef

from mentoring.models.pair import Pair
from mentoring.models.person import Person
from mentoring.models.user import User


class IntroductionAnswerQuerySet(models.QuerySet["IntroductionAnswer"]):
    def visible_to(self, user: User) -> "IntroductionAnswerQuerySet":
        """Its author alone."""
        return self.filter(person=user.pk)


class IntroductionAnswer(models.Model):
    """Deleted as soon as it is acted on, so that nobody can find out later who said what. Without a time, for the
    same reason."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="introduction_answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    goes_on = models.BooleanField()

    objects: ClassVar[IntroductionAnswerQuerySet] = IntroductionAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "person"], name="introduction_answer_once")]

    def __str__(self) -> str:
        return "Answer after an introduction"


def has_said(person: Person | int) -> Exists:
    """Whether this person has answered, for their own eyes; to annotate pairs with."""
    return Exists(IntroductionAnswer.objects.filter(person=person, pair=OuterRef("pk")))
