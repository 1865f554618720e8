import pytest
from django.test import Client

from mentoring.models import Pair, Person
from tests.builders import make_alice, make_bob, make_offer, make_person, make_skill

pytestmark = pytest.mark.django_db
WORDS = "Why does the build hang since Monday?"


def make_jessica(**fields: object) -> Person:
    jessica = make_bob(name="Jessica", **fields)
    make_offer(person=jessica)
    return jessica


def address(person: Person) -> str:
    return f"/questions/new/?mentor={person.pk}"


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person.user)
    return client


def test_the_skill_of_the_link_is_chosen_already(client: Client) -> None:
    jessica = make_jessica()

    form = signed_in(client, make_alice()).get(f"{address(jessica)}&skill={make_skill().pk}").context["form"]

    assert str(form["skill"].value()) == str(make_skill().pk)


@pytest.mark.parametrize("skill", ["", "x", "999999", "1'--"])
def test_a_wrong_skill_in_the_link_does_no_harm(client: Client, skill: str) -> None:
    jessica = make_jessica()

    assert (
        signed_in(client, make_alice()).get("/questions/new/", {"mentor": jessica.pk, "skill": skill}).status_code
        == 200
    )


def test_asking_leads_to_the_page_on_which_the_question_waits(client: Client) -> None:
    ted, jessica = make_alice(name="Ted"), make_jessica()

    response = signed_in(client, ted).post(address(jessica), {"skill": make_skill().pk, "question": WORDS})

    pair = Pair.objects.get()
    assert response.headers["Location"] == f"/pairs/{pair.pk}/invitation/"
    assert (pair.kind, pair.mentor, pair.mentee, pair.question) == ("quick", jessica, ted, WORDS)


def test_asking_twice_is_one_question(client: Client) -> None:
    jessica = make_jessica()
    signed_in(client, make_alice())

    for _ in range(2):
        response = client.post(address(jessica), {"skill": make_skill().pk, "question": WORDS})

    assert Pair.objects.count() == 1
    assert "You have an open question to Jessica" in response.context["form"].non_field_errors()[0]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("", "Fill this in."),
        ("Why?", "Say a little more, so that the other can tell whether they can help."),
        ("x" * 10_000, "Use at most 600 characters; these are 10000."),
    ],
)
def test_wrong_words_are_said_at_the_question_and_kept(client: Client, question: str, words: str) -> None:
    jessica = make_jessica()

    response = signed_in(client, make_alice()).post(address(jessica), {"skill": make_skill().pk, "question": question})

    form = response.context["form"]
    assert {name: list(errors) for name, errors in form.errors.items()} == {"question": [words]}
    assert form["question"].value() == question


def test_a_skill_that_the_person_does_not_offer_is_refused_at_the_skill(client: Client) -> None:
    jessica, other = make_jessica(), make_skill(name="Cooking")

    response = signed_in(client, make_alice()).post(address(jessica), {"skill": other.pk, "question": WORDS})

    assert list(response.context["form"].errors) == ["skill"]


def test_who_takes_no_questions_is_shown_so_before_anything_is_typed(client: Client) -> None:
    jessica = make_jessica(open_to_quick_questions=False)

    page = signed_in(client, make_alice()).get(address(jessica))

    assert page.context["why_not"] == "Jessica takes no quick questions at the moment."


def test_nobody_asks_themselves_or_somebody_who_left(client: Client) -> None:
    alice = make_alice()
    gone = make_person(left_on="2025-01-01")
    signed_in(client, alice)

    assert client.get(address(alice)).status_code == 403
    assert client.get(address(gone)).status_code == 404


@pytest.mark.parametrize("mentor", ["", "x", "-1", "999999", "9" * 40])
def test_nobody_is_there_behind_a_wrong_address(client: Client, mentor: str) -> None:
    assert signed_in(client, make_alice()).get("/questions/new/", {"mentor": mentor}).status_code == 404
