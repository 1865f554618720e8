import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mentoring.models import Person, Skill, SkillOffer, SkillWish
from tests.builders import make_alice, make_bob, make_offer, make_skill, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> Person:
    person = make_alice()
    client.force_login(person.user)
    return person


def errors(response: object) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", [1, 3])
def test_the_inventory_costs_the_same_with_one_line_or_three(
    client: Client, alice: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Falconry", "Hawking", "Archery")[:number]:
        make_offer(person=alice, skill=make_skill(name=name))
        make_wish(person=alice, skill=make_skill(name=name))
    client.get("/inventory/")

    with django_assert_num_queries(4):  # session, account, offers, wishes
        page = client.get("/inventory/").content.decode()
    assert page.count("/remove/") == 2 * number


def test_searching_as_one_types_answers_with_a_part_and_without_script_with_a_page(
    client: Client, alice: Person
) -> None:
    skill = make_skill(name="Falconry")
    make_offer(person=alice, skill=skill)

    part = client.get("/inventory/search/", {"q": "falcnry", "for": "offer"}, headers={"hx-request": "true"})
    page = client.get("/inventory/search/", {"q": "falcnry", "for": "offer"})

    assert part.context["found"] == [skill]
    assert "<html" not in part.content.decode()
    assert "On your list" in part.content.decode()
    assert "<html" in page.content.decode()
    assert f"/inventory/offers/{skill.pk}/" in page.content.decode()


def test_what_is_not_found_can_be_proposed(client: Client, alice: Person) -> None:
    page = client.get("/inventory/search/", {"q": "glass harmonica", "for": "wish"}).content.decode()

    assert "/inventory/propose/?for=wish&amp;q=glass%20harmonica" in page


def test_an_offer_is_added_changed_and_removed(client: Client, alice: Person) -> None:
    skill = make_skill(name="Falconry")
    url = f"/inventory/offers/{skill.pk}/"

    added = client.post(url, {"level": "4", "learned": "From my aunt", "used": "", "next": "/welcome/2/"})
    assert added.headers["Location"] == "/welcome/2/"
    client.post(url, {"level": "5", "learned": "From my aunt", "used": "Two shows"})
    offer = SkillOffer.objects.get()
    assert (offer.person, offer.level, offer.learned, offer.used) == (alice, 5, "From my aunt", "Two shows")

    client.post(f"/inventory/offers/{offer.pk}/remove/")
    client.post(f"/inventory/offers/{offer.pk}/remove/")
    assert not SkillOffer.objects.exists()


def test_a_wish_is_added_changed_and_removed(client: Client, alice: Person) -> None:
    url = f"/inventory/wishes/{make_skill(name='Falconry').pk}/"

    client.post(url, {"priority": "1", "present": "0", "wanted": "3"})
    client.post(url, {"priority": "2", "present": "1", "wanted": "4"})
    wish = SkillWish.objects.get()
    assert (wish.person, wish.priority, wish.present, wish.wanted) == (alice, 2, 1, 4)

    client.post(f"/inventory/wishes/{wish.pk}/remove/")
    assert not SkillWish.objects.exists()


@pytest.mark.parametrize(
    ("kind", "words", "field", "says"),
    [
        ("offers", {"level": ""}, "level", "one of the five"),
        ("offers", {"level": "6"}, "level", "the list"),
        ("offers", {"level": "3", "learned": "x" * 10_000}, "learned", "at most 300"),
        ("wishes", {"priority": "", "present": "0", "wanted": "3"}, "priority", "one of the three"),
        ("wishes", {"priority": "1", "present": "3", "wanted": "3"}, "wanted", "above where you are now"),
        ("wishes", {"priority": "1", "present": "5", "wanted": "5"}, "present", "the list"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    client: Client, alice: Person, kind: str, words: dict[str, str], field: str, says: str
) -> None:
    response = client.post(f"/inventory/{kind}/{make_skill().pk}/", words)

    assert list(errors(response)) == [field]
    assert says in errors(response)[field][0]
    assert not SkillOffer.objects.exists()
    assert not SkillWish.objects.exists()


def test_the_lines_of_others_stay(client: Client, alice: Person) -> None:
    theirs = make_offer(person=make_bob())

    client.post(f"/inventory/offers/{theirs.pk}/remove/")

    assert SkillOffer.objects.get() == theirs


def test_a_proposal_joins_the_list_at_once_and_waits_for_hr(client: Client, alice: Person) -> None:
    category = make_skill().category

    answer = client.post("/inventory/propose/?for=wish", {"name": "Glass harmonica", "category": category.pk})

    wish = SkillWish.objects.get()
    assert answer.headers["Location"] == "/inventory/"
    assert (wish.person, wish.skill.name, wish.skill.status, wish.skill.proposed_by) == (
        alice, "Glass harmonica", "proposed", alice,
    )  # fmt: skip


def test_two_people_who_propose_the_same_share_one_skill(client: Client, alice: Person) -> None:
    theirs = make_skill(name="Glass harmonica", status=Skill.Status.PROPOSED, proposed_by=make_bob())

    client.post("/inventory/propose/?for=offer", {"name": "glass Harmonica", "category": theirs.category_id})

    assert SkillOffer.objects.get().skill == theirs
    assert client.get(f"/inventory/offers/{theirs.pk}/").status_code == 200


def test_proposing_twice_makes_one_skill_and_one_line(client: Client, alice: Person) -> None:
    words = {"name": "Glass harmonica", "category": make_skill().category_id}

    client.post("/inventory/propose/?for=offer", words)
    client.post("/inventory/propose/?for=offer", words)

    assert Skill.objects.proposed().count() == 1
    assert SkillOffer.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "?!", "x" * 10_000])
def test_a_proposal_needs_a_name(client: Client, alice: Person, name: str) -> None:
    response = client.post("/inventory/propose/", {"name": name, "category": make_skill().category_id})

    assert list(errors(response)) == ["name"]


def test_what_hr_did_not_take_up_is_said_at_the_name(client: Client, alice: Person) -> None:
    gone = make_skill(name="Napping", status=Skill.Status.DECLINED)

    response = client.post("/inventory/propose/", {"name": "Napping", "category": gone.category_id})

    assert "did not take it up" in errors(response)["name"][0]
