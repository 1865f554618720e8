"""Two people ask for each other; whatever ends it before HR's yes, the one who asked learns the same."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from matching.actions import requests
from matching.models import Suggestion
from mentoring.models import AuditEntry, Enrolment, Person, Programme, Skill, TransitionError
from notifications.models import Message
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_enrolment,
    make_offer,
    make_pair,
    make_programme,
    make_rather_not,
    make_request,
    make_skill,
    make_suggestion,
    make_wish,
)

pytestmark = pytest.mark.django_db
Status = Suggestion.Status
WEEK = dt.timedelta(days=7)


def enrolled(programme: Programme, **people: Person) -> None:
    for person in people.values():
        make_enrolment(person=person, programme=programme)


def ask(*, by: Person, other: Person, programme: Programme, **fields: Any) -> Suggestion:
    """`by` offers what they ask about."""
    skill = fields.pop("skill", None) or make_skill()
    if not fields.get("mentor"):
        make_offer(person=by, skill=skill)
    return requests.ask(programme, by=by, other=other, mentor=fields.pop("mentor", by), skill=skill, **fields)


def told(person: Person) -> list[str]:
    return [message.subject for message in Message.objects.filter(recipient=person.user).order_by("pk")]


@pytest.fixture
def two() -> tuple[Programme, Person, Person]:
    """A programme in which Alice and Bob are enrolled."""
    programme, alice, bob = make_programme(name="Spring"), make_alice(), make_bob()
    enrolled(programme, alice=alice, bob=bob)
    return programme, alice, bob


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

    requests.end_for(bob, programme=programme)

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
