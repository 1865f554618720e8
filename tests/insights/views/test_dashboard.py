import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from insights.actions.refresh import refresh
from insights.models import RollUp
from mentoring.models import Department, EarlyEnd, Pair, Person, Programme, Reading
from tests.builders import make_dana, make_enrolment, make_pair, make_person, make_programme, make_skill, make_wish
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


def make_quiet_pairs(programme: Programme, number: int) -> list[Pair]:
    """Started 45 days ago; they never met."""
    pairs = []
    for _ in range(number):
        mentee = make_person(level=7, department="Finance")
        make_wish(person=mentee)
        pairs.append(
            make_pair(
                programme=programme, mentor=make_person(level=2), mentee=mentee,
                started_at=timezone.now() - dt.timedelta(days=45),
            )
        )  # fmt: skip
    refresh(programme)
    return pairs


PAGES = {
    "programme-dashboard": ([], 8),
    "programme-figure": (["pace"], 17),
    "programme-pictures": ([], 17),
    "programme-needs": ([], 10),
    "programme-leaders": ([], 8),
}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", PAGES)
def test_pages_of_a_programme_cost_the_same_however_many_pairs(
    name: str, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = make_programme()
    make_quiet_pairs(programme, number)
    args, queries = PAGES[name]
    client, url = client_of(make_dana()), reverse(name, args=[programme.pk, *args])
    client.get(url)

    with django_assert_num_queries(queries):
        page = client.get(url)

    assert page.status_code == 200


def test_the_figures_are_worked_out_once_for_each_count() -> None:
    programme, now, seen = make_programme(), timezone.now(), []
    client, url = client_of(make_dana()), reverse("programme-dashboard", args=[programme.pk])

    for _ in range(2):
        make_pair(programme=programme, mentor=make_enrolled(programme), mentee=make_enrolled(programme), started_at=now)
        refresh(programme, now)  # at the same moment, too, it is another count
        seen += [in_a_pair(client, url), in_a_pair(client, url)]

    assert seen == [2, 2, 4, 4]


def make_enrolled(programme: Programme) -> Person:
    return make_enrolment(person=make_person(), programme=programme).person


def in_a_pair(client: Client, url: str) -> int:
    [value] = [stage for stage in client.get(url).context["board"].facts["stages"] if stage.figure.slug == "active"]
    return int(value.whole.n)


@pytest.mark.parametrize("number", [1, 3])
def test_dashboard_costs_the_same_however_many_programmes(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        make_quiet_pairs(make_programme(), 1)
    client = client_of(make_dana())
    client.get(reverse("dashboard"))

    with django_assert_num_queries(13):
        page = client.get(reverse("dashboard"))

    assert [(row.enrolled, row.active, row.needs) for row in page.context["rows"]] == [(2, 2, 1)] * number


def test_dashboard_that_was_never_counted_says_so() -> None:
    page = client_of(make_dana()).get(reverse("programme-dashboard", args=[make_programme().pk]))

    assert "Not counted yet." in page.text
    assert "Nothing to show yet." in page.text


def test_filters_stand_in_the_address_show_as_chips_and_can_be_cleared() -> None:
    programme = make_programme()
    make_quiet_pairs(programme, 2)
    finance = Department.objects.get(name="Finance")

    page = client_of(make_dana()).get(
        reverse("programme-dashboard", args=[programme.pk]), {"department": finance.pk, "band": 1}
    )

    assert [(chip.name, chip.address) for chip in page.context["form"].chips] == [
        ("Department", "?band=1"), ("Grade band", f"?department={finance.pk}"),
    ]  # fmt: skip
    assert (
        reverse("programme-figure", args=[programme.pk, "pace"]) + f"?department={finance.pk}&amp;band=1" in page.text
    )


def test_a_filter_that_cannot_be_read_is_said_at_its_field_and_filters_nothing() -> None:
    programme = make_programme()
    make_quiet_pairs(programme, 1)

    page = client_of(make_dana()).get(
        reverse("programme-dashboard", args=[programme.pk]), {"department": "x'; --", "since": "2026-13"}
    )

    form = page.context["form"]
    assert sorted(form.errors) == ["department", "since"]
    assert form.selection.is_open


def test_count_anew_asks_for_it_and_a_second_press_does_not_ask_twice() -> None:
    programme = make_programme()
    refresh(programme)
    client, url = client_of(make_dana()), reverse("programme-refresh", args=[programme.pk])

    for _ in range(2):
        client.post(url)

    asked = RollUp.objects.get().asked_at
    assert asked is not None
    assert "Newer figures are on the way." in client.get(reverse("programme-dashboard", args=[programme.pk])).text


def test_files_hold_what_the_page_shows_and_no_live_formula() -> None:
    programme = make_programme()
    pair = make_quiet_pairs(programme, 1)[0]
    make_wish(person=pair.mentee, skill=make_skill(name="=1+1"))
    refresh(programme)
    client = client_of(make_dana())

    skills = client.get(reverse("programme-picture-file", args=[programme.pk, "skills", "csv"]))
    levels = client.get(reverse("programme-figure-file", args=[programme.pk, "levels", "csv"]))

    assert "'=1+1,1,0" in _lines(skills)
    assert _lines(levels)[1] == "All,,,5.0,1,the middle half between 5 and 5"


def _lines(answer: object) -> list[str]:
    return b"".join(answer).decode("utf-8-sig").splitlines()  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("programme-figure", ["nonsense"]), ("programme-figure-file", ["pace", "pdf"]),
        ("programme-picture-file", ["nonsense", "csv"]), ("programme-leaders-file", ["pdf"]),
    ],
)  # fmt: skip
def test_what_there_is_not_is_not_found(name: str, args: list[str]) -> None:
    answer = client_of(make_dana()).get(reverse(name, args=[make_programme().pk, *args]))

    assert answer.status_code == 404


