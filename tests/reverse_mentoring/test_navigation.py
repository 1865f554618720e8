"""The ways to go, by role."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from mentoring.models import Person
from reverse_mentoring import navigation
from tests.builders import make_alice, make_dana, make_person, make_suggestion

pytestmark = pytest.mark.django_db
ALL = (*navigation.EMPLOYEE, *navigation.HR, *navigation.PROFILE, *navigation.ACCOUNT)


def make_partner() -> Person:
    return make_person(kind=Person.Kind.PARTNER, partner_until=dt.date(2099, 1, 1))


def groups_of(person: Person, path: str = "/") -> list[navigation.Group]:
    request = RequestFactory().get(path)
    request.user = person.user
    return navigation.groups(request)


def names(person: Person) -> list[list[str]]:
    return [[entry.name for entry in group.entries] for group in groups_of(person)]


def here(person: Person, path: str) -> list[str]:
    return [entry.name for group in groups_of(person, path) for entry in group.entries if entry.is_here]


@pytest.mark.parametrize("url_name", [url_name for _, _, url_name in ALL])
def test_every_entry_has_a_page(url_name: str) -> None:
    assert reverse(url_name)


def test_employee_goes_to_pairs_programmes_skills_and_people() -> None:
    assert names(make_alice()) == [["Home", "My pairs", "Programmes", "Skills", "People", "You said, we did"]]


def test_hr_has_a_group_of_its_own_and_no_name_twice() -> None:
    assert names(make_dana()) == [
        ["Home", "My pairs", "Skills", "You said, we did"],
        [
            "Dashboard",
            "Programmes",
            "Approval",
            "Raised hands",
            "People",
            "Import people",
            "Changes around pairs",
            "Skills to review",
            "Outbox",
            "Audit",
        ],
    ]


def test_partner_from_outside_goes_home_and_to_their_pairs_only() -> None:
    assert names(make_partner()) == [["Home", "My pairs"]]


def test_page_below_an_entry_marks_it() -> None:
    alice, dana = make_alice(), make_dana()

    assert here(alice, "/") == ["Home"]
    assert here(alice, f"/people/{dana.pk}/") == ["People"]
    assert here(dana, f"/people/{alice.pk}/") == ["People"]
    assert here(dana, "/hr/outbox/7/") == ["Outbox"]
    assert here(alice, "/profile/") == []


@pytest.mark.parametrize("make", [make_alice, make_dana, make_partner])
def test_every_way_to_go_is_open_to_those_who_see_it(client: Client, make: Callable[[], Person]) -> None:
    person = make()
    client.force_login(person.user)
    request = RequestFactory().get("/")
    request.user = person.user
    ways = [entry for group in navigation.groups(request) for entry in group.entries]

    answers = {entry.url: client.get(entry.url).status_code for entry in (*ways, *navigation.profile_menu(request))}

    assert answers == dict.fromkeys(answers, 200)


@pytest.mark.parametrize("url_name", ["approval", "suggestion-swap", "suggestion-why"])
def test_hrs_pages_about_suggestions_belong_to_approval(url_name: str, client: Client) -> None:
    suggestion = make_suggestion()
    client.force_login(make_dana().user)

    key = suggestion.programme_id if url_name == "approval" else suggestion.pk
    nav = client.get(reverse(url_name, args=[key])).context["nav"]

    assert [entry.name for group in nav for entry in group.entries if entry.is_here] == ["Approval"]
