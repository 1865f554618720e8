import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.actions.programmes import change
from mentoring.forms.programmes import ProgrammeForm
from mentoring.models import Person, Programme
from tests.builders import make_alice, make_bob, make_dana, make_enrolment, make_pair, make_programme

pytestmark = pytest.mark.django_db


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person.user)
    return client


def filled_in(**changes: object) -> dict[str, object]:
    """What the browser sends of the form for a new programme, as it opens."""
    form = ProgrammeForm()
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data |= {"name": "Reverse mentoring 2027", "purpose": "Learn from each other.", **changes}
    return {name: str(value) for name, value in data.items() if value not in (None, False)}


def test_the_form_for_a_new_programme_needs_a_name_and_a_purpose_only(client: Client) -> None:
    response = signed_in(client, make_dana()).post("/programmes/new/", filled_in())

    programme = Programme.objects.get()
    assert response.headers["Location"] == f"/programmes/{programme.pk}/"
    assert (programme.status, programme.meetings_planned, programme.min_grade_gap) == ("draft", 6, 1)
    assert (programme.ends_on - programme.starts_on).days == 182
    assert programme.enrol_from == timezone.localdate()
    assert programme.guide.startswith("## What reverse mentoring is")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"name": "x" * 10_000}, "name", "Ensure this value has at most 120 characters (it has 10000)."),
        ({"starts_on": "2027-02-30"}, "starts_on", "Enter a valid date."),
        ({"starts_on": "2027-06-01", "ends_on": "2027-05-01"}, "ends_on", "The programme must end after it starts."),
        ({"starts_on": "0001-01-01"}, "starts_on", "Choose a year from 2020 to 2100."),
        (
            {"enrol_from": "2027-06-01", "enrol_until": "2027-05-01"},
            "enrol_until", "Enrolment must close on or after the day it opens.",
        ),
        ({"enrol_until": "2099-05-01"}, "enrol_until", "Enrolment must close before the programme ends."),
        (
            {"meeting_minutes_from": "60", "meeting_minutes_to": "30"},
            "meeting_minutes_to", "The longest meeting cannot be shorter than the shortest.",
        ),
        ({"weight_exchange": "11"}, "weight_exchange", "Ensure this value is less than or equal to 10."),
        ({"meetings_planned": "many"}, "meetings_planned", "Enter a whole number."),
    ],
)  # fmt: skip
def test_wrong_input_is_said_at_its_field_and_kept(
    client: Client, changes: dict[str, str], field: str, words: str
) -> None:
    sent = filled_in(**changes)

    response = signed_in(client, make_dana()).post("/programmes/new/", sent)

    form = response.context["form"]
    assert {name: list(errors) for name, errors in form.errors.items()} == {field: [words]}
    assert form["purpose"].value() == sent["purpose"]
    assert not Programme.objects.exists()


def test_a_name_that_is_taken_is_said_at_the_name(client: Client) -> None:
    make_programme(name="Reverse mentoring 2027")

    response = signed_in(client, make_dana()).post("/programmes/new/", filled_in())

    assert list(response.context["form"].errors) == ["name"]


def test_the_guide_is_previewed_without_saving_and_without_script(client: Client) -> None:
    signed_in(client, make_dana())

    with_script = client.post("/programmes/preview/", {"guide": "**bold** <script>alert(1)</script>"})
    without = client.post("/programmes/new/", {**filled_in(guide="**bold**"), "do": "preview"})

    assert with_script.content.decode() == "<p><strong>bold</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    assert "<strong>bold</strong>" in without.content.decode()
    assert not Programme.objects.exists()


def test_an_edit_is_saved_and_raises_the_version(client: Client) -> None:
    programme = make_programme(name="Old name")
    sent = {**filled_in(name="New name"), "version": str(programme.version)}

    response = signed_in(client, make_dana()).post(f"/programmes/{programme.pk}/edit/", sent)

    programme.refresh_from_db()
    assert (response.status_code, programme.name, programme.version) == (302, "New name", 2)


def test_an_edit_of_a_stale_page_is_refused_once_and_keeps_what_was_typed(client: Client) -> None:
    programme, dana = make_programme(name="Old name"), make_dana()
    stale = {**filled_in(name="Mine"), "version": str(programme.version)}
    change(programme, by=dana, version=programme.version, name="Theirs")

    response = signed_in(client, dana).post(f"/programmes/{programme.pk}/edit/", stale)

    programme.refresh_from_db()
    assert (programme.name, response.context["form"]["name"].value()) == ("Theirs", "Mine")
    assert "Somebody changed this" in response.context["form"].non_field_errors()[0]
    client.post(f"/programmes/{programme.pk}/edit/", {**stale, "version": str(response.context["version"])})
    programme.refresh_from_db()
    assert programme.name == "Mine"


