"""HR's approval workspace, over HTTP."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching.models import MatchingRun, Suggestion
from mentoring.models import Pair, Person, Programme
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_enrolment,
    make_pair,
    make_person,
    make_programme,
    make_request,
    make_run,
    make_suggestion,
)

pytestmark = pytest.mark.django_db
Status = Suggestion.Status
HTMX = {"HX-Request": "true"}


@pytest.fixture
def dana(client: Client) -> Person:
    """Signed in."""
    dana = make_dana()
    client.force_login(dana.user)
    return dana


def page_of(client: Client, programme: Programme, query: str = "") -> str:
    response = client.get(reverse("approval", args=[programme.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, name: str, suggestion: Suggestion, **data: Any) -> Any:
    return client.post(reverse(name, args=[suggestion.pk]), data, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_table_shows_those_that_wait_with_reasons_and_what_hr_can_do(client: Client, dana: Person) -> None:
    suggestion = make_suggestion()
    make_suggestion(programme=suggestion.programme, mentor=make_charlie(), status=Status.REJECTED)

    html = page_of(client, suggestion.programme)

    assert "A sentence on the skill." in html
    assert reverse("suggestion-approve", args=[suggestion.pk]) in html
    assert "Charlie" not in html


def test_a_request_that_only_one_said_yes_to_is_not_in_the_table(client: Client, dana: Person) -> None:
    request = make_request()
    make_request(programme=request.programme, asked_by=make_charlie(), status=Status.DECLINED)

    html = page_of(client, request.programme, "?status=")

    assert "Alice" not in html
    assert "Charlie" not in html


def queries_of(client: Client, programme: Programme, query: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page_of(client, programme, query)
    return len(captured)


def test_the_table_costs_as_many_queries_for_three_rows_as_for_one(client: Client, dana: Person) -> None:
    programme, counts = make_programme(), []
    make_run(programme=programme, summary={"placed": 1, "asked": 1, "certified": True})
    for rows in (1, 2):
        for _ in range(rows):
            make_suggestion(programme=programme, mentor=make_person(), mentee=make_person())
            pair = make_pair(programme=programme, mentor=make_person(), mentee=make_person(), status="declined")
            make_suggestion(
                programme=programme, mentor=pair.mentor, mentee=pair.mentee, status=Status.APPROVED, pair=pair,
                decided_by=dana, decided_at=timezone.now(),
            )  # fmt: skip
        counts.append([queries_of(client, programme, query) for query in ("", "?status=")])

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 25


def test_who_is_not_in_hr_is_refused(client: Client) -> None:
    suggestion = make_suggestion()
    client.force_login(suggestion.mentor.user)

    refused = [
        client.get(reverse("approval", args=[suggestion.programme.pk])).status_code,
        *(
            client.post(reverse(f"suggestion-{verb}", args=[suggestion.pk])).status_code
            for verb in ("approve", "reject", "reinstate", "swap")
        ),
    ]

    assert refused == [403] * 5
    assert Suggestion.objects.get().status == Status.PROPOSED


def test_hr_approves_and_comes_back_to_the_table_as_it_was(client: Client, dana: Person) -> None:
    suggestion = make_suggestion()
    address = reverse("approval", args=[suggestion.programme.pk]) + "?q=ali&page=1"

    response = post(client, "suggestion-approve", suggestion, address=address)

    assert response.redirect_chain[-1][0] == address
    assert said(response) == ["Alice and Bob: Approved. Alice is asked first."]
    assert Pair.objects.get().status == Pair.Status.ASKING_JUNIOR


def test_an_address_outside_of_the_site_is_not_gone_to(client: Client, dana: Person) -> None:
    suggestion = make_suggestion()

    response = post(client, "suggestion-approve", suggestion, address="https://elsewhere.example/")

    assert response.redirect_chain[-1][0] == reverse("approval", args=[suggestion.programme.pk])


def test_htmx_gets_the_row_as_it_is_now_and_a_sentence_to_show(client: Client, dana: Person) -> None:
    suggestion = make_suggestion()

    response = client.post(reverse("suggestion-approve", args=[suggestion.pk]), headers=HTMX)

    html = response.content.decode()
    assert f'id="suggestion-{suggestion.pk}"' in html
    assert "Being asked" in html
    assert "data-waits" not in html
    assert json.loads(response["HX-Trigger"]) == {"toast": "Alice and Bob: Approved. Alice is asked first."}


def test_a_page_that_is_out_of_date_says_who_was_first_and_gives_the_reason_back(client: Client, dana: Person) -> None:
    suggestion = make_suggestion()
    post(client, "suggestion-approve", suggestion)
    Suggestion.objects.update(decided_at=timezone.now() - dt.timedelta(minutes=1))
    client.force_login(make_dana(name="Eve").user)

    response = post(client, "suggestion-reject", suggestion, **{f"because-{suggestion.pk}": "No"})

    assert said(response) == ["Alice and Bob: Dana approved this 1\xa0minute ago. You wrote: “No”"]
    assert Suggestion.objects.get().status == Status.APPROVED


def test_a_reporting_line_is_approved_only_with_its_tick(client: Client, dana: Person) -> None:
    bob = make_bob()
    suggestion = make_suggestion(mentor=make_alice(manager=bob), mentee=bob)

    assert "I allow this reporting line" in page_of(client, suggestion.programme)
    refused = post(client, "suggestion-approve", suggestion)
    allowed = post(client, "suggestion-approve", suggestion, **{f"allow-{suggestion.pk}": "yes"})

    assert "Tick “I allow this reporting line”" in said(refused)[0]
    assert said(allowed) == ["Alice and Bob: Approved. Alice is asked first."]


def test_a_reason_is_kept_and_a_rejection_can_be_undone(client: Client, dana: Person) -> None:
    suggestion = make_suggestion()

    post(client, "suggestion-reject", suggestion, **{f"because-{suggestion.pk}": "They share an office."})
    rejected = page_of(client, suggestion.programme, "?status=rejected")
    undone = post(client, "suggestion-reinstate", suggestion)

    assert "They share an office." in rejected
    assert reverse("suggestion-reinstate", args=[suggestion.pk]) in rejected
    assert said(undone) == ["Alice and Bob: Taken back: it waits for you again."]
    assert Suggestion.objects.get().status == Status.PROPOSED


def test_all_that_speaks_for_a_suggestion_comes_into_its_row_and_has_a_page_of_its_own(
    client: Client, dana: Person
) -> None:
    told = [{"name": "skill_fit", "points": 40, "sentence": "Alice knows it well."}]
    otherwise = [{"sentence": "Charlie would have had Bob."}]
    suggestion = make_suggestion(criteria=told, alternatives=otherwise)
    address = reverse("suggestion-why", args=[suggestion.pk])

    row, page = (client.get(address, headers=headers).content.decode() for headers in (HTMX, {}))

    assert ("<html" in row, "<html" in page) == (False, True)
    for html in (row, page):
        assert "Alice knows it well." in html
        assert "Charlie would have had Bob." in html
    assert address in page_of(client, suggestion.programme)


def test_without_script_a_page_asks_for_the_reason(client: Client, dana: Person) -> None:
    suggestion = make_suggestion()
    address = reverse("suggestion-reject", args=[suggestion.pk])

    asked = client.get(address).content.decode()
    post(client, "suggestion-reject", suggestion, **{f"because-{suggestion.pk}": "They share an office."})
    late = client.get(address, follow=True)

    assert f'name="because-{suggestion.pk}"' in asked
    assert Suggestion.objects.get().rejected_because == "They share an office."
    assert said(late)[0].startswith("Alice and Bob: Dana rejected this")


@pytest.mark.parametrize(
    "query", ["", "?page=2", "?status=proposed&sort=-score&page=2", "?mark=&q=", "?status=&page=9"]
)
def test_however_the_table_is_asked_for_its_rows_are_the_same(query: str, client: Client, dana: Person) -> None:
    """The table as it opens is looked up in another way than a part of it."""
    programme = make_programme()
    made = [
        make_suggestion(programme=programme, mentor=make_person(), mentee=make_person(), score=n) for n in range(42)
    ]
    last_two = [suggestion.pk for suggestion in reversed(made)][40:]

    shown = [int(pk) for pk in re.findall(r'id="suggestion-(\d+)"', page_of(client, programme, query))]

    assert shown == (last_two if "page" in query else [suggestion.pk for suggestion in reversed(made)][:40])


def test_a_decision_of_somebody_else_is_seen_at_the_next_look(client: Client, dana: Person) -> None:
    """Rows that are kept drawn follow from what is read in the request."""
    suggestion = make_suggestion()
    other = make_suggestion(programme=suggestion.programme, mentor=make_charlie(), mentee=make_person())
    first = page_of(client, suggestion.programme)

    Suggestion.objects.filter(pk=other.pk).update(status=Status.REJECTED)
    Person.objects.filter(pk=suggestion.mentor_id).update(name="Alicia")
    then = page_of(client, suggestion.programme)

    assert ("Charlie" in first, "Charlie" in then) == (True, False)
    assert ("Alicia" in first, "Alicia" in then) == (False, True)


def test_a_reason_that_is_too_long_rejects_nothing(client: Client, dana: Person) -> None:
    suggestion = make_suggestion()

    response = post(client, "suggestion-reject", suggestion, **{f"because-{suggestion.pk}": "x" * 601})

    assert "at most 600 characters" in said(response)[0]
    assert Suggestion.objects.get().status == Status.PROPOSED


def test_what_stands_in_the_way_is_said_in_place_of_the_button(client: Client, dana: Person) -> None:
    suggestion = make_suggestion()
    Person.objects.filter(pk=suggestion.mentor_id).update(left_on=dt.date(2026, 1, 1))

    html = page_of(client, suggestion.programme)

    assert "Alice has left the company." in html
    assert reverse("suggestion-approve", args=[suggestion.pk]) not in html


@pytest.mark.parametrize("status", ["declined", "expired"])
def test_both_people_of_an_invitation_that_came_to_nothing_need_a_new_partner(
    status: str, client: Client, dana: Person
) -> None:
    """Neither the list nor its order says whose answer it was."""
    programme = make_programme()
    make_pair(programme=programme, status=status)
    make_pair(programme=programme, mentor=make_charlie(), mentee=make_person(name="Frank"))

    html = page_of(client, programme)

    assert "Need a new partner" in html
    assert (">Alice</a>" in html, ">Bob</a>" in html, ">Charlie</a>" in html) == (True, True, False)


def test_hr_does_not_see_whose_answer_is_awaited(client: Client, dana: Person) -> None:
    programme = make_programme()
    for status, name in (("asking_junior", "Ann"), ("asking_senior", "Ben")):
        person = make_person(name=name)
        pair = make_pair(programme=programme, mentor=person, mentee=make_person(), status=status)
        make_suggestion(programme=programme, mentor=person, mentee=pair.mentee, status=Status.APPROVED, pair=pair)

    html = page_of(client, programme, "?status=approved")

    assert html.count("Being asked") == 2
    assert "first yes" not in html
    assert "second yes" not in html


def test_an_empty_programme_says_what_to_do(client: Client, dana: Person) -> None:
    programme = make_programme()
    make_enrolment(person=make_alice(), programme=programme)

    assert "No suggestions yet" in page_of(client, programme)
    assert "Nothing here" in page_of(client, programme, "?status=rejected")

    run = make_run(programme=programme, summary={"placed": 0, "asked": 2, "suggested": 0})
    html = page_of(client, programme)
    assert "The last run suggested nobody" in html
    assert html.count(reverse("run-detail", args=[run.pk])) == 2
    assert "placed 0 of 2 places" in html

    MatchingRun.objects.update(summary={"placed": 0, "asked": 0, "suggested": 0, "certified": True})
    assert "found nobody who is enrolled." in page_of(client, programme)


def test_a_programme_that_is_not_there_is_404(client: Client, dana: Person) -> None:
    assert client.get(reverse("approval", args=[999])).status_code == 404
    assert client.post(reverse("suggestion-approve", args=[999])).status_code == 404


def test_the_list_of_programmes_says_what_waits_in_each(client: Client, dana: Person) -> None:
    spring, autumn = make_programme(name="Spring"), make_programme(name="Autumn")
    make_programme(name="Draft", status="draft")
    make_run(programme=autumn)
    for _ in range(2):
        make_suggestion(programme=spring)

    html = client.get(reverse("approval-list")).content.decode()

    assert html.index("Spring") < html.index("2 suggestions to decide on") < html.index("No matching run yet")
    assert html.index("Autumn") < html.index("Nothing to decide on") < html.index("1 matching run so far")
    assert "Draft" not in html


def test_without_a_programme_the_list_says_what_to_do(client: Client, dana: Person) -> None:
    assert "No programme runs" in client.get(reverse("approval-list")).content.decode()
