"""HR's own questions at sign-up, and what people answer."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.base import lock, record
from mentoring.models import (
    AuditEntry,
    Enrolment,
    EnrolmentAnswer,
    EnrolmentQuestion,
    Person,
    Programme,
    TransitionError,
)
from mentoring.models.enrolment_question import MOST_QUESTIONS

Action = AuditEntry.Action


@transaction.atomic
def add(programme: Programme, *, by: Person, **fields: Any) -> EnrolmentQuestion:
    """Raises ValidationError at the fields that are wrong, and where there are enough questions."""
    programme = lock(programme)
    _refuse_closed(programme)
    if programme.questions.asked().count() >= MOST_QUESTIONS:
        raise ValidationError(f"{MOST_QUESTIONS} questions are enough. Take one away first.")
    return _save(EnrolmentQuestion(programme=programme), by, fields)


@transaction.atomic
def change(question: EnrolmentQuestion, *, by: Person, **fields: Any) -> EnrolmentQuestion:
    """Only while nobody has answered it: an answer must not come to stand below another question."""
    _refuse_closed(lock(Programme(pk=question.programme_id)))
    question = lock(question)
    if question.answers.exists():
        raise ValidationError("People have answered this question. Take it away and ask another one instead.")
    return _save(question, by, fields)


def _save(question: EnrolmentQuestion, by: Person, fields: Mapping[str, Any]) -> EnrolmentQuestion:
    for name, value in fields.items():
        setattr(question, name, value)
    if question.kind != EnrolmentQuestion.Kind.CHOICE:
        question.choices = []
    question.full_clean()
    question.save()
    record(Action.QUESTION_SET, question, by=by, kind=question.kind, is_required=question.is_required)
    return question


@transaction.atomic
def take_away(question: EnrolmentQuestion, *, by: Person) -> None:
    """It is no longer asked. What was answered stays; a question that nobody answered goes."""
    _refuse_closed(lock(Programme(pk=question.programme_id)))
    question = lock(question)
    record(Action.QUESTION_REMOVED, question, by=by)
    if question.answers.exists():
        question.is_asked = False
        question.save(update_fields=["is_asked"])
    else:
        question.delete()


def _refuse_closed(programme: Programme) -> None:
    if programme.status == Programme.Status.CLOSED:
        raise TransitionError("This programme is closed. Open it again before you change it.")


def write_answers(enrolment: Enrolment, answers: Mapping[int, str], *, by: Person) -> None:
    """What the person of a locked enrolment answers. Raises ValidationError at each wrong answer."""
    questions = list(enrolment.programme.questions.asked())
    given = {question: answers.get(question.pk, "").strip() for question in questions}
    wrong = {question.field: words for question, answer in given.items() if (words := _fault(question, answer))}
    if wrong:
        raise ValidationError(wrong)
    before = dict(enrolment.answers.values_list("question", "words"))
    if {pk: words for pk, words in before.items() if pk in answers} == {q.pk: a for q, a in given.items() if a}:
        return
    enrolment.answers.filter(question__in=questions).delete()
    EnrolmentAnswer.objects.bulk_create(
        EnrolmentAnswer(enrolment=enrolment, question=question, words=words)
        for question, words in given.items()
        if words
    )
    record(Action.ENROLMENT_ANSWERED, enrolment, by=by, questions=len(questions))


def _fault(question: EnrolmentQuestion, answer: str) -> str:
    if not answer:
        return "HR needs an answer to this." if question.is_required else ""
    if question.allowed and answer not in question.allowed:
        return "Choose one of the answers."
    longest = EnrolmentAnswer._meta.get_field("words").max_length or 0
    return f"Use at most {longest} characters." if len(answer) > longest else ""
