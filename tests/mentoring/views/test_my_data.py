"""What is held about a person, and who has seen it."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mentoring.actions import pairs, readings
from mentoring.models import EnrolmentAnswer, EnrolmentQuestion, Person, Reading
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_check_in,
    make_dana,
    make_enrolment,
    make_note,
    make_offer,
    make_pair,
    make_programme,
    make_rather_not,
)

pytestmark = pytest.mark.django_db


def seen(person: Person) -> list[tuple[str, str]]:
    return [(row.reader.name, row.what) for row in Reading.objects.visible_to(person.user).order_by("pk")]


def downloaded(client: Client, person: Person) -> str:
    client.force_login(person.user)
    return client.get("/my-data/download/").content.decode()


def test_each_look_of_hr_leaves_a_row_that_the_person_sees(client: Client) -> None:
    pair = make_pair()
    alice, dana = pair.mentor, make_dana()
    question = EnrolmentQuestion.objects.create(programme=pair.programme, text="Why?")
    EnrolmentAnswer.objects.create(enrolment=alice.enrolments.get(), question=question, words="To learn")
    client.force_login(dana.user)

    for _ in range(2):  # the second time on a day adds nothing
        for path in ("people/{0}", "people/{0}/edit", "pairs/{1}", "programmes/{2}/answers"):
            url = f"/{path.format(alice.pk, pair.pk, pair.programme_id)}/"
            assert client.get(url).status_code == 200

    assert seen(alice) == [("Dana", "page"), ("Dana", "form"), ("Dana", "pair"), ("Dana", "answers")]
    client.force_login(alice.user)
    page = client.get("/my-data/").content.decode()
    assert page.count("Dana") == 4
    assert "Your answers at sign-up" in page


def test_an_operator_leaves_a_row_too(client: Client) -> None:
    alice, operator = make_alice(), make_dana()
    operator.user.is_staff = operator.user.is_superuser = True
    operator.user.save()
    enrolment = make_enrolment(person=alice, programme=make_programme())
    client.force_login(operator.user)

    for path in (f"person/{alice.pk}", f"user/{alice.pk}", f"enrolment/{enrolment.pk}"):
        assert client.get(f"/admin/mentoring/{path}/change/").status_code == 200

    assert seen(alice) == [("Dana", "admin")]


def test_colleagues_and_oneself_leave_none(client: Client) -> None:
    alice, bob, dana = make_alice(), make_bob(), make_dana()
    for reader, person in ((bob, alice), (alice, alice), (dana, dana)):
        client.force_login(reader.user)
        client.get(f"/people/{person.pk}/")

    assert not Reading.objects.exists()


def test_a_look_at_a_pair_tells_nobody_of_an_invitation_that_they_have_not_heard_of(client: Client) -> None:
    pair = make_pair(status="asking_junior")
    client.force_login(make_dana().user)

    client.get(f"/pairs/{pair.pk}/")

    assert (len(seen(pair.mentor)), seen(pair.mentee)) == (1, [])


def test_a_person_downloads_all_that_is_theirs_and_no_word_of_another(client: Client) -> None:
    pair = make_pair()
    alice, bob = pair.people
    make_offer(person=alice, learned="At school")
    make_rather_not(person=alice, others=[make_charlie()])
    for person, words in ((alice, "Hers"), (bob, "His secret")):
        make_note(pair=pair, author=person, text=words)
        make_check_in(pair=pair, person=person, status="answered", words=words)

    text = downloaded(client, alice)

    data = json.loads(text)
    assert data["rather_not"] == ["Charlie"]
    assert data["skill_offers"][0]["learned"] == "At school"
    assert [row["words"] for row in data["check_ins"]] == ["Hers"]
    assert [row["text"] for row in data["private_notes"]] == ["Hers"]
    assert "His secret" not in text


def test_a_no_is_in_the_download_of_whoever_said_it_alone(client: Client) -> None:
    pair = make_pair(status="asking_senior")
    pairs.decline(pair, by=pair.mentee, because="Too busy")

    hers, his = downloaded(client, pair.mentor), downloaded(client, pair.mentee)

    assert ("Too busy" in his, "Too busy" in hers) == (True, False)
    assert '"status": "Not available"' in hers
    assert "declined" not in hers


def test_an_invitation_that_the_senior_has_not_heard_of_is_not_in_their_download(client: Client) -> None:
    pair = make_pair(status="asking_junior")

    assert pair.mentor.name not in downloaded(client, pair.mentee)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_few_questions_for_any_number(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alice = make_alice()
    for _ in range(number):
        readings.note([alice.pk], Reading.What.PAGE, by=make_dana())
    client.force_login(alice.user)

    with django_assert_num_queries(3):
        client.get("/my-data/")
