"""The quiz on communication: kept for its author alone, without an audit row."""

from collections.abc import Mapping

from django.db import transaction

from mentoring.models import Person, QuizResult


@transaction.atomic
def keep(person: Person, answers: Mapping[str, int]) -> QuizResult:
    """The answers before are gone."""
    result = QuizResult(person=person)
    result.answers = dict(answers)
    result.save()
    return result


def forget(person: Person) -> None:
    QuizResult.objects.filter(person=person).delete()
