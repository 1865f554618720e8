"""Many suggestions at once, over HTTP: a summary before, the result after."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from matching.models import BulkDecision, Suggestion
from mentoring.models import Person, Programme
from tests.builders import make_alice, make_bob, make_charlie, make_dana, make_person, make_programme, make_suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(client: Client) -> Person:
    """Signed in."""
    dana = make_dana()
    client.force_login(dana.user)
    return dana


@pytest.fixture
def rows() -> list[Suggestion]:
    """Three of one programme; the second has a mentor whose only place the first takes."""
    programme, alice = make_programme(), make_alice()
    return [
        make_suggestion(programme=programme, mentor=alice, mentee=make_bob(), score=90),
        make_suggestion(programme=programme, mentor=alice, mentee=make_charlie(), score=80),
        make_suggestion(programme=programme, mentor=make_person(), mentee=make_person(), score=70),
    ]


def summary(client: Client, programme: Programme, **data: Any) -> str:
    return client.post(reverse("approval-bulk", args=[programme.pk]), data, follow=True).content.decode()


def confirm(client: Client, programme: Programme, html: str, **data: str) -> Any:
    hidden = dict(re.findall(r'name="(decision|ids)" value="([^"]*)"', html))
    return client.post(reverse("approval-bulk", args=[programme.pk]), {**hidden, **data}, follow=True)


def statuses() -> list[str]:
    return list(Suggestion.objects.order_by("-score").values_list("status", flat=True))


def test_the_summary_says_what_will_happen_and_changes_nothing(
    client: Client, dana: Person, rows: list[Suggestion]
) -> None:
    html = summary(client, rows[0].programme, do="approve", chosen=[row.pk for row in rows])

    assert "Approve 2 suggestions?" in html
    assert "4 people will be asked; 1 cannot be approved." in re.sub(r"\s+", " ", html)
    assert "Alice has no free place as mentor any more." in html
    assert statuses() == ["proposed"] * 3


def test_what_was_confirmed_is_approved_and_the_result_is_told(
    client: Client, dana: Person, rows: list[Suggestion]
) -> None:
    html = summary(client, rows[0].programme, do="approve", chosen=[row.pk for row in rows])

    response = confirm(client, rows[0].programme, html)

    assert response.redirect_chain[-1][0] == reverse("bulk-detail", args=[BulkDecision.objects.get().pk])
    assert "2 approved" in response.content.decode()
    assert statuses() == ["approved", "proposed", "approved"]


def test_all_that_match_the_filter_can_be_chosen(client: Client, dana: Person, rows: list[Suggestion]) -> None:
    html = summary(client, rows[0].programme, do="approve", everything="yes", matching="score_to=85&sort=score")

    assert "Approve 2 suggestions?" in html


def test_a_rejection_in_bulk_is_undone_with_one_press(client: Client, dana: Person, rows: list[Suggestion]) -> None:
    programme = rows[0].programme
    html = summary(client, programme, do="reject", chosen=[row.pk for row in rows])
    rejected = confirm(client, programme, html, because="Too close.")
    before = statuses()

    undone = confirm(client, programme, rejected.content.decode())

    assert before == ["rejected"] * 3
    assert "3 put back" in undone.content.decode()
    assert statuses() == ["proposed"] * 3


def test_more_than_a_request_can_take_is_left_to_a_worker(
    client: Client, dana: Person, rows: list[Suggestion], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.actions.bulk.AT_ONCE", 1)
    html = summary(client, rows[0].programme, do="approve", chosen=[row.pk for row in rows])

    response = confirm(client, rows[0].programme, html)
    progress = client.get(response.redirect_chain[-1][0], headers={"HX-Request": "true"}).content.decode()

    assert "worked off in the background" in html
    assert "0 of 2" in progress
    assert statuses() == ["proposed"] * 3


def test_with_nothing_chosen_the_page_says_what_to_do(client: Client, dana: Person, rows: list[Suggestion]) -> None:
    assert "Choose some suggestions first" in summary(client, rows[0].programme, do="approve")


@pytest.mark.parametrize("ids", ["", "x", "1,,2", "-1"])
def test_a_confirmation_that_does_not_make_sense_decides_nothing(
    ids: str, client: Client, dana: Person, rows: list[Suggestion]
) -> None:
    html = summary(client, rows[0].programme, decision="approve", ids=ids)

    assert "nothing was decided" in html
    assert BulkDecision.objects.count() == 0


def test_suggestions_of_another_programme_are_not_decided(client: Client, dana: Person, rows: list[Suggestion]) -> None:
    other = make_suggestion()

    confirm(client, rows[0].programme, "", decision="approve", ids=f"{rows[0].pk},{other.pk}")

    other.refresh_from_db()
    assert BulkDecision.objects.get().suggestion_ids == [rows[0].pk]
    assert other.status == "proposed"


def test_a_decision_confirmed_twice_decides_once(client: Client, dana: Person, rows: list[Suggestion]) -> None:
    html = summary(client, rows[0].programme, do="approve", chosen=[rows[0].pk])

    confirm(client, rows[0].programme, html)
    again = confirm(client, rows[0].programme, html).content.decode()

    assert "Dana approved this" in again
    assert statuses() == ["approved", "proposed", "proposed"]


def test_who_is_not_in_hr_is_refused(client: Client, rows: list[Suggestion]) -> None:
    client.force_login(rows[0].mentor.user)
    bulk = BulkDecision.objects.create(
        programme=rows[0].programme, by=make_dana(), decision="approve", suggestion_ids=[],
        heartbeat_at="2026-01-01T00:00Z",
    )  # fmt: skip

    assert client.post(reverse("approval-bulk", args=[rows[0].programme.pk])).status_code == 403
    assert client.get(reverse("bulk-detail", args=[bulk.pk])).status_code == 403
