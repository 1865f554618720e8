"""A request's answers, reminders and time: whatever ends it before HR's yes, the one who asked learns the same."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from matching.actions import requests
from matching.models import Suggestion
from mentoring.models import AuditEntry, Enrolment, Person, Programme, TransitionError
from notifications.models import Message
from tests.builders import (
    make_charlie,
    make_offer,
    make_request,
    make_skill,
    make_suggestion,
    make_wish,
)
from tests.matching.actions.asking import ask, told

pytestmark = pytest.mark.django_db
Status = Suggestion.Status


def test_a_no_reaches_the_asker_without_a_reason(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two
    request = ask(by=alice, other=bob, programme=programme)

    requests.say_not_available(request, by=bob)

    request.refresh_from_db()
    assert (request.status, request.decided_by, request.remind_at) == (Status.DECLINED, None, None)
    assert told(alice) == ["Bob is not available"]


def test_the_asker_cannot_answer_their_own_request() -> None:
    request = make_request()

    with pytest.raises(TransitionError, match="Only the one who is asked"):
        requests.say_not_available(request, by=request.mentor)


def test_an_answer_is_given_once() -> None:
    request = make_request()
    requests.say_not_available(request, by=request.mentee)

    with pytest.raises(TransitionError, match="has ended meanwhile"):
        requests.say_yes(request, by=request.mentee)
    assert Message.objects.count() == 1


def test_a_yes_brings_the_request_to_hr_with_what_speaks_for_it(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two
    skill = make_skill()
    make_wish(person=bob, skill=skill)
    request = ask(by=alice, other=bob, programme=programme, skill=skill)

    requests.say_yes(request, by=bob)

    request.refresh_from_db()
    assert request.status == Status.PROPOSED
    assert request.both_said_yes_at is not None
    assert request.score == sum(criterion["points"] for criterion in request.criteria) > 0
    assert request.exceptions == []
    assert told(alice) == ["Bob said yes"]
    assert AuditEntry.objects.get(action="request.agreed").object_name == "Alice and Bob"


def test_where_they_chose_another_skill_than_fits_best_the_reason_says_which(
    two: tuple[Programme, Person, Person],
) -> None:
    programme, alice, bob = two
    chosen, best = make_skill(name="Pinterest"), make_skill(name="Hootsuite")
    for skill, level, priority in ((chosen, 3, 3), (best, 5, 1)):
        make_offer(person=alice, skill=skill, level=level)
        make_wish(person=bob, skill=skill, priority=priority)
    request = requests.ask(programme, by=alice, other=bob, mentor=alice, skill=chosen)

    requests.say_yes(request, by=bob)

    request.refresh_from_db()
    [fit] = [criterion["sentence"] for criterion in request.criteria if criterion["name"] == "skill_fit"]
    assert fit.startswith("They chose Pinterest. What fits best is this: Alice offers Hootsuite at level 5")


def test_the_rules_that_two_people_break_by_asking_are_flagged_for_hr(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two
    Person.objects.filter(pk=alice.pk).update(manager=bob)
    request = ask(by=alice, other=bob, programme=programme)

    requests.say_yes(request, by=bob)

    request.refresh_from_db()
    assert "reporting_line" in [exception["rule"] for exception in request.exceptions]


def test_a_yes_needs_a_place_of_ones_own(two: tuple[Programme, Person, Person]) -> None:
    programme, alice, bob = two
    request = ask(by=alice, other=bob, programme=programme)
    Enrolment.objects.filter(person=bob).update(status="withdrawn")

    with pytest.raises(ValidationError, match="Your yes needs a free place as mentee in Spring: enrol first"):
        requests.say_yes(request, by=bob)


def test_a_yes_takes_the_place_of_what_a_run_suggested_for_the_same_two() -> None:
    suggestion = make_suggestion()
    request = make_request(asked_by=suggestion.mentee, asked=suggestion.mentor, programme=suggestion.programme)

    requests.say_yes(request, by=suggestion.mentor)

    suggestion.refresh_from_db()
    assert suggestion.status == Status.REPLACED


def test_either_can_step_back_until_hr_decides_and_nobody_learns_who() -> None:
    request = make_request(status=Status.PROPOSED)

    requests.say_not_available(request, by=request.mentor)

    request.refresh_from_db()
    assert (request.status, request.decided_by) == (Status.DECLINED, None)
    assert (told(request.mentor), told(request.mentee)) == ([], ["Alice is not available"])
    assert AuditEntry.objects.get(action="request.not_available").by is None


def test_a_request_taken_back_is_no_longer_open() -> None:
    request = make_request()

    requests.withdraw(request, by=request.mentor)

    request.refresh_from_db()
    assert request.status == Status.WITHDRAWN
    with pytest.raises(TransitionError, match="has ended meanwhile"):
        requests.say_yes(request, by=request.mentee)


def test_a_reminder_goes_out_once_and_only_when_it_is_due() -> None:
    now = timezone.now()
    due = make_request(remind_at=now)
    make_request(remind_at=now + dt.timedelta(minutes=1), asked=make_charlie())

    for _ in range(2):
        requests.remind_due(now)

    assert told(due.mentee) == ["Alice is waiting for your answer"]
    assert Message.objects.count() == 1


def test_what_is_not_answered_in_time_ends_as_not_available() -> None:
    now = timezone.now()
    late, open_still = make_request(answer_by=now), make_request(answer_by=now + dt.timedelta(minutes=1))

    for _ in range(2):
        requests.expire_due(now)

    late.refresh_from_db()
    open_still.refresh_from_db()
    assert (late.status, open_still.status) == (Status.DECLINED, Status.ASKED)
    assert told(late.mentor) == ["Bob is not available"]
