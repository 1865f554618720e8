import pytest
from pytest_django import DjangoAssertNumQueries

from goals.actions.feedback import PARTS, give, take_back
from goals.models import Feedback
from mentoring.models import Pair
from tests.builders import make_pair
from tests.support.clients import client_of, text_of

pytestmark = pytest.mark.django_db
WORDS = {"situation": "On Tuesday.", "saw": "Two mails.", "effect": "I left out half.", "next": "Mails first?"}


def address(pair: Pair) -> str:
    return f"/pairs/{pair.pk}/feedback/new/"


def given(pair: Pair, *, at_once: bool = True, **words: str) -> Feedback:
    return give(pair, by=pair.mentor, words={**WORDS, **words}, at_once=at_once)


@pytest.mark.parametrize(
    ("when", "status", "words"), [("now", "sent", "Sent."), ("tomorrow", "waiting", "Kept for a day.")]
)
def test_it_goes_at_once_or_after_a_day_and_twice_is_once(when: str, status: str, words: str) -> None:
    pair = make_pair()

    answers = [client_of(pair.mentor).post(address(pair), {**WORDS, "when": when}, follow=True) for _ in range(2)]

    assert Feedback.objects.get().status == status
    assert words in text_of(answers[0])


@pytest.mark.parametrize("part", PARTS)
def test_what_is_missing_is_said_at_its_part_and_the_others_are_kept(part: str) -> None:
    pair = make_pair()

    answer = client_of(pair.mentor).post(address(pair), {**WORDS, part: " ", "when": "now"})

    assert answer.context["form"].errors == {part: ["A sentence is enough."]}
    assert [each for each in PARTS if each != part and WORDS[each] not in text_of(answer)] == []
    assert not Feedback.objects.exists()


def test_without_a_time_it_asks_for_one() -> None:
    pair = make_pair()

    answer = client_of(pair.mentor).post(address(pair), {**WORDS, "when": "some day"})

    assert list(answer.context["form"].errors) == ["when"]


def test_a_word_that_could_hurt_is_shown_once_and_sent_by_whoever_means_it() -> None:
    pair, words = make_pair(), {**WORDS, "saw": "You are always late.", "when": "now"}
    client = client_of(pair.mentor)

    hinted = client.post(address(pair), words)
    assert hinted.context["hints"]
    assert "You are always late." in text_of(hinted)
    assert not Feedback.objects.exists()
    client.post(address(pair), {**words, "looked": "yes"})

    assert Feedback.objects.get().saw == "You are always late."


def test_in_a_pair_that_is_over_it_says_so_and_keeps_what_was_typed() -> None:
    pair = make_pair(status="ended")

    answer = client_of(pair.mentor).post(address(pair), {**WORDS, "when": "now"})

    assert "This pair is over" in text_of(answer)
    assert WORDS["effect"] in text_of(answer)


def test_taking_back_from_a_page_that_stood_open_until_it_went_out_says_so() -> None:
    feedback = given(make_pair())

    answer = client_of(feedback.author).post(f"/feedback/{feedback.pk}/take-back/", follow=True)

    assert "It has gone out already" in text_of(answer)


def test_what_was_taken_back_can_be_begun_with_again_by_its_author_alone() -> None:
    pair = make_pair()
    feedback = take_back(given(pair, at_once=False), by=pair.mentor)

    mine, theirs = (text_of(client_of(person).get(f"{address(pair)}?again={feedback.pk}")) for person in pair.people)

    assert (WORDS["effect"] in mine, WORDS["effect"] in theirs) == (True, False)


def test_an_empty_question_and_an_empty_answer_are_refused_at_their_field() -> None:
    feedback = given(make_pair())

    asked = client_of(feedback.receiver).post(f"/feedback/{feedback.pk}/ask/", {"question": ""})
    client_of(feedback.receiver).post(f"/feedback/{feedback.pk}/ask/", {"question": "Which mails?"})
    replied = client_of(feedback.author).post(f"/feedback/{feedback.pk}/reply/", {"answer": "x" * 1001})

    assert asked.context["ask"].errors == {"question": ["Write your question first."]}
    assert list(replied.context["reply"].errors) == ["answer"]
    assert "x" * 1001 in text_of(replied)


def test_a_second_other_question_is_refused_and_stays_in_its_field() -> None:
    feedback = given(make_pair())
    client, url = client_of(feedback.receiver), f"/feedback/{feedback.pk}/ask/"
    client.post(url, {"question": "Which mails?"})

    same = client.post(url, {"question": "Which mails?"})
    other = client.post(url, {"question": "Which day?"})

    assert same.status_code == 302
    assert "You have asked already" in text_of(other)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_much_there_is(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pair = make_pair()
    for number in range(count):
        given(pair, saw=f"Mail {number}")
    client = client_of(pair.mentee)

    with django_assert_num_queries(5):
        client.get(f"/pairs/{pair.pk}/feedback/")
