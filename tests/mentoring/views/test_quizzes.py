import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from mentoring.models import AuditEntry, QuizResult
from mentoring.quiz import load_quiz
from tests.builders import make_alice, make_dana

pytestmark = pytest.mark.django_db


def all_answered(value: int) -> dict[str, int]:
    return {statement.key: value for statement in load_quiz().statements}


def test_the_result_is_shown_with_advice_for_each_area(client: Client) -> None:
    alice = make_alice()
    client.force_login(alice.user)

    page = client.post(reverse("quiz"), all_answered(3), follow=True).content.decode()

    for area in load_quiz().areas:
        assert area.name in page
        assert area.advice["growing"] in page.replace("&#x27;", "'")
    assert QuizResult.objects.visible_to(make_dana().user).count() == 0
    assert not AuditEntry.objects.exists()


def test_the_answers_are_kept_encrypted(client: Client) -> None:
    client.force_login(make_alice().user)
    client.post(reverse("quiz"), all_answered(4))

    with connection.cursor() as cursor:
        cursor.execute("SELECT kept FROM mentoring_quizresult")
        (kept,) = cursor.fetchone()
    assert "planning" not in kept


def test_a_statement_left_out_keeps_what_was_chosen(client: Client) -> None:
    client.force_login(make_alice().user)

    page = client.post(reverse("quiz"), {**all_answered(2), "planning-purpose": ""}).content.decode()

    assert "Choose one; there is no right answer." in page
    assert page.count("checked") == len(load_quiz().statements) - 1
    assert not QuizResult.objects.exists()


def test_it_may_be_taken_again_and_forgotten(client: Client) -> None:
    client.force_login(make_alice().user)
    client.post(reverse("quiz"), all_answered(1))

    again = client.get(reverse("quiz"), {"again": 1}).content.decode()
    client.post(reverse("quiz-forget"))

    assert "See my result" in again
    assert not QuizResult.objects.exists()
