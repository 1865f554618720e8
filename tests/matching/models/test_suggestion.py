"""Who sees a suggestion, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from matching.models import Suggestion
from mentoring.models import Person
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_programme,
    make_rather_not,
    make_request,
    make_suggestion,
)

pytestmark = pytest.mark.django_db
Status = Suggestion.Status


def seen_by(person: Person) -> list[Suggestion]:
    return list(Suggestion.objects.visible_to(person.user))


def test_a_suggestion_of_a_run_is_seen_by_hr_alone() -> None:
    suggestion = make_suggestion(mentor=make_alice(), mentee=make_bob())

    assert seen_by(make_dana()) == [suggestion]
    assert seen_by(suggestion.mentor) == []
    assert seen_by(make_charlie()) == []


def test_a_request_is_seen_by_the_two_alone_until_both_said_yes() -> None:
    dana, charlie = make_dana(), make_charlie()
    request = make_request()

    assert seen_by(request.mentor) == seen_by(request.mentee) == [request]
    assert seen_by(charlie) == seen_by(dana) == []


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.DECLINED, Status.REJECTED])
def test_hr_sees_a_request_once_both_have_said_yes_however_it_goes_on(status: str) -> None:
    request = make_request(both_said_yes_at="2026-05-01T10:00Z", status=status)

    assert seen_by(make_dana()) == [request]


def test_hr_never_sees_a_request_that_the_other_did_not_say_yes_to() -> None:
    make_request(status=Status.DECLINED)

    assert seen_by(make_dana()) == []


def test_somebody_in_hr_sees_the_request_they_made_themselves() -> None:
    dana = make_dana()
    request = make_request(asked_by=dana)

    assert seen_by(dana) == [request]


def test_a_request_from_a_person_on_the_private_list_is_not_seen_by_the_one_asked() -> None:
    alice, bob = make_alice(), make_bob()
    make_rather_not(person=bob, others=[alice])
    request = make_request(asked_by=alice, asked=bob)

    assert seen_by(bob) == []
    assert seen_by(alice) == [request]


def test_the_private_list_of_the_asker_hides_nothing_from_the_other() -> None:
    alice, bob = make_alice(), make_bob()
    make_rather_not(person=alice, others=[bob])
    request = make_request(asked_by=alice, asked=bob)

    assert seen_by(bob) == [request]


def test_two_people_are_proposed_once_in_a_programme_whoever_is_the_mentor() -> None:
    alice, bob, programme = make_alice(), make_bob(), make_programme()
    make_suggestion(mentor=alice, mentee=bob, programme=programme)

    with pytest.raises(IntegrityError, match="suggestion_open_once"), transaction.atomic():
        make_suggestion(mentor=bob, mentee=alice, programme=programme)
    make_suggestion(mentor=bob, mentee=alice, programme=programme, status=Status.REJECTED)


def test_a_request_may_be_open_beside_a_suggestion_of_a_run() -> None:
    alice, bob, programme = make_alice(), make_bob(), make_programme()
    make_suggestion(mentor=alice, mentee=bob, programme=programme)

    make_request(asked_by=alice, asked=bob, programme=programme)

    assert Suggestion.objects.open().count() == 2


def test_a_request_reaches_hr_only_with_both_yeses() -> None:
    with pytest.raises(IntegrityError, match="suggestion_request_reaches_hr_with_both"), transaction.atomic():
        make_request(status=Status.PROPOSED, both_said_yes_at=None)


def test_an_approved_suggestion_has_a_pair() -> None:
    with pytest.raises(IntegrityError, match="suggestion_approved_has_a_pair"), transaction.atomic():
        make_suggestion(status=Status.APPROVED)


def test_the_name_of_a_request_says_who_only_once_both_said_yes() -> None:
    alice, bob = make_alice(), make_bob()
    request = make_request(asked_by=alice, asked=bob)

    assert str(request) == "A request between two people"
    request.status, request.both_said_yes_at = Status.PROPOSED, request.created_at
    assert str(request) == "Alice and Bob"
