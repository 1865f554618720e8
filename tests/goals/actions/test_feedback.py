import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from goals.actions.feedback import ask, give, keep, reply, send_due, send_now, stop, take_back, thank
from goals.models import Feedback
from mentoring.models import AuditEntry, Pair, TransitionError
from notifications.models import Message
from tests.builders import make_charlie, make_pair

pytestmark = pytest.mark.django_db
WORDS = {"situation": "On Tuesday.", "saw": "Two mails.", "effect": "I left out half.", "next": "Mails first?"}
DAY = dt.timedelta(days=1)


def given(pair: Pair | None = None, *, at_once: bool = True) -> Feedback:
    pair = pair or make_pair()
    return give(pair, by=pair.mentor, words=WORDS, at_once=at_once)


def test_sent_at_once_reaches_the_partner_without_a_word_in_the_mail() -> None:
    feedback = given()

    [message] = Message.objects.all()
    assert (message.recipient, message.subject) == (feedback.receiver.user, "Alice has feedback for you")
    assert not any(word in message.text + message.html for word in WORDS.values())
    assert list(Feedback.objects.visible_to(feedback.receiver.user)) == [feedback]


def test_slept_on_it_is_its_authors_alone_until_it_goes_out_by_itself_once() -> None:
    feedback, later = given(at_once=False), timezone.now() + DAY
    assert not Message.objects.exists()
    assert not Feedback.objects.visible_to(feedback.receiver.user).exists()
    assert {row.by for row in AuditEntry.objects.all()} == {None}

    assert (send_due(timezone.now()), send_due(later), send_due(later)) == (0, 1, 0)

    assert Message.objects.count() == 1
    assert Feedback.objects.get().status == "sent"


def test_taken_back_it_never_goes_out() -> None:
    feedback = given(at_once=False)

    take_back(feedback, by=feedback.author)
    take_back(feedback, by=feedback.author)

    assert send_due(timezone.now() + DAY) == 0
    assert not Message.objects.exists()
    with pytest.raises(TransitionError):
        send_now(feedback, by=feedback.author)


def test_what_has_gone_out_cannot_be_taken_back() -> None:
    feedback = given()

    with pytest.raises(TransitionError, match="gone out"):
        take_back(feedback, by=feedback.author)


def test_while_a_pair_pauses_it_waits_and_with_its_end_it_is_taken_back() -> None:
    feedback, later = given(at_once=False), timezone.now() + DAY
    Pair.objects.update(status="paused")
    assert send_due(later) == 0

    stop([feedback.pair])

    assert Feedback.objects.get().status == "taken_back"


def test_the_receiver_thanks_asks_and_keeps_and_the_author_answers_once() -> None:
    feedback = given()
    receiver, author = feedback.receiver, feedback.author

    thank(feedback, by=receiver)
    thank(feedback, by=receiver)
    ask(feedback, by=receiver, question="Which mails?")
    keep(feedback, by=receiver, kept=True)
    reply(feedback, by=author, answer="From the board.")

    row = Feedback.objects.get()
    assert (row.question, row.answer, bool(row.thanked_at), bool(row.saved_at)) == (
        "Which mails?", "From the board.", True, True,
    )  # fmt: skip
    assert [key.partition(":")[0] for key in Message.objects.order_by("pk").values_list("key", flat=True)] == [
        "feedback_sent", "feedback_thanked", "feedback_asked", "feedback_replied",
    ]  # fmt: skip
    with pytest.raises(TransitionError, match="already"):
        ask(feedback, by=receiver, question="And which others?")
    with pytest.raises(TransitionError, match="already"):
        reply(feedback, by=author, answer="From the bank.")


def test_each_does_only_what_is_theirs() -> None:
    feedback = given()

    for wrong in (
        lambda: thank(feedback, by=feedback.author), lambda: ask(feedback, by=make_charlie(), question="?"),
        lambda: keep(feedback, by=feedback.author, kept=True), lambda: reply(feedback, by=feedback.author, answer="!"),
        lambda: take_back(feedback, by=feedback.receiver),
    ):  # fmt: skip
        with pytest.raises(TransitionError):
            wrong()


def test_a_second_press_gives_it_once() -> None:
    pair = make_pair()

    assert given(pair) == given(pair)
    assert Message.objects.count() == 1


def test_words_are_encrypted_in_the_database_and_not_in_the_audit() -> None:
    given()

    with connection.cursor() as cursor:
        cursor.execute("SELECT saw || effect FROM goals_feedback")
        assert "mails" not in cursor.fetchone()[0]
    assert not any("mails" in str(row.changes) + row.object_name for row in AuditEntry.objects.all())


def test_nothing_is_given_in_a_pair_that_is_over() -> None:
    with pytest.raises(TransitionError, match="over"):
        given(make_pair(status="completed"))
