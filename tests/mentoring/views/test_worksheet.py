import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mentoring.actions import worksheet
from mentoring.models import Person, RatherNotList, SkillOffer, SkillWish, SwotEntry
from tests.builders import make_alice, make_bob, make_charlie, make_dana, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> Person:
    person = make_alice()
    client.force_login(person.user)
    return person


def add(person: Person, text: str, quadrant: str = "strength") -> SwotEntry:
    return worksheet.add_entry(person, SwotEntry.Quadrant(quadrant), text)


def test_an_entry_is_added_to_its_quadrant(client: Client, alice: Person) -> None:
    answer = client.post("/swot/", {"quadrant": "weakness", "text": "Numbers frighten me"})

    entry = SwotEntry.objects.get()
    assert answer.headers["Location"] == "/swot/#weakness"
    assert (entry.person, entry.quadrant, entry.text) == (alice, "weakness", "Numbers frighten me")


@pytest.mark.parametrize("text", ["", "  ", "x" * 10_000])
def test_an_entry_of_no_words_or_too_many_is_said_at_its_field(client: Client, alice: Person, text: str) -> None:
    response = client.post("/swot/", {"quadrant": "threat", "text": text})

    shown = {quadrant.words.key: quadrant.form.errors for quadrant in response.context["quadrants"]}
    assert [key for key, found in shown.items() if found] == ["threat"]
    assert not SwotEntry.objects.exists()


def test_an_entry_becomes_an_offer_with_one_click_on_the_skill_it_speaks_of(client: Client, alice: Person) -> None:
    skill = make_skill(name="Falconry")
    entry = add(alice, "I know a lot about falconry")
    [line] = client.get("/swot/").context["quadrants"][0].lines
    assert line.suggestion == skill

    client.post(f"/swot/{entry.pk}/", {"skill": skill.pk, "level": 3})

    assert SkillOffer.objects.get().skill == skill
    assert "You offer Falconry" in client.get("/swot/").content.decode()


def test_an_entry_becomes_a_wish(client: Client, alice: Person) -> None:
    skill, entry = make_skill(name="Falconry"), add(alice, "Birds", "opportunity")

    client.post(f"/swot/{entry.pk}/", {"skill": skill.pk, "priority": 1, "present": 0, "wanted": 4})

    wish = SkillWish.objects.get()
    assert (wish.skill, wish.priority, wish.wanted) == (skill, 1, 4)


def test_without_a_skill_it_says_so_and_keeps_the_level(client: Client, alice: Person) -> None:
    entry = add(alice, "Birds")

    response = client.post(f"/swot/{entry.pk}/", {"level": 5})

    assert response.context["pick"].errors["skill"] == ["Choose a skill, or search for another."]
    assert response.context["form"]["level"].value() == "5"


def test_the_search_finds_another_skill(client: Client, alice: Person) -> None:
    skill, entry = make_skill(name="Falconry"), add(alice, "Birds")

    assert client.get(f"/swot/{entry.pk}/", {"q": "falcnry"}).context["found"] == [skill]


def test_the_worksheet_is_its_authors_alone(client: Client) -> None:
    alice, dana = make_alice(), make_dana()
    entry = add(alice, "I explain well")
    client.force_login(dana.user)

    client.post(f"/swot/{entry.pk}/remove/")

    assert "I explain well" not in client.get("/swot/").content.decode()
    assert client.get(f"/swot/{entry.pk}/").status_code == 404
    assert SwotEntry.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_worksheet_costs_the_same_with_one_entry_or_three(
    client: Client, alice: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Falconry", "Hawking", "Archery")[:number]:
        make_skill(name=name)
        add(alice, f"I know {name}")
    client.get("/swot/")

    with django_assert_num_queries(6):  # session, account, entries; for the suggestions three
        client.get("/swot/")


def test_somebody_is_found_put_on_the_list_and_taken_off(client: Client, alice: Person) -> None:
    bob = make_bob()
    assert client.get("/rather-not/", {"q": "bob"}).context["found"] == [bob]

    client.post("/rather-not/add/", {"person": bob.pk})
    client.post("/rather-not/add/", {"person": bob.pk})
    page = client.get("/rather-not/", {"q": "bob"})
    assert (list(page.context["listed"]), page.context["found"]) == ([bob], [])

    client.post(f"/rather-not/{bob.pk}/remove/")
    assert RatherNotList.objects.get().person_ids == []


@pytest.mark.parametrize("person", ["", "nobody", "999999", "²"])
def test_nobody_is_not_found(client: Client, alice: Person, person: str) -> None:
    assert client.post("/rather-not/add/", {"person": person}).status_code == 404


def test_the_list_shows_on_no_page_of_anybody_else(client: Client) -> None:
    alice, bob, dana = make_alice(name="Alice Author"), make_bob(name="Bob Listed"), make_dana()
    addresses = ["/", "/people/", f"/people/{bob.pk}/", f"/people/{alice.pk}/", "/rather-not/", "/skills/"]
    before = pages_of(client, [bob, dana], addresses)

    worksheet.add_rather_not(alice, bob)

    assert pages_of(client, [bob, dana], addresses) == before


def pages_of(client: Client, readers: list[Person], addresses: list[str]) -> list[str]:
    """What each reader sees, without the tokens that differ each time."""
    pages = []
    for reader in readers:
        client.force_login(reader.user)
        for address in addresses:
            page = client.get(address).content.decode()
            pages.append("\n".join(line for line in page.splitlines() if "csrf" not in line.lower()))
    return pages


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_name_or_three(
    client: Client, alice: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for other in (make_bob(), make_charlie(), make_dana())[:number]:
        worksheet.add_rather_not(alice, other)

    with django_assert_num_queries(4):  # session, account, the list, its people
        client.get("/rather-not/")
