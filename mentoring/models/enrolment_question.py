"""HR's own questions at sign-up, and what people answered. HR reads the answers; the matching never does."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mentoring.models.enrolment import Enrolment
from mentoring.models.programme import Programme
from mentoring.models.user import User

MOST_QUESTIONS = 20  # asked in one programme; more would keep people from joining
SCALE = range(1, 6)


class EnrolmentQuestionQuerySet(models.QuerySet["EnrolmentQuestion"]):
    def asked(self) -> "EnrolmentQuestionQuerySet":
        return self.filter(is_asked=True)


class EnrolmentQuestion(models.Model):
    class Kind(models.TextChoices):
        TEXT = "text", "A few words"
        CHOICE = "choice", "One of several answers"
        SCALE = "scale", "A number from 1 to 5"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField("question", max_length=200)
    kind = models.CharField("how it is answered", max_length=6, choices=Kind.choices, default=Kind.TEXT)
    choices = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    is_required = models.BooleanField("must be answered", default=False)
    is_asked = models.BooleanField(default=True, help_text="One that is retired keeps its answers.")

    objects: ClassVar[EnrolmentQuestionQuerySet] = EnrolmentQuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="choice") | Q(choices__len__gte=2),
                name="enrolment_question_has_choices",
                violation_error_message="Give at least two answers to choose from.",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="enrolment_question_has_words"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def field(self) -> str:
        """What it is called in a form."""
        return f"question_{self.pk}"

    @property
    def allowed(self) -> list[str]:
        """The answers that may be given; empty where they are words of one's own."""
        if self.kind == self.Kind.SCALE:
            return [str(number) for number in SCALE]
        return self.choices if self.kind == self.Kind.CHOICE else []


class EnrolmentAnswerQuerySet(models.QuerySet["EnrolmentAnswer"]):
    def visible_to(self, user: User) -> "EnrolmentAnswerQuerySet":
        """HR's, and its author's."""
        return self if user.is_hr else self.filter(enrolment__person=user.pk)


class EnrolmentAnswer(models.Model):
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(EnrolmentQuestion, on_delete=models.CASCADE, related_name="answers")
    words = models.TextField(max_length=1000)

    objects: ClassVar[EnrolmentAnswerQuerySet] = EnrolmentAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "question"], name="enrolment_answer_once"),
            models.CheckConstraint(condition=~Q(words=""), name="enrolment_answer_has_words"),
        ]

    def __str__(self) -> str:
        return f"Answer of enrolment {self.enrolment_id}"
