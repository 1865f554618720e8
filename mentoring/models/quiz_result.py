"""What somebody answered in “How do I communicate?”."""

import json
from typing import ClassVar

from django.db import models

from mentoring.models.person import Person
from mentoring.models.user import User
from mentoring.private import PrivateTextField


class QuizResultQuerySet(models.QuerySet["QuizResult"]):
    def visible_to(self, user: User) -> "QuizResultQuerySet":
        """Its author alone."""
        return self.filter(person=user.pk)


class QuizResult(models.Model):
    """The latest answers, encrypted; nobody but their author ever sees them, or that they are there."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="quiz_result")
    kept = PrivateTextField()
    taken_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[QuizResultQuerySet] = QuizResultQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return "Quiz result"

    @property
    def answers(self) -> dict[str, int]:
        """Statement → answer."""
        return dict(json.loads(self.kept))

    @answers.setter
    def answers(self, answers: dict[str, int]) -> None:
        self.kept = json.dumps(answers)
