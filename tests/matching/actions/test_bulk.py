"""Many suggestions at once."""

import datetime as dt

import pytest
from django.utils import timezone

from matching.actions import bulk
from matching.models import BulkDecision, Suggestion
from mentoring.models import Pair, Person, Programme
from notifications.models import Message
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_person,
    make_programme,
    make_request,
    make_suggestion,
)

pytestmark = pytest.mark.django_db


def make_many(programme: Programme, count: int = 3) -> list[Suggestion]:
    return [make_suggestion(programme=programme, mentor=make_person(), mentee=make_person()) for _ in range(count)]


def decide(rows: list[Suggestion], decision: str = "approve", **fields: str) -> BulkDecision:
    made = bulk.decide_on_many(rows[0].programme, [row.pk for row in rows], decision=decision, by=make_dana(), **fields)
    bulk.carry_out(made.pk)
    made.refresh_from_db()
    return made


def statuses() -> list[str]:
    return list(Suggestion.objects.order_by("pk").values_list("status", flat=True))


def test_a_preview_says_how_many_people_are_asked_and_who_cannot_be() -> None:
    programme, alice = make_programme(), make_alice()
    first = make_suggestion(mentor=alice, mentee=make_bob(), programme=programme)
    second = make_suggestion(mentor=alice, mentee=make_charlie(), programme=programme)
    both = make_request(status="proposed", programme=programme, asked_by=make_person(), asked=make_person())

    seen = bulk.preview_approval([first, second, both])

    assert (seen.possible, seen.people_asked, seen.starting) == ([first, both], 2, 1)
    assert seen.problems == [("Alice and Charlie", "Alice has no free place as mentor any more.")]
    assert statuses() == ["proposed"] * 3


def test_a_reporting_line_is_never_approved_in_bulk() -> None:
    bob = make_bob()
    suggestion = make_suggestion(mentor=make_alice(manager=bob), mentee=bob)

    seen = bulk.preview_approval([suggestion])

    assert seen.possible == []
    assert seen.problems == [
        ("Alice and Bob", "Alice reports to Bob. Approve it by itself, with the tick that allows it.")
    ]


def test_all_that_can_be_are_approved_and_the_rest_is_told() -> None:
    rows = make_many(make_programme())
    Person.objects.filter(pk=rows[1].mentor_id).update(left_on=dt.date(2026, 1, 1))

    made = decide(rows)

    assert (made.status, made.position, made.decided) == ("done", 3, 2)
    assert made.problems == [[str(rows[1]), f"{rows[1].mentor} has left the company."]]
    assert statuses() == ["approved", "proposed", "approved"]


def test_many_are_rejected_with_one_reason_and_the_rejection_is_taken_back() -> None:
    rows = make_many(make_programme())

    decide(rows, "reject", because="Not this time.")
    rejected = list(Suggestion.objects.values_list("status", "rejected_because"))
    decide(rows, "reinstate")

    assert rejected == [("rejected", "Not this time.")] * 3
    assert statuses() == ["proposed"] * 3


def test_work_that_was_broken_off_goes_on_where_it_stopped() -> None:
    rows = make_many(make_programme())
    made = bulk.decide_on_many(rows[0].programme, [row.pk for row in rows], decision="approve", by=make_dana())
    BulkDecision.objects.update(position=1, decided=1)

    bulk.carry_out(made.pk)
    bulk.carry_out(made.pk)

    made.refresh_from_db()
    assert (made.position, made.decided, made.problems) == (3, 3, [])
    assert statuses() == ["proposed", "approved", "approved"]


def test_who_lost_a_step_to_another_worker_approves_nothing_with_it() -> None:
    rows = make_many(make_programme(), 2)
    made = bulk.decide_on_many(rows[0].programme, [row.pk for row in rows], decision="approve", by=make_dana())
    stale = BulkDecision.objects.select_related("by__user").get(pk=made.pk)
    BulkDecision.objects.update(position=2)

    with pytest.raises(bulk.SupersededError):
        bulk._next(stale)

    assert statuses() == ["proposed"] * 2
    assert Pair.objects.count() == 0


def test_a_large_decision_is_told_of_when_it_is_worked_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    made = decide(make_many(make_programme(), 2))

    message = Message.objects.get(recipient=made.by.user)
    assert message.subject == f"Your bulk decision in “{made.programme}” is worked off"
    assert "2 of 2 suggestions were approved" in message.text


def test_work_without_a_sign_of_life_is_taken_up_again() -> None:
    rows = make_many(make_programme(), 1)
    bulk.decide_on_many(rows[0].programme, [rows[0].pk], decision="approve", by=make_dana())
    since = timezone.now() - dt.timedelta(minutes=1)

    assert list(BulkDecision.objects.without_a_worker(since)) == []
    BulkDecision.objects.update(heartbeat_at=since - dt.timedelta(seconds=1))
    assert BulkDecision.objects.without_a_worker(since).count() == 1
