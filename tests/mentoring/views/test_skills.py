import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mentoring.models import Person, Skill
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_offer,
    make_partner,
    make_person,
    make_skill,
    make_wish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> Person:
    person = make_alice()
    client.force_login(person.user)
    return person


def test_skills_are_listed_by_category_with_how_many_could_teach_them(client: Client, alice: Person) -> None:
    skill = make_skill(name="Falconry", category="Birds")
    make_skill(name="Chess", category="Games")
    make_skill(name="Ringing", category="Birds", status=Skill.Status.PROPOSED)
    make_offer(person=make_bob(), skill=skill)
    make_offer(person=make_person(left_on=dt.date(2025, 1, 1)), skill=skill)
    make_offer(person=make_partner(), skill=skill)

    shown = client.get("/skills/", {"category": "birds"}).context["found"]

    assert [(found.name, found.offered) for found in shown] == [("Falconry", 1)]


def test_a_search_forgives_mistakes_and_keeps_the_best_first(client: Client, alice: Person) -> None:
    make_skill(name="Falconry")

    part = client.get("/skills/", {"q": "falcnry"}, headers={"hx-request": "true"})

    assert [found.name for found in part.context["found"]] == ["Falconry"]
    assert "<html" not in part.content.decode()


def test_what_is_not_found_can_be_proposed(client: Client, alice: Person) -> None:
    assert "/inventory/propose/?q=" in client.get("/skills/", {"q": "qqqqxxxx"}).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_skill_or_three(
    client: Client, alice: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Falconry", "Hawking", "Archery")[:number]:
        make_offer(person=alice, skill=make_skill(name=name, category="Birds"))

    with django_assert_num_queries(5):  # session, account, how many, which, categories
        client.get("/skills/", {"category": "birds"})


def test_a_skill_shows_who_is_open_to_quick_questions(client: Client, alice: Person) -> None:
    skill = make_skill(name="Falconry", description="Birds that hunt.", aliases=["hawking"])
    bob = make_bob()
    make_offer(person=bob, skill=skill, level=5)
    make_offer(person=make_charlie(open_to_quick_questions=False), skill=skill)
    make_offer(person=alice, skill=skill)

    response = client.get(f"/skills/{skill.pk}/")

    assert [offer.person for offer in response.context["page"]] == [bob]
    for words in ("Birds that hunt.", "hawking", "I could teach a class"):
        assert words in response.content.decode()


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "Nobody has asked"), (1, "A few people"), (4, "A few people"), (5, "5 people want"), (6, "6 people want")],
)
def test_how_many_want_it_is_told_from_five_on(client: Client, alice: Person, number: int, words: str) -> None:
    skill = make_skill(name="Falconry")
    for _ in range(number):
        make_wish(person=make_person(), skill=skill)

    assert words in client.get(f"/skills/{skill.pk}/").content.decode()


def test_a_merged_skill_leads_to_where_it_went(client: Client, alice: Person) -> None:
    kept = make_skill(name="Falconry")
    gone = make_skill(name="Hawking", status=Skill.Status.MERGED, merged_into=kept)

    assert client.get(f"/skills/{gone.pk}/").headers["Location"] == f"/skills/{kept.pk}/"


@pytest.mark.parametrize("number", [1, 3])
def test_a_skill_costs_the_same_with_one_teacher_or_three(
    client: Client, alice: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    skill = make_skill(name="Falconry")
    for _ in range(number):
        make_offer(person=make_person(), skill=skill)

    with django_assert_num_queries(9):
        # session, account, merged?, the skill, how many wishes, how many offers, which, my offer, my wish
        client.get(f"/skills/{skill.pk}/")
