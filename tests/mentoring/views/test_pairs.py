import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.actions import pairs, questions
from mentoring.models import Pair, Person
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_enrolment,
    make_offer,
    make_pair,
    make_programme,
    make_rather_not,
    make_skill,
    make_wish,
)

pytestmark = pytest.mark.django_db


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person.user)
    return client


def invite(alice: Person, bob: Person) -> Pair:
    """Alice, the junior, is asked whether she would mentor Bob."""
    programme = make_programme()
    for person in (alice, bob):
        make_enrolment(person=person, programme=programme)
    return pairs.open_pair(
        programme, mentor=alice, mentee=bob, skill=make_skill(), by=make_dana(), reasons=["Bob wants what you offer."]
    )


def page_of(client: Client, person: Person, pair: Pair) -> str:
    response = signed_in(client, person).get(f"/pairs/{pair.pk}/invitation/")
    assert response.status_code == 200
    return response.content.decode()


def what_it_says(page: str) -> str:
    """The main column, without what differs from request to request."""
    column = page.partition('id="main"')[2].partition("</main>")[0]
    return re.sub(r'value="\w{64}"|/(pairs|people)/\d+/|avatar--\d', "", column)


def answer(client: Client, person: Person, pair: Pair, answer: str, **more: str) -> str:
    """What the page says after the answer."""
    response = signed_in(client, person).post(f"/pairs/{pair.pk}/invitation/", {"answer": answer, **more}, follow=True)
    return response.content.decode()


def test_the_invitation_says_who_and_why_and_what_each_shares(client: Client) -> None:
    alice, bob = make_alice(), make_bob(introduction="I run finance.")
    make_wish(person=bob)

    page = page_of(client, alice, invite(alice, bob))

    for words in (
        "Would you like to be paired with Bob?", "Bob wants what you offer.", "I run finance.", "You would share",
        "Social media", "For Bob it is highly desirable", "Bob does not know of this",
    ):  # fmt: skip
        assert words in page


def test_the_invitation_is_there_for_the_one_who_is_asked_alone(client: Client) -> None:
    alice, bob = make_alice(), make_bob()
    pair = invite(alice, bob)

    statuses = [
        signed_in(client, person).get(f"/pairs/{pair.pk}/invitation/").status_code
        for person in (bob, make_charlie(), make_dana())
    ]

    assert statuses == [404, 404, 404]


def test_a_senior_who_works_in_hr_does_not_hear_of_it_before_the_junior_said_yes(client: Client) -> None:
    alice, dana = make_alice(), make_dana()
    pair = invite(alice, dana)

    assert signed_in(client, dana).get(f"/pairs/{pair.pk}/invitation/").status_code == 404
    assert signed_in(client, dana).get("/pairs/").context["groups"].asking_me == []


def test_two_yeses_let_the_pair_begin(client: Client) -> None:
    alice, bob = make_alice(), make_bob()
    pair = invite(alice, bob)

    after_first = answer(client, alice, pair, "yes")
    after_second = answer(client, bob, pair, "yes")

    pair.refresh_from_db()
    assert pair.status == "beginning"
    assert "Your yes is with us" in after_first
    assert "You both said yes" in after_second


def test_a_double_press_and_a_reload_say_nothing_new(client: Client) -> None:
    alice, bob = make_alice(), make_bob()
    pair = invite(alice, bob)

    first, second = answer(client, alice, pair, "yes"), answer(client, alice, pair, "yes")

    pair.refresh_from_db()
    assert pair.status == "asking_senior"
    assert "Your yes is with us" in first
    assert "There is no answer of yours" not in second


def test_an_answer_from_a_stale_page_is_told_where_it_stands(client: Client) -> None:
    alice, bob = make_alice(), make_bob()
    pair = invite(alice, bob)
    pairs.withdraw_invitation(pair, by=make_dana())

    page = answer(client, alice, pair, "yes")

    assert "There is no answer of yours to give here any more" in page
    assert "This is no longer open" in page


