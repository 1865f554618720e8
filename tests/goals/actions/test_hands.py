import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from goals.actions.hands import close, raise_hand, write
from goals.models import Hand
from mentoring.models import AuditEntry, TransitionError
from notifications.models import Message
from tests.builders import make_alice, make_bob, make_charlie, make_dana, make_pair

pytestmark = pytest.mark.django_db
WORDS = "He calls me a rookie in front of others."


def test_a_hand_reaches_hr_alone_with_its_topic_and_without_its_words() -> None:
    pair, dana = make_pair(), make_dana()

    hand = raise_hand(pair.mentor, topic="talking", text=WORDS, pair=pair)

    [message] = Message.objects.all()
    assert (message.recipient, message.subject) == (dana.user, "Alice asks HR for help")
    assert "How we talk to each other" in message.text
    assert "rookie" not in message.text + message.html
    assert hand.messages.get().text == WORDS


def test_the_partner_finds_no_trace_even_where_they_work_in_hr() -> None:
    bob, dana = make_bob(is_hr=True), make_dana()
    pair = make_pair(mentee=bob)

    hand = raise_hand(pair.mentor, topic="talking", text=WORDS, pair=pair)
    write(hand, by=dana, text="Shall we talk?")
    write(hand, by=pair.mentor, text="Yes please.")

    assert not Message.objects.filter(recipient=bob.user).exists()
    assert not Hand.objects.visible_to(bob.user).exists()
    assert not Hand.objects.on_desk_of(bob.user).exists()
    assert {(row.action, row.by, row.object_name) for row in AuditEntry.objects.all()} == {
        ("hand.raised", None, f"Raised hand {hand.pk}"),
        ("hand.answered", dana, f"Raised hand {hand.pk}"),
    }


def test_a_partner_of_another_pair_who_works_in_hr_does_not_see_it_either() -> None:
    alice, dana = make_alice(), make_dana()
    make_pair(mentor=alice, mentee=dana)
    pair = make_pair(mentor=alice, mentee=make_bob())
    other = make_dana(name="Dora")

    hand = raise_hand(alice, topic="time", pair=pair)

    assert [message.recipient for message in Message.objects.all()] == [other.user]
    assert list(Hand.objects.on_desk_of(other.user)) == [hand]
    assert not Hand.objects.visible_to(dana.user).exists()


def test_a_hand_that_nobody_in_hr_may_see_is_refused_with_another_way() -> None:
    pair = make_pair(mentee=make_bob(is_hr=True))

    with pytest.raises(ValidationError, match="nobody in HR"):
        raise_hand(pair.mentor, topic="talking", text=WORDS, pair=pair)

    assert not Hand.objects.exists()
    assert not Message.objects.exists()


def test_a_second_press_raises_one_hand() -> None:
    alice, _ = make_alice(), make_dana()

    hands = {raise_hand(alice, topic="time", text=WORDS), raise_hand(alice, topic="time", text=WORDS)}

    assert len(hands) == 1
    assert Message.objects.count() == 1


def test_an_answer_is_told_to_its_author_in_a_subject_that_says_nothing() -> None:
    alice, dana = make_alice(), make_dana()
    hand = raise_hand(alice, topic="wrong", text=WORDS)

    write(hand, by=dana, text="I am sorry to hear that.")

    message = Message.objects.get(recipient=alice.user)
    assert (message.subject, message.kind) == ("A message for you", "help")
    assert "sorry" not in message.text
    assert Hand.objects.get().status == "answered"


def test_a_thread_goes_to_and_fro_is_closed_and_opened_again_by_a_word() -> None:
    alice, dana = make_alice(), make_dana()
    hand = raise_hand(alice, topic="time")
    seen = [hand.status]

    for step in (
        lambda: write(hand, by=dana, text="What would help?"), lambda: write(hand, by=alice, text="Less."),
        lambda: write(hand, by=dana, text="Done."), lambda: close(hand, by=dana), lambda: close(hand, by=alice),
        lambda: write(hand, by=alice, text="Once more."),
    ):  # fmt: skip
        step()
        seen.append(Hand.objects.get().status)

    assert seen == ["open", "answered", "open", "answered", "closed", "closed", "open"]


def test_hr_does_not_close_without_a_word_but_its_author_may() -> None:
    alice, dana = make_alice(), make_dana()
    hand = raise_hand(alice, topic="time")

    with pytest.raises(TransitionError, match="Answer first"):
        close(hand, by=dana)
    close(hand, by=alice)

    assert Hand.objects.get().status == "closed"


def test_words_are_encrypted_in_the_database() -> None:
    alice, _ = make_alice(), make_dana()
    raise_hand(alice, topic="time", text=WORDS)

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM goals_handmessage")
        assert "rookie" not in cursor.fetchone()[0]


def test_whoever_works_in_hr_and_asks_is_not_on_their_own_desk() -> None:
    dana, dora = make_dana(), make_dana(name="Dora")

    hand = raise_hand(dana, topic="manager")

    assert not Hand.objects.on_desk_of(dana.user).exists()
    assert list(Hand.objects.visible_to(dana.user)) == list(Hand.objects.on_desk_of(dora.user)) == [hand]
    assert not Hand.objects.visible_to(make_charlie().user).exists()