def test_a_wrong_input_does_not_make_a_stale_page_fresh(client: Client) -> None:
    programme, dana = make_programme(name="Old name"), make_dana()
    stale = {**filled_in(name=""), "version": str(programme.version)}
    change(programme, by=dana, version=programme.version, name="Theirs")

    response = signed_in(client, dana).post(f"/programmes/{programme.pk}/edit/", stale)

    assert response.context["version"] == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_version_that_is_none_saves_nothing(client: Client, version: str) -> None:
    programme = make_programme(name="Old name")

    signed_in(client, make_dana()).post(
        f"/programmes/{programme.pk}/edit/", {**filled_in(name="New name"), "version": version}
    )

    programme.refresh_from_db()
    assert programme.name == "Old name"


def test_a_draft_is_launched_and_closed_and_opened_again(client: Client) -> None:
    programme = make_programme(status=Programme.Status.DRAFT)
    signed_in(client, make_dana())
    statuses = []

    for step in ("launch", "launch", "close", "close", "launch"):
        client.post(f"/programmes/{programme.pk}/{step}/")
        programme.refresh_from_db()
        statuses.append((programme.status, programme.announcing))

    assert statuses == [("launched", False)] * 2 + [("closed", False)] * 2 + [("launched", False)]


def test_only_a_tick_tells_everybody(client: Client) -> None:
    programme = make_programme(status=Programme.Status.DRAFT)

    signed_in(client, make_dana()).post(f"/programmes/{programme.pk}/launch/", {"announce": "on"})

    programme.refresh_from_db()
    assert programme.announcing


@pytest.mark.parametrize("path", ["new/", "preview/", "{pk}/edit/", "{pk}/launch/", "{pk}/close/"])
def test_programmes_are_designed_by_hr_alone(client: Client, path: str) -> None:
    programme = make_programme()

    response = signed_in(client, make_alice()).post("/programmes/" + path.format(pk=programme.pk), filled_in())

    programme.refresh_from_db()
    assert (response.status_code, programme.status, programme.version) == (403, "launched", 1)


def test_a_draft_is_hidden_from_all_but_hr(client: Client) -> None:
    programme = make_programme(status=Programme.Status.DRAFT)

    statuses = [
        signed_in(client, person).get(f"/programmes/{programme.pk}/").status_code
        for person in (make_alice(), make_dana())
    ]

    assert statuses == [404, 200]


def test_a_partner_from_outside_sees_only_what_they_are_enrolled_in(client: Client) -> None:
    paula = make_bob(kind=Person.Kind.PARTNER, partner_until=dt.date(2099, 1, 1))
    theirs, other = make_programme(), make_programme()
    make_enrolment(person=paula, programme=theirs)

    statuses = [signed_in(client, paula).get(f"/programmes/{p.pk}/").status_code for p in (theirs, other)]

    assert statuses == [200, 404]


def test_the_page_of_a_programme_makes_its_guide_safe(client: Client) -> None:
    programme = make_programme(guide="# Hello\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1))")

    page = signed_in(client, make_alice()).get(f"/programmes/{programme.pk}/").content.decode()

    assert "<h1>Hello</h1>" in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


def test_the_list_puts_each_programme_where_the_reader_looks_for_it(client: Client) -> None:
    alice, today = make_alice(), timezone.localdate()
    mine = make_programme(name="Mine")
    make_enrolment(person=alice, programme=mine)
    make_programme(name="To join")
    make_programme(name="Too late", enrol_until=today - dt.timedelta(days=1))
    make_programme(name="Last year", starts_on=today - dt.timedelta(days=400), ends_on=today - dt.timedelta(days=200))
    make_programme(name="Draft", status=Programme.Status.DRAFT)

    groups = signed_in(client, alice).get("/programmes/").context["groups"]

    assert {group.title: [row.programme.name for row in group.rows] for group in groups} == {
        "Open for enrolment": ["To join"],
        "Mine": ["Mine"],
        "Running": ["Too late"],
        "Over": ["Last year"],
    }


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_few_questions_for_any_number(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dana = make_dana()
    for _ in range(number):
        make_enrolment(person=dana, programme=make_programme())
    signed_in(client, dana)

    with django_assert_num_queries(6):
        client.get("/programmes/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_of_hr_asks_the_same_few_questions_for_any_number(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = make_programme()
    for _ in range(number):
        make_pair(programme=programme)
    signed_in(client, make_dana())

    with django_assert_num_queries(8):
        page = client.get(f"/programmes/{programme.pk}/")

    figures = page.context["figures"]
    assert (figures.enrolled, figures.in_pair, figures.running) == (2 * number, 2 * number, number)
