"""HR's own questions at sign-up, and their answers."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mentoring.actions import enrolment_questions
from mentoring.actions.enrolments import change_capacity, enrol
from mentoring.models import AuditEntry, Enrolment, EnrolmentAnswer, EnrolmentQuestion, Person, Programme
from tests.builders import make_alice, make_bob, make_dana, make_enrolment, make_offer, make_programme

pytestmark = pytest.mark.django_db
ONE = {"mentor_capacity": 1, "mentee_capacity": 1}


def make_question(programme: Programme, **fields: object) -> EnrolmentQuestion:
    return EnrolmentQuestion.objects.create(programme=programme, **{"text": "What would help you?", **fields})


def answered(enrolment: Enrolment) -> dict[str, str]:
    return dict(enrolment.answers.values_list("question__text", "words"))


def test_what_is_answered_is_kept_changed_and_never_in_the_audit() -> None:
    programme, alice = make_programme(), make_alice()
    question = make_question(programme)

    enrolment = enrol(programme, person=alice, answers={question.pk: "  Secret words "}, **ONE)
    assert answered(enrolment) == {"What would help you?": "Secret words"}
    change_capacity(enrolment, by=alice, answers={question.pk: "Other words"}, **ONE)

    assert answered(enrolment) == {"What would help you?": "Other words"}
    assert "words" not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


def test_the_same_answers_again_are_no_change() -> None:
    programme, alice = make_programme(), make_alice()
    question = make_question(programme)
    enrolment = enrol(programme, person=alice, answers={question.pk: "Words"}, **ONE)
    before = AuditEntry.objects.count()

    change_capacity(enrolment, by=alice, answers={question.pk: "Words"}, **ONE)

    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("fields", "answer", "words"),
    [
        ({"is_required": True}, "", "HR needs an answer to this."),
        ({"kind": "scale"}, "6", "Choose one of the answers."),
        ({"kind": "choice", "choices": ["A", "B"]}, "C", "Choose one of the answers."),
        ({}, "x" * 1001, "Use at most 1000 characters."),
    ],
)
def test_a_wrong_answer_is_refused_at_its_question_and_nobody_is_enrolled(
    fields: dict[str, object], answer: str, words: str
) -> None:
    programme = make_programme()
    question = make_question(programme, **fields)

    with pytest.raises(ValidationError) as refusal:
        enrol(programme, person=make_alice(), answers={question.pk: answer}, **ONE)

    assert refusal.value.message_dict == {question.field: [words]}
    assert not Enrolment.objects.exists()


def test_a_question_that_was_answered_stays_as_it_was_and_is_taken_away_without_its_answers() -> None:
    programme, dana = make_programme(), make_dana()
    question = make_question(programme)
    enrolment = enrol(programme, person=make_alice(), answers={question.pk: "Words"}, **ONE)

    with pytest.raises(ValidationError, match="People have answered"):
        enrolment_questions.change(question, by=dana, text="Something else?")
    enrolment_questions.take_away(question, by=dana)

    question.refresh_from_db()
    assert (question.is_asked, answered(enrolment)) == (False, {"What would help you?": "Words"})


def test_twenty_questions_are_enough() -> None:
    programme = make_programme()
    for n in range(20):
        make_question(programme, text=f"Question {n}?")

    with pytest.raises(ValidationError, match="20 questions are enough"):
        enrolment_questions.add(programme, by=make_dana(), text="One more?")


def test_the_form_asks_and_says_who_reads_it(client: Client) -> None:
    programme, alice = make_programme(), make_alice()
    make_offer(person=alice)
    question = make_question(programme, kind="scale", is_required=True)
    client.force_login(alice.user)
    url = f"/programmes/{programme.pk}/enrol/"

    page = client.get(url).content.decode()
    assert "HR reads these answers, with your name" in page
    refused = client.post(url, {"mentor_capacity": 1, "mentee_capacity": 0})
    assert list(refused.context["form"].errors) == [question.field]
    client.post(url, {"mentor_capacity": 1, "mentee_capacity": 0, question.field: "4"})

    assert EnrolmentAnswer.objects.get().words == "4"
    assert client.get(url).context["form"][question.field].value() == "4"


@pytest.mark.parametrize("number", [1, 3])
def test_hr_reads_the_answers_in_the_same_few_questions_for_any_number(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme, dana = make_programme(), make_dana()
    question = make_question(programme)
    for _ in range(number):
        enrolment = make_enrolment(person=make_bob(), programme=programme)
        EnrolmentAnswer.objects.create(enrolment=enrolment, question=question, words="Time")
    client.force_login(dana.user)

    with django_assert_num_queries(8):
        page = client.get(f"/programmes/{programme.pk}/answers/")

    assert len(page.context["shown"]) == number


def test_answers_are_seen_by_hr_and_their_author() -> None:
    programme = make_programme()
    enrolment = make_enrolment(person=make_alice(), programme=programme)
    EnrolmentAnswer.objects.create(enrolment=enrolment, question=make_question(programme), words="Time")

    seen = [EnrolmentAnswer.objects.visible_to(p.user).count() for p in (enrolment.person, make_dana(), make_bob())]

    assert (seen, Person.objects.count()) == ([1, 1, 0], 3)
