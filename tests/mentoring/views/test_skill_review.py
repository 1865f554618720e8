import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mentoring.actions import skills
from mentoring.models import Person, Skill
from tests.builders import make_alice, make_bob, make_dana, make_offer, make_skill, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(client: Client) -> Person:
    person = make_dana()
    client.force_login(person.user)
    return person


def make_proposal(name: str = "Falconry") -> Skill:
    return make_skill(name=name, status=Skill.Status.PROPOSED, proposed_by=make_alice())


def test_what_was_proposed_is_listed_with_who_uses_it(client: Client, dana: Person) -> None:
    skill = make_proposal()
    make_offer(person=make_bob(), skill=skill)
    make_wish(person=make_bob(), skill=skill)
    make_wish(person=dana, skill=skill)

    [shown] = client.get("/hr/skills/").context["page"]

    assert (shown, shown.offered, shown.wanted) == (skill, 1, 2)


def test_a_skill_is_accepted_as_hr_words_it(client: Client, dana: Person) -> None:
    skill = make_proposal("falconery")

    answer = client.post(
        f"/hr/skills/{skill.pk}/accept/", {"name": "Falconry", "category": skill.category_id, "description": "Birds."}
    )

    skill.refresh_from_db()
    assert answer.headers["Location"] == "/hr/skills/"
    assert (skill.status, skill.name, skill.description) == ("accepted", "Falconry", "Birds.")


def test_a_name_that_is_taken_is_said_at_its_field_and_what_was_typed_is_kept(client: Client, dana: Person) -> None:
    make_skill(name="Hawking")
    skill = make_proposal()

    response = client.post(
        f"/hr/skills/{skill.pk}/accept/", {"name": "hawking", "category": skill.category_id, "description": "Kept."}
    )

    assert list(response.context["accept"].errors) == ["name"]
    assert 'value="Kept."' in response.content.decode()


def test_a_skill_is_joined_with_one_that_was_searched_for(client: Client, dana: Person) -> None:
    kept, skill = make_skill(name="Hawking"), make_proposal()
    found = client.get(f"/hr/skills/{skill.pk}/", {"q": "hawkng"}, headers={"hx-request": "true"})
    assert found.context["found"] == [kept]

    client.post(f"/hr/skills/{skill.pk}/merge/", {"into": kept.pk})

    skill.refresh_from_db()
    assert skill.merged_into == kept


@pytest.mark.parametrize("into", ["", "999999", "itself"])
def test_joining_with_nothing_says_so(client: Client, dana: Person, into: str) -> None:
    skill = make_proposal()

    response = client.post(f"/hr/skills/{skill.pk}/merge/", {"into": skill.pk if into == "itself" else into})

    assert list(response.context["merge"].errors) == ["into"]


def test_a_skill_is_left_out(client: Client, dana: Person) -> None:
    skill = make_proposal()

    client.post(f"/hr/skills/{skill.pk}/decline/", {"because": "It is a hobby."})

    skill.refresh_from_db()
    assert skill.status == "declined"


def test_a_reason_of_ten_thousand_letters_is_too_long(client: Client, dana: Person) -> None:
    response = client.post(f"/hr/skills/{make_proposal().pk}/decline/", {"because": "x" * 10_000})

    assert list(response.context["decline"].errors) == ["because"]


def test_what_a_colleague_decided_meanwhile_is_said_and_stays(client: Client, dana: Person) -> None:
    skill = make_proposal()
    skills.decline(skill, by=dana)

    response = client.post(f"/hr/skills/{skill.pk}/decline/", {"because": ""})

    assert "by now" in response.context["decline"].non_field_errors()[0]
    assert "Somebody has looked at this already" in response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_skill_or_three(
    client: Client, dana: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Falconry", "Hawking", "Archery")[:number]:
        make_proposal(name)

    with django_assert_num_queries(4):  # session, account, how many, which
        client.get("/hr/skills/")