def test_downloading_leaders_calendars_leaves_a_row_with_each_leader() -> None:
    programme, dana = make_programme(), make_dana()
    pairs = make_quiet_pairs(programme, 2)

    answer = client_of(dana).get(reverse("programme-leaders-file", args=[programme.pk, "csv"]))

    text = b"".join(answer).decode()  # type: ignore[arg-type]
    assert all(pair.senior.name in text for pair in pairs)
    rows = Reading.objects.filter(what=Reading.What.EXPORT, reader=dana)
    assert {row.person_id for row in rows} == {pair.senior.pk for pair in pairs}


@pytest.mark.parametrize("over", ["one programme", "all"])
def test_why_pairs_ended_early_stands_on_the_dashboard_and_in_the_file_of_all_figures(over: str) -> None:
    programme, client = make_programme(), client_of(make_dana())
    causes = ["time", "time", "time", "match", "work"] * 2
    EarlyEnd.objects.bulk_create(EarlyEnd(programme=programme, cause=cause) for cause in causes)
    refresh(programme)
    page, file, args = ("dashboard", "all-figures-file", []) if over == "all" else (
        "programme-dashboard", "programme-figures-file", [programme.pk],
    )  # fmt: skip

    assert list(client.get(reverse(page, args=args)).context["causes"].rows) == [
        ("There was too little time", 6), ("Other causes, each given by fewer than five", 4),
    ]  # fmt: skip
    lines = b"".join(client.get(reverse(file, args=[*args, "csv"]))).decode().splitlines()  # type: ignore[arg-type]
    assert lines[-2:] == [
        "Why pairs ended early,All,6,people,10,There was too little time",
        'Why pairs ended early,All,4,people,10,"Other causes, each given by fewer than five"',
    ]


def test_a_figure_of_one_stands_in_the_singular() -> None:
    programme = make_programme()
    pair = make_pair(programme=programme, mentor=make_person(level=2), mentee=make_person(level=3))
    assert pair.has_started
    refresh(programme)

    page = client_of(make_dana()).get(reverse("programme-figure", args=[programme.pk, "levels"]))

    assert (page.context["value"].whole.written, page.context["value"].unit) == ("1", "level")
