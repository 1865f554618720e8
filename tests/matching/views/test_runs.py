"""Matching runs, over HTTP."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from matching.models import LeftOut, MatchingRun
from mentoring.models import Person
from tests.builders import make_alice, make_dana, make_enrolment, make_person, make_programme, make_run

pytestmark = pytest.mark.django_db
Status = MatchingRun.Status
SUMMARY = {
    "placed": 3, "placed_bound": 3, "asked": 4, "total": 400, "bound": 400, "certified": True, "suggested": 1,
    "kept": 1, "dropped": 0, "left_out": 1, "exchanges": 1, "near_ties": 0, "seconds": {"solve": 0.2},
    "skills": [{"skill": "Pinterest", "wanted": 9, "offered": 2, "left_out": 4}],
    "fairness": {
        "covered": 3, "covered_bound": 4, "weakest": 70, "weakest_bound": 90, "weakest_costs": 1, "swaps": 2,
    },
    "next_mentors": {"offers": [{"skill": "Pinterest", "mentors": 3}, {"skill": "Hiring", "mentors": 1}], "placed": 4},
    "checked": True, "changed": {},
}  # fmt: skip


@pytest.fixture
def dana(client: Client) -> Person:
    """Signed in."""
    dana = make_dana()
    client.force_login(dana.user)
    return dana


def page_of(client: Client, run: MatchingRun, query: str = "") -> str:
    return client.get(reverse("run-detail", args=[run.pk]) + query).content.decode()


def test_starting_a_run_leads_to_its_page(client: Client, dana: Person) -> None:
    programme = make_programme()

    response = client.post(reverse("run-start", args=[programme.pk]))

    run = MatchingRun.objects.get()
    assert response["Location"] == reverse("run-detail", args=[run.pk])
    assert (run.programme, run.started_by, run.status) == (programme, dana, Status.QUEUED)


def test_a_second_start_leads_to_the_run_that_is_under_way(client: Client, dana: Person) -> None:
    run = make_run(status=Status.RUNNING, started_by=dana)

    response = client.post(reverse("run-start", args=[run.programme.pk]), follow=True)

    assert response.redirect_chain[-1][0] == reverse("run-detail", args=[run.pk])
    assert "There is one at a time." in str(next(iter(response.context["messages"])))
    assert MatchingRun.objects.count() == 1


def test_a_run_that_works_shows_how_far_it_is_and_can_be_cancelled(client: Client, dana: Person) -> None:
    run = make_run(status=Status.RUNNING, percent=45, phase="Finding the best plan", started_by=dana)

    html = page_of(client, run)
    client.post(reverse("run-cancel", args=[run.pk]))

    assert "Finding the best plan" in html
    assert 'value="45"' in html
    assert reverse("run-cancel", args=[run.pk]) in html
    run.refresh_from_db()
    assert run.cancel_asked


def test_htmx_gets_the_progress_alone_and_is_led_to_the_result_at_the_end(client: Client, dana: Person) -> None:
    working, done = make_run(status=Status.RUNNING, percent=45), make_run(summary=SUMMARY)

    progress = client.get(reverse("run-detail", args=[working.pk]), headers={"HX-Request": "true"})
    end = client.get(reverse("run-detail", args=[done.pk]), headers={"HX-Request": "true"})

    assert 'value="45"' in progress.content.decode()
    assert "<html" not in progress.content.decode()
    assert end["HX-Redirect"] == reverse("run-detail", args=[done.pk])


def test_the_result_is_told_in_words(client: Client, dana: Person) -> None:
    run = make_run(summary=SUMMARY, started_by=dana, input_hash="abc123")

    html = page_of(client, run)

    assert "3 places of 4 that people asked for could be filled." in html
    assert "this one has the highest total score" in html
    assert "Pinterest" in html
    assert "abc123" in html
    assert "a plan that fills fewer places could give one to 4 at most, each counted once." in html
    assert "The weakest pair scores 70; with as many places filled it could score 90, for 1 point of the total." in html
    assert "For 2 pairs that are not suggested" in html
    assert "The next 4 mentors should offer the following; 4 more people would then have a mentor:" in html
    assert "Pinterest × 3" in html


def test_a_run_of_nobody_proves_nothing_and_says_what_to_do(client: Client, dana: Person) -> None:
    run = make_run(summary={**SUMMARY, "asked": 0, "placed": 0, "placed_bound": 0, "skills": [], "next_mentors": {}})

    html = page_of(client, run)

    assert "Nobody is enrolled. Start another run once people have joined" in html
    assert "Proven" not in html
    assert "Everybody has a partner" not in html


def test_the_people_whom_a_run_touched_are_named(client: Client, dana: Person) -> None:
    alice = make_alice()
    run = make_run(summary={**SUMMARY, "changed": {"new": 1, "moved": 30, "people": [alice.pk]}})

    html = page_of(client, run)

    assert "1 pair is new." in html
    assert f'<a href="{reverse("person-detail", args=[alice.pk])}">Alice</a> and others, 30 in all.' in html
    assert "Nobody. Everybody has a partner" in html


@pytest.mark.parametrize("count", [1, 3])
def test_those_left_out_are_listed_with_reasons_at_a_fixed_cost(
    count: int, client: Client, dana: Person, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    run = make_run(summary=SUMMARY)
    for _ in range(count):
        enrolment = make_enrolment(person=make_alice(), programme=run.programme)
        LeftOut.objects.create(
            run=run, enrolment=enrolment, role="mentee", waits=True, smallest_change="One more mentor would do.",
            rules=[{"rule": "skill", "count": 2, "sentence": "2 people have no offer that covers a wish."}],
        )  # fmt: skip

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        html = page_of(client, run)

    assert html.count("One more mentor would do.") == count
    assert html.count("2 people have no offer that covers a wish.") == count


def test_a_failed_and_a_cancelled_run_say_that_nothing_changed(client: Client, dana: Person) -> None:
    failed = page_of(client, make_run(status=Status.FAILED, problem="The disk is full."))
    cancelled = page_of(client, make_run(status=Status.CANCELLED))

    assert "The disk is full." in failed
    assert "the suggestions from before still stand" in failed
    assert "Nothing was changed." in cancelled


def test_who_is_not_in_hr_is_refused(client: Client) -> None:
    run = make_run()
    client.force_login(make_alice().user)

    answers = [
        client.get(reverse("run-detail", args=[run.pk])).status_code,
        client.post(reverse("run-cancel", args=[run.pk])).status_code,
        client.post(reverse("run-start", args=[run.programme.pk])).status_code,
    ]

    assert answers == [403] * 3


def test_what_changes_something_takes_a_post(client: Client, dana: Person) -> None:
    run = make_run()

    assert client.get(reverse("run-start", args=[run.programme.pk])).status_code == 405
    assert client.get(reverse("run-cancel", args=[run.pk])).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_many_are_left_out(
    number: int, client: Client, dana: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = make_run(status=Status.DONE, summary=SUMMARY, started_by=dana)
    for _ in range(number):
        enrolment = make_enrolment(person=make_person(), programme=run.programme)
        LeftOut.objects.create(run=run, enrolment=enrolment, role="mentee", waits=True)
    page_of(client, run)

    with django_assert_num_queries(5):
        page = client.get(reverse("run-detail", args=[run.pk]))

    assert len(page.context["page"]) == number
