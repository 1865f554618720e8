import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.models import Person, Programme
from tests.builders import make_alice, make_dana, make_pair, make_person, make_programme, make_skill, make_wish

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def make_quiet_pairs(programme: Programme, number: int) -> None:
    for _ in range(number):
        mentee = make_person(level=7, department="Finance")
        make_wish(person=mentee)
        pair = make_pair(programme=programme, mentor=make_person(level=2), mentee=mentee)
        pair.started_at = timezone.now() - dt.timedelta(days=45)
        pair.save()


@pytest.mark.parametrize("number", [1, 3])
def test_programme_dashboard_costs_the_same_however_many_pairs(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = make_programme()
    make_quiet_pairs(programme, number)
    client = signed_in(make_dana())
    client.get(reverse("programme-dashboard", args=[programme.pk]))

    with django_assert_num_queries(19):
        page = client.get(reverse("programme-dashboard", args=[programme.pk]))

    assert len(page.context["needs"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_dashboard_costs_the_same_however_many_programmes(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        make_quiet_pairs(make_programme(), 1)
    client = signed_in(make_dana())
    client.get(reverse("dashboard"))

    with django_assert_num_queries(6):
        page = client.get(reverse("dashboard"))

    assert [programme.n_running for programme in page.context["page"]] == [1] * number


def test_programme_dashboard_of_an_empty_programme_says_what_is_to_come() -> None:
    programme = make_programme()

    page = signed_in(make_dana()).get(reverse("programme-dashboard", args=[programme.pk]))

    assert page.status_code == 200
    assert "Nothing to show yet." in page.text
    assert "Every pair meets, and nobody has asked for help." in page.text


def test_dashboards_are_for_hr_alone() -> None:
    programme = make_programme()
    client = signed_in(make_alice())

    answers = [
        client.get(reverse("dashboard")).status_code,
        client.get(reverse("programme-dashboard", args=[programme.pk])).status_code,
        client.get(reverse("figure-csv", args=[programme.pk, "funnel"])).status_code,
    ]

    assert answers == [403, 403, 403]


def test_figure_csv_holds_no_live_formula() -> None:
    programme = make_programme()
    pair = make_pair(programme=programme)
    make_wish(person=pair.mentee, skill=make_skill(name="=1+1"))

    answer = signed_in(make_dana()).get(reverse("figure-csv", args=[programme.pk, "skills"]))

    assert answer.content.decode("utf-8-sig").splitlines() == ["Skill,Wanted by,Offered by", "'=1+1,1,0"]


def test_figure_csv_of_an_unknown_figure_is_not_found() -> None:
    answer = signed_in(make_dana()).get(reverse("figure-csv", args=[make_programme().pk, "nonsense"]))

    assert answer.status_code == 404