def test_a_no_keeps_its_reason_and_tells_the_other_nothing(client: Client) -> None:
    alice, bob = make_alice(), make_bob()
    pair = invite(alice, bob)
    answer(client, alice, pair, "yes")

    mine = answer(client, bob, pair, "no", because="person")
    theirs = page_of(client, alice, pair)

    pair.refresh_from_db()
    assert (pair.status, pair.no_because) == ("declined", "person")
    assert "You said: not this time" in mine
    assert "This is no longer open" in theirs
    assert "not this time" not in theirs.lower()


def test_a_no_a_silence_and_a_taking_back_look_the_same_from_the_other_side(client: Client) -> None:
    pages = []
    for end in ("declined", "expired", "withdrawn"):
        alice, bob = make_alice(), make_bob()
        no_from = bob if end == "declined" else None
        pair = make_pair(mentor=alice, mentee=bob, status=end, both_know_since=timezone.now(), no_from=no_from)
        listed = signed_in(client, alice).get("/pairs/").content.decode()
        pages.append(
            (what_it_says(page_of(client, alice, pair)), listed.partition("Over</h2>")[2].partition("list__end")[2])
        )

    assert pages[0] == pages[1] == pages[2]


def test_a_wrong_answer_is_asked_for_again(client: Client) -> None:
    alice = make_alice()
    pair = invite(alice, make_bob())

    page = answer(client, alice, pair, "perhaps")

    pair.refresh_from_db()
    assert pair.status == "asking_junior"
    assert "Choose from the list" in page


def test_a_yes_can_be_taken_back_before_the_other_answers(client: Client) -> None:
    alice, bob = make_alice(), make_bob()
    pair = invite(alice, bob)
    answer(client, alice, pair, "yes")

    page = answer(client, alice, pair, "no")

    pair.refresh_from_db()
    assert pair.status == "declined"
    assert "You said: not this time" in page


def test_a_question_is_answered_on_the_same_page_and_can_be_taken_back(client: Client) -> None:
    ted, jessica, skill = make_alice(name="Ted"), make_bob(name="Jessica"), make_skill()
    make_offer(person=jessica, skill=skill)
    pair = questions.ask(asker=ted, mentor=jessica, skill=skill, question="Why does the build hang?")

    assert "Why does the build hang?" in page_of(client, jessica, pair)
    assert "Waiting for Jessica" in page_of(client, ted, pair)
    assert signed_in(client, jessica).post(f"/pairs/{pair.pk}/take-back/").status_code == 302
    pair.refresh_from_db()
    assert pair.status == "asking_mentor"
    signed_in(client, ted).post(f"/pairs/{pair.pk}/take-back/")
    pair.refresh_from_db()
    assert pair.status == "withdrawn"


def test_a_question_to_somebody_who_would_rather_not_looks_like_any_other_to_its_asker(client: Client) -> None:
    ted, skill = make_alice(name="Ted"), make_skill()
    seen = []
    for would_rather_not in (True, False):
        jessica = make_bob(name="Jessica")
        make_offer(person=jessica, skill=skill)
        if would_rather_not:
            make_rather_not(person=jessica, others=[ted])
        pair = questions.ask(asker=ted, mentor=jessica, skill=skill, question="Why does the build hang?")
        waiting = what_it_says(page_of(client, ted, pair))
        pairs.expire(pair, now=timezone.now() + dt.timedelta(days=99))
        over = what_it_says(page_of(client, ted, pair))
        seen.append((waiting, over, ted.user.outbox.latest("pk").subject))

    assert seen[0] == seen[1]
    assert seen[0][2] == "Jessica is not available for your question"


@pytest.mark.parametrize("status", ["asking_junior", "active", "completed", "declined"])
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_few_questions_for_any_number(
    client: Client, status: str, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alice, programme = make_alice(), make_programme()
    make_enrolment(person=alice, programme=programme, mentor_capacity=3)
    for _ in range(number):
        make_pair(mentor=alice, programme=programme, status=status)
    signed_in(client, alice)
    client.get("/pairs/")

    with django_assert_num_queries(4 if status in ("asking_junior", "active") else 5):
        client.get("/pairs/")
