"""What nobody may learn of a request: a private list behind it, or somebody who goes."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from matching.actions import requests
from matching.models import Suggestion
from mentoring.models import AuditEntry
from notifications.models import Message
from tests.builders import (
    make_alice,
    make_bob,
    make_pair,
    make_programme,
    make_rather_not,
    make_request,
    make_skill,
)
from tests.matching.actions.asking import ask, enrolled, told

pytestmark = pytest.mark.django_db
Status = Suggestion.Status
WEEK = dt.timedelta(days=7)


def life_of_a_request(*, is_unwelcome: bool) -> list[Any]:
    """All that Alice, who asks, gets to see while Bob stays silent; and all that HR could find."""
    programme = make_programme(name=f"Programme {is_unwelcome}")
    alice, bob = make_alice(email=f"alice{is_unwelcome}@demo.example"), make_bob()
    enrolled(programme, alice=alice, bob=bob)
    if is_unwelcome:
        make_rather_not(person=bob, others=[alice])
    request = ask(by=alice, other=bob, programme=programme)
    mine = Suggestion.objects.visible_to(alice.user)
    seen: list[Any] = [mine.values_list("status", "both_said_yes_at", "decided_at").get(pk=request.pk)]
    requests.remind_due(timezone.now() + WEEK / 2 + dt.timedelta(minutes=1))
    seen.append(mine.values_list("status", "remind_at").get(pk=request.pk))
    with pytest.raises(ValidationError) as again:
        requests.ask(programme, by=alice, other=bob, mentor=alice, skill=request.skill)
    seen.append(again.value.messages)
    requests.expire_due(timezone.now() + WEEK + dt.timedelta(minutes=1))
    seen.append(mine.values_list("status", "decided_by", "rejected_because").get(pk=request.pk))
    message = Message.objects.get(recipient=alice.user)
    seen.append((message.subject, re.sub(r"\d+|True|False|http\S+", "", message.text)))
    seen.append(list(AuditEntry.objects.filter(object_id=request.pk).values_list("action", "object_name", "changes")))
    with pytest.raises(ValidationError) as once_more:
        requests.ask(programme, by=alice, other=bob, mentor=alice, skill=request.skill)
    return [*seen, re.sub("True|False", "", once_more.value.messages[0])]


def test_an_unwelcome_request_looks_to_its_asker_exactly_as_one_that_nobody_answers() -> None:
    assert life_of_a_request(is_unwelcome=True) == life_of_a_request(is_unwelcome=False)


def test_an_unwelcome_request_never_reaches_the_other() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    enrolled(programme, alice=alice, bob=bob)
    make_rather_not(person=bob, others=[alice])

    request = ask(by=alice, other=bob, programme=programme)
    requests.remind_due(timezone.now() + WEEK)
    requests.expire_due(timezone.now() + WEEK)

    assert told(bob) == []
    assert not Suggestion.objects.visible_to(bob.user).filter(pk=request.pk).exists()


def test_who_never_got_a_request_may_ask_the_asker_as_if_there_were_none() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    enrolled(programme, alice=alice, bob=bob)
    make_rather_not(person=bob, others=[alice])
    hidden = ask(by=alice, other=bob, programme=programme)

    request = ask(by=bob, other=alice, programme=programme, skill=make_skill(name="Budgets"))

    hidden.refresh_from_db()
    assert (request.status, hidden.status) == (Status.ASKED, Status.DECLINED)
    assert told(alice) == ["Bob is not available", "Bob would like to be paired with you"]


def test_a_change_of_mind_on_the_private_list_ends_what_waits_for_hr() -> None:
    request, other = make_request(status=Status.PROPOSED), make_request(status=Status.PROPOSED)
    make_rather_not(person=request.mentee, others=[request.mentor])

    requests.honour_lists()

    for row in (request, other):
        row.refresh_from_db()
    assert (request.status, other.status) == (Status.DECLINED, Status.PROPOSED)
    assert (told(request.mentor), told(request.mentee)) == (["Bob is not available"], [])


def test_the_open_requests_of_somebody_who_goes_end_like_any_other() -> None:
    programme, alice, bob = make_programme(), make_alice(), make_bob()
    here = make_request(asked_by=alice, asked=bob, programme=programme)
    elsewhere = make_request(asked_by=alice, asked=bob)

    requests.end_for([bob], programme=programme)

    for row in (here, elsewhere):
        row.refresh_from_db()
    assert (here.status, elsewhere.status) == (Status.DECLINED, Status.ASKED)
    assert told(alice) == ["Bob is not available"]


def test_what_is_open_between_two_ends_once_they_are_a_running_pair() -> None:
    request = make_request()
    untouched = make_request(programme=request.programme)
    make_pair(mentor=request.mentee, mentee=request.mentor, programme=request.programme)

    requests.end_between_pairs()

    for row in (request, untouched):
        row.refresh_from_db()
    assert (request.status, untouched.status) == (Status.WITHDRAWN, Status.ASKED)
    assert Message.objects.count() == 0
