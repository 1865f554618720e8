import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mentoring.models import Person
from tests.builders import make_enrolment, make_offer, make_person, make_programme, make_skill, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def nora(client: Client) -> Person:
    person = make_person(name="Nora", onboarded=False)
    client.force_login(person.user)
    return person


def step_of(person: Person) -> int:
    person.refresh_from_db()
    return person.onboarding_step


def test_it_begins_at_the_first_step_and_resumes_where_it_was_left(client: Client, nora: Person) -> None:
    assert client.get("/welcome/").headers["Location"] == "/welcome/1/"

    client.post("/welcome/1/", {"name": "Nora Newcomer"})

    assert client.get("/welcome/").headers["Location"] == "/welcome/2/"
    assert nora.__class__.objects.get().name == "Nora Newcomer"


def test_every_step_may_be_skipped_and_keeps_what_was_there(client: Client, nora: Person) -> None:
    answers = [
        client.post(f"/welcome/{step}/", {"skip": "yes", "name": ""}).headers["Location"] for step in (1, 2, 3, 4)
    ]

    assert answers == ["/welcome/2/", "/welcome/3/", "/welcome/4/", "/welcome/done/"]
    assert (step_of(nora), nora.name) == (5, "Nora")
    assert client.get("/welcome/").headers["Location"] == "/welcome/done/"


def test_a_mistake_keeps_the_step_and_what_was_typed(client: Client, nora: Person) -> None:
    response = client.post("/welcome/1/", {"name": "", "job_title": "Analyst"})

    assert list(response.context["form"].errors) == ["name"]
    assert 'value="Analyst"' in response.content.decode()
    assert step_of(nora) == 1


def test_the_last_step_saves_time_and_ways_to_meet(client: Client, nora: Person) -> None:
    words = {
        "time_zone": "Europe/Paris", "work_starts": "09:00", "work_ends": "17:00", "working_days": ["1"],
        "hours_a_month": "3", "languages": ["fr"], "channels_email": "1",
    }  # fmt: skip

    answer = client.post("/welcome/4/", words)

    assert answer.headers["Location"] == "/welcome/done/"
    assert step_of(nora) == 5
    assert (nora.time_zone, nora.languages, nora.channels[0]) == ("Europe/Paris", ["fr"], "email")


def test_the_steps_on_skills_show_what_is_there(client: Client, nora: Person) -> None:
    make_offer(person=nora, skill=make_skill(name="Falconry"))
    make_wish(person=nora, skill=make_skill(name="Hawking"))

    assert "Falconry" in client.get("/welcome/2/").content.decode()
    assert "Hawking" in client.get("/welcome/3/").content.decode()


@pytest.mark.parametrize("step", [0, 5])
def test_there_are_four_steps(client: Client, nora: Person, step: int) -> None:
    assert client.get(f"/welcome/{step}/").status_code == 404


def test_the_end_names_the_programmes_that_are_open_and_not_yet_joined(client: Client, nora: Person) -> None:
    make_programme(name="Spring")
    make_programme(name="Draft", status="draft")
    make_enrolment(person=nora, programme=make_programme(name="Mine"))

    response = client.get("/welcome/done/")

    assert [programme.name for programme in response.context["programmes"]] == ["Spring"]
    assert "Your skills are still missing" in response.content.decode()


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_step_shows_in_few_queries(
    client: Client, nora: Person, step: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Falconry", "Hawking", "Archery"):
        make_offer(person=nora, skill=make_skill(name=name))
        make_wish(person=nora, skill=make_skill(name=name))

    with django_assert_max_num_queries(9):
        client.get(f"/welcome/{step}/")
