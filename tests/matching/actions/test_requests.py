"""Two people ask for each other: who may ask whom, and what the other is told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from matching.actions import requests
from matching.models import Suggestion
from mentoring.models import AuditEntry, Enrolment, Person, Programme, Skill
from notifications.models import Message
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_enrolment,
    make_offer,
    make_pair,
    make_programme,
    make_request,
    make_skill,
)
from tests.matching.actions.asking import ask, enrolled, told

pytestmark = pytest.mark.django_db
Status = Suggestion.Status
WEEK = dt.timedelta(days=7)


def test_a_request_waits_for_the_other_who_is_told(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two

    request = ask(by=alice, other=bob, programme=programme, message="Shall we?")

    assert (request.status, request.origin, request.asked_by, request.asked) == ("asked", "request", alice, bob)
    assert (request.mentor, request.mentee, request.message) == (alice, bob, "Shall we?")
    assert request.answer_by is not None
    assert abs(request.answer_by - timezone.now() - WEEK) < dt.timedelta(minutes=1)
    assert (told(alice), told(bob)) == ([], ["Alice would like to be paired with you"])


def test_one_can_ask_to_learn_as_well_as_to_share(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two
    make_offer(person=bob, skill=make_skill())

    request = ask(by=alice, other=bob, programme=programme, mentor=bob)

    assert (request.mentor, request.mentee) == (bob, alice)


def test_the_line_to_them_is_in_no_mail_and_no_audit_row(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two

    ask(by=alice, other=bob, programme=programme, message="Between you and me")

    assert "Between you" not in Message.objects.get().text
    assert "Between you" not in str(AuditEntry.objects.values_list("changes", "object_name"))


def test_the_audit_names_nobody_but_the_one_who_asked(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two

    request = ask(by=alice, other=bob, programme=programme)
    requests.say_not_available(request, by=bob)

    entries = AuditEntry.objects.filter(action__startswith="request.").order_by("pk")
    assert [(entry.by, entry.object_name, entry.changes) for entry in entries] == [
        (alice, "A request between two people", {}),
        (None, "A request between two people", {}),
    ]


def test_who_is_not_enrolled_cannot_ask() -> None:
    with pytest.raises(ValidationError, match="Enrol in Spring as mentor first"):
        ask(by=make_alice(), other=make_bob(), programme=make_programme(name="Spring"))


def test_who_has_no_free_place_cannot_ask(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two
    make_pair(mentor=alice, mentee=make_charlie(), programme=programme)

    with pytest.raises(ValidationError, match="You have no free place as mentor in Spring"):
        ask(by=alice, other=bob, programme=programme)


def test_each_free_place_is_good_for_one_open_request(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two
    first = ask(by=alice, other=bob, programme=programme)
    charlie = make_charlie()

    with pytest.raises(ValidationError, match="Each free place of yours is kept"):
        requests.ask(programme, by=alice, other=charlie, mentor=alice, skill=first.skill)

    requests.withdraw(first, by=alice)
    assert requests.ask(programme, by=alice, other=charlie, mentor=alice, skill=first.skill).status == "asked"


def test_a_skill_that_the_mentor_no_longer_offers_cannot_be_asked_for(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two

    with pytest.raises(ValidationError, match="Bob does not offer Social media any more"):
        ask(by=alice, other=bob, programme=programme, mentor=bob)


@pytest.mark.parametrize("status", [Programme.Status.DRAFT, Programme.Status.CLOSED])
def test_nobody_is_asked_in_a_programme_that_does_not_run(status: str) -> None:
    programme, alice = make_programme(status=status), make_alice()
    enrolled(programme, alice=alice)

    with pytest.raises(ValidationError, match="is not running"):
        ask(by=alice, other=make_bob(), programme=programme)


def test_two_who_are_a_pair_do_not_ask_each_other(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two
    make_pair(mentor=bob, mentee=alice, programme=programme)

    with pytest.raises(ValidationError, match="Bob and you are a pair in Spring already"):
        ask(by=alice, other=bob, programme=programme)


def test_the_senior_may_ask_while_the_junior_still_thinks_the_pair_over(two: tuple[Programme, Person, Person]) -> None:
    """Else the refusal would tell the senior what the junior was asked in private."""
    programme, alice, bob = two
    make_pair(mentor=alice, mentee=bob, programme=programme, status="asking_junior")
    make_offer(person=bob, skill=make_skill(name="Budgets"))

    request = ask(by=bob, other=alice, programme=programme, mentor=bob, skill=Skill.objects.get(name="Budgets"))

    assert request.status == "asked"


@pytest.mark.parametrize("status", [Status.DECLINED, Status.WITHDRAWN])
def test_nobody_is_asked_twice_by_the_same_person(status: str) -> None:
    before = make_request(status=status)

    with pytest.raises(ValidationError, match=r"You have asked Bob in .* before"):
        ask(by=before.mentor, other=before.mentee, programme=before.programme)


def test_an_open_request_is_not_made_again(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two
    Enrolment.objects.filter(person=alice).delete()
    make_enrolment(person=alice, programme=programme, mentor_capacity=2)
    first = ask(by=alice, other=bob, programme=programme)

    with pytest.raises(ValidationError, match="You have asked Bob already"):
        requests.ask(programme, by=alice, other=bob, mentor=alice, skill=first.skill)


def test_who_is_asked_already_is_led_to_the_request() -> None:
    request = make_request()

    with pytest.raises(ValidationError, match="Alice has asked you already"):
        ask(by=request.mentee, other=request.mentor, programme=request.programme)
