"""The board's report: two pages, the dashboard's figures, what is too small left out."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from insights.actions.refresh import refresh
from insights.report import board_report, report_data
from mentoring.models import Person, Programme
from tests.builders import make_dana, make_department, make_programme
from tests.insights.history import NOW, make_history
from tests.insights.recount import Recount

pytestmark = pytest.mark.django_db


def words(document: bytes) -> list[str]:
    """Of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(document)).pages]


@pytest.fixture
def programme() -> Programme:
    made = make_history(seed=7, pairs=14)
    made.name = "Reverse mentoring of a company with a long name, " * 2 + "2026"
    made.save()
    refresh(made, NOW)
    return made


def test_it_has_two_pages_with_the_figures_of_a_plain_recount(programme: Programme) -> None:
    everybody = Recount(lambda person: True)

    first, second = words(board_report(programme, NOW))

    for share in (everybody.exchange(), everybody.signed(), everybody.regular(), everybody.moved()):
        assert f"{share:.0f} %" in first
    assert f"{everybody.pace():.2f}" in first
    assert f"{everybody.happiness():.1f}" in first
    assert f"{everybody.enrolled():.0f}" in first
    assert "Nobody was assigned to the programme by lot" in second
    assert "They cannot show" in second


def test_before_anything_is_counted_it_says_so_on_two_pages() -> None:
    first, second = words(board_report(make_programme(), NOW))

    assert "not counted yet" in first
    assert "Shown from five people on" in first
    assert "No comparison with colleagues outside the programme is made" in second


def test_many_departments_with_long_names_fit_on_two_pages() -> None:
    programme = make_history(seed=3, pairs=10)
    for number, person in enumerate(Person.objects.all()):
        person.department = make_department(name=f"Department of a rather long name, number {number % 20}")
        person.save()
    refresh(programme, NOW)

    assert len(words(board_report(programme, NOW))) == 2


def test_hr_opens_it_with_one_click(programme: Programme) -> None:
    client = Client()
    client.force_login(make_dana().user)

    page = client.get(reverse("programme-dashboard", args=[programme.pk]))
    answer = client.get(reverse("programme-report", args=[programme.pk]))

    assert reverse("programme-report", args=[programme.pk]) in page.content.decode()
    assert answer["Content-Type"] == "application/pdf"
    assert len(words(answer.content)) == 2


def test_nothing_in_it_comes_from_fewer_than_five() -> None:
    programme = make_history(seed=5, pairs=2)
    refresh(programme, NOW)

    data, charts = report_data(programme, NOW)

    assert [figure["value"] for figure in (*data["key_points"], *data["also"])] == ["–"] * 9
    assert all("under 5" in row[1] or row[1] == "0" for row in charts["funnel"].rows)  # type: ignore[operator]
    assert all(charts[name].is_empty for name in ("levels", "departments", "flow", "skills"))
