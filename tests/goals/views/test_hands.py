from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from goals.actions.hands import close, raise_hand, write
from goals.models import Hand
from tests.builders import make_alice, make_charlie, make_dana, make_pair, make_person
from tests.support.clients import client_of, text_of

pytestmark = pytest.mark.django_db


def typed(**fields: Any) -> dict[str, Any]:
    return {"topic": "time", "pair": "", "text": "It is too much", **fields}


def test_raising_it_leads_to_the_thread_and_twice_is_once() -> None:
    make_dana()
    alice = make_alice()

    for _ in range(2):
        answer = client_of(alice).post("/hands/new/", typed(), follow=True)

    hand = Hand.objects.get()
    assert answer.redirect_chain[0][0] == f"/hands/{hand.pk}/"
    assert "It is too much" in text_of(answer)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"topic": ""}, "topic", "Choose what comes nearest."),
        ({"topic": "weather"}, "topic", "Choose from the list"),
        ({"text": "x" * 4001}, "text", "at most 4000 characters"),
        ({"pair": "99999"}, "pair", "Choose from the list"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_what_was_typed_is_kept(
    fields: dict[str, str], field: str, words: str
) -> None:
    make_dana()

    answer = client_of(make_alice()).post("/hands/new/", typed(**fields))

    assert list(answer.context["form"].errors) == [field]
    assert words in text_of(answer)
    assert fields.get("text", "It is too much") in text_of(answer)
    assert not Hand.objects.exists()


def test_where_nobody_may_read_it_the_page_says_so_and_keeps_the_words() -> None:
    answer = client_of(make_alice()).post("/hands/new/", typed())

    assert "nobody in HR who could read this" in text_of(answer)
    assert "It is too much" in text_of(answer)
    assert not Hand.objects.exists()


def test_an_empty_message_is_refused_at_its_field_and_the_thread_stays_there() -> None:
    dana, alice = make_dana(), make_alice()
    hand = raise_hand(alice, topic="time", text="It is too much")

    answer = client_of(dana).post(f"/hands/{hand.pk}/write/", {"text": "  "})

    assert answer.context["form"].errors == {"text": ["Write a few words first."]}
    assert "It is too much" in text_of(answer)


def test_hr_answers_first_and_closes_then() -> None:
    dana, alice = make_dana(), make_alice()
    hand = raise_hand(alice, topic="time")
    client = client_of(dana)

    too_soon = client.post(f"/hands/{hand.pk}/close/", follow=True)
    for _ in range(2):  # a double press
        client.post(f"/hands/{hand.pk}/write/", {"text": "Let us talk"})
    client.post(f"/hands/{hand.pk}/close/")
    again = client.post(f"/hands/{hand.pk}/close/", follow=True)

    assert "Answer first" in text_of(too_soon)
    assert Hand.objects.get().messages.count() == 1
    assert (Hand.objects.get().status, again.status_code) == ("closed", 200)


def test_a_message_from_a_page_that_stood_open_opens_it_again() -> None:
    dana, alice = make_dana(), make_alice()
    hand = raise_hand(alice, topic="time")
    write(hand, by=dana, text="Let us talk")
    close(hand, by=alice)

    client_of(alice).post(f"/hands/{hand.pk}/write/", {"text": "Once more"})

    assert Hand.objects.get().status == "open"


def test_neither_the_partner_nor_a_stranger_finds_it_though_the_partner_works_in_hr() -> None:
    make_dana()
    pair = make_pair(mentee=make_dana(name="Dora"))
    hand = raise_hand(pair.mentor, topic="time", pair=pair)

    for person in (pair.mentee, make_charlie()):
        assert client_of(person).get(f"/hands/{hand.pk}/").status_code == 404
    assert "Alice" not in text_of(client_of(pair.mentee).get("/hr/hands/"))


@pytest.mark.parametrize("count", [1, 3])
def test_both_lists_cost_the_same_however_many_there_are(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dana, alice = make_dana(), make_alice()
    for number in range(count):
        raise_hand(alice, topic="time", text=f"Hers {number}")
        raise_hand(make_person(), topic="goals", pair=None)
    hers, desk = client_of(alice), client_of(dana)

    with django_assert_num_queries(4):
        hers.get("/hands/")
    with django_assert_num_queries(5):
        desk.get("/hr/hands/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_thread_costs_the_same_however_long_it_is(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_dana()
    hand = raise_hand(make_alice(), topic="time", text="It is too much")
    for number in range(count):
        write(hand, by=hand.person, text=f"More {number}")
    client = client_of(hand.person)

    with django_assert_num_queries(4):
        client.get(f"/hands/{hand.pk}/")
