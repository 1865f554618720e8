import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions.pairs import accept, decline, expire, withdraw_invitation
from mentoring.actions.questions import MOST_OPEN, ask, why_not_now
from mentoring.models import Pair, Person, TransitionError
from notifications.models import Message
from tests.builders import (
    make_alice,
    make_bob,
    make_meeting,
    make_offer,
    make_pair,
    make_person,
    make_rather_not,
    make_skill,
)

pytestmark = pytest.mark.django_db


def make_ted() -> Person:
    return make_alice(name="Ted")


def make_jessica(**fields: object) -> Person:
    jessica = make_bob(name="Jessica", **fields)
    make_offer(person=jessica)
    return jessica


def put(asker: Person, mentor: Person, question: str = "Why does the build hang?") -> Pair:
    return ask(asker=asker, mentor=mentor, skill=make_skill(), question=question)


def messages(person: Person) -> list[str]:
    return [key.split(":")[0] for key in person.user.outbox.order_by("pk").values_list("key", flat=True)]


def test_ask_puts_the_question_to_the_mentor() -> None:
    ted, jessica = make_ted(), make_jessica()

    pair = put(ted, jessica)

    assert (pair.kind, pair.status, pair.awaits, pair.programme) == ("quick", "asking_mentor", jessica, None)
    assert messages(jessica) == ["question_asked"]
    assert "> Why does the build hang?" in Message.objects.get().text
    assert list(Pair.objects.visible_to(jessica.user)) == [pair]


def test_a_yes_starts_it_and_a_no_reads_as_not_available() -> None:
    ted = make_ted()

    taken = accept(put(ted, make_jessica()), by=Person.objects.get(name="Jessica"))
    refused = put(ted, jo := make_jessica())
    refused = decline(refused, by=jo)

    assert (taken.status, refused.status) == ("active", "declined")
    assert messages(ted) == ["question_accepted", "question_not_available"]


def test_a_question_that_nobody_answers_ends() -> None:
    ted, jessica = make_ted(), make_jessica()

    pair = expire(put(ted, jessica), now=timezone.now() + dt.timedelta(days=30))

    assert pair.status == "expired"
    assert (messages(ted), messages(jessica)) == (["question_not_available"], ["question_asked", "question_lapsed"])


def test_the_asker_takes_it_back_and_nobody_else_does() -> None:
    ted, jessica = make_ted(), make_jessica()
    pair = put(ted, jessica)

    for person in (jessica, make_person(is_hr=True)):
        with pytest.raises(TransitionError):
            withdraw_invitation(pair, by=person)

    assert withdraw_invitation(pair, by=ted).status == "withdrawn"
    assert messages(jessica)[-1] == "question_withdrawn"


@pytest.mark.parametrize("fields", [{"open_to_quick_questions": False}, {"left_on": dt.date(2025, 1, 1)}])
def test_who_takes_no_questions_is_asked_none(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        put(make_ted(), make_jessica(**fields))


def test_nobody_asks_themselves() -> None:
    jessica = make_jessica()

    with pytest.raises(ValidationError):
        put(jessica, jessica)


def test_only_what_is_offered_is_asked_about() -> None:
    with pytest.raises(ValidationError, match="does not offer Cooking"):
        ask(asker=make_ted(), mentor=make_jessica(), skill=make_skill(name="Cooking"), question="How long?")


def test_the_same_question_twice_is_refused() -> None:
    ted, jessica = make_ted(), make_jessica()
    put(ted, jessica)

    with pytest.raises(ValidationError, match="open question to Jessica"):
        put(ted, jessica)


def test_nobody_has_more_than_a_few_questions_before_them() -> None:
    jessica = make_jessica()
    first, *_ = [put(make_person(), jessica) for _ in range(MOST_OPEN)]

    with pytest.raises(ValidationError, match="has enough questions for now"):
        put(make_ted(), jessica)

    decline(first, by=jessica)
    assert put(make_ted(), jessica).status == "asking_mentor"


@pytest.mark.parametrize(("hours", "in_days", "may"), [(1, 3, False), (1, 40, True), (2, 3, True)])
def test_the_hours_a_month_that_somebody_gives_are_kept(hours: int, in_days: int, may: bool) -> None:
    jessica, now = make_jessica(hours_a_month=hours), timezone.now()
    make_meeting(pair=make_pair(mentor=jessica), starts_at=now + dt.timedelta(days=in_days), minutes=45)

    assert (why_not_now(jessica, now) == "") is may


def test_questions_under_way_count_for_a_month() -> None:
    jessica = make_jessica()
    for _ in range(MOST_OPEN):
        accept(put(make_person(), jessica), by=jessica)

    assert why_not_now(jessica, timezone.now()) != ""
    assert why_not_now(jessica, timezone.now() + dt.timedelta(days=31)) == ""


def test_a_question_of_somebody_she_would_rather_not_meet_never_reaches_her() -> None:
    ted, jessica = make_ted(), make_jessica()
    make_rather_not(person=jessica, others=[ted])

    pair = put(ted, jessica)

    assert (pair.status, list(Pair.objects.visible_to(ted.user))) == ("asking_mentor", [pair])
    assert (messages(jessica), list(Pair.objects.visible_to(jessica.user))) == ([], [])
    assert why_not_now(jessica, timezone.now()) == ""
    expire(pair, now=timezone.now() + dt.timedelta(days=30))
    assert (messages(ted), messages(jessica)) == (["question_not_available"], [])


def test_the_list_of_the_asker_stops_no_question() -> None:
    ted, jessica = make_ted(), make_jessica()
    make_rather_not(person=ted, others=[jessica])

    put(ted, jessica)

    assert messages(jessica) == ["question_asked"]
