"""Home and pair page are drawn once for the same rows: whatever changes of what they show is seen at once, each of the
two sees their own, and a list that fills up is read.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goals.models import Brainstorm, Feedback, Goal, Milestone
from mentoring.models import Pair, Person, PrivateNote
from tests.builders import (
    make_alice,
    make_check_in,
    make_goal,
    make_meeting,
    make_note,
    make_pair,
    make_request,
    make_sheet,
    make_step,
    make_survey,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SECRET = "what nobody else may read"
Change = Callable[[Pair], object]


def seen(person: Person, address: str) -> str:
    client = Client()
    client.force_login(person.user)
    return client.get(address).content.decode().split("<main", 1)[1]


def feedback(pair: Pair) -> Feedback:
    return Feedback.objects.create(
        pair=pair, author=pair.mentee, receiver=pair.mentor, situation="In the last call", saw="You listened.",
        effect="I dared to ask.", status="sent", send_at=NOW, sent_at=NOW,
    )  # fmt: skip


def kept_goal(pair: Pair) -> Goal:
    return make_goal(pair=make_pair(mentee=pair.mentor, status="ended"), title="Kept for later")


ON_PAIR_PAGE: dict[str, tuple[Change, str]] = {
    "a goal": (lambda pair: make_goal(pair=pair, title="A blog of my own"), "A blog of my own"),
    "a milestone": (
        lambda pair: Milestone.objects.create(goal=make_goal(pair=pair), title="One", done_at=NOW),
        "1 of 1 milestones",
    ),
    "a meeting": (lambda pair: make_meeting(pair=pair, topic="Hashtags"), "Hashtags"),
    "a step": (lambda pair: make_step(pair=pair, text="Try it at home"), "Try it at home"),
    "a check-in": (lambda pair: make_check_in(pair=pair, person=pair.mentor), "How is it going with Bob?"),
    "a brainstorm": (
        lambda pair: Brainstorm.objects.create(pair=pair, look_at=NOW + dt.timedelta(days=30)),
        "An hour for new ways with Bob",
    ),
    "feedback": (feedback, "In the last call"),
    "a goal that was kept": (kept_goal, "Kept for later"),
    "a note": (lambda pair: make_note(pair=pair, text=SECRET), SECRET),
    "the partner's name": (
        lambda pair: Person.objects.filter(pk=pair.mentee_id).update(name="Robert"),
        "Robert and you",
    ),
    "their ways to meet": (
        lambda pair: Person.objects.filter(pk=pair.mentee_id).update(channels=["phone"]),
        "You two like different ways.",
    ),
    "the pair's status": (lambda pair: Pair.objects.filter(pk=pair.pk).update(status="paused"), "is paused"),
}


@pytest.mark.parametrize("what", ON_PAIR_PAGE)
def test_the_pair_page_shows_at_once_what_changes(what: str) -> None:
    pair, (change, words) = make_pair(mentor=make_alice(channels=["video"])), ON_PAIR_PAGE[what]
    address = reverse("pair-detail", args=[pair.pk])
    before = [seen(pair.mentor, address) for _ in range(2)]

    change(pair)

    assert [words in page for page in before] == [False, False]
    assert [words in seen(pair.mentor, address) for _ in range(2)] == [True, True]


def test_what_is_there_already_changes_on_the_pair_page() -> None:
    pair = make_pair()
    address = reverse("pair-detail", args=[pair.pk])
    rows = [
        (make_goal(pair=pair), {"title": "Another goal"}),
        (make_meeting(pair=pair), {"topic": "Another topic"}),
        (make_step(pair=pair), {"text": "Another step"}),
    ]
    seen(pair.mentor, address)
    make_note(pair=pair)
    seen(pair.mentor, address)

    for row, fields in rows:
        type(row)._default_manager.filter(pk=row.pk).update(**fields)
    PrivateNote.objects.update(text="Another note")

    page = seen(pair.mentor, address)
    assert [words for words in ("goal", "topic", "step", "note") if f"Another {words}" not in page] == []


def test_each_of_the_two_sees_their_own_and_no_process_keeps_what_is_private() -> None:
    pair = make_pair()
    make_note(pair=pair, text=SECRET)
    make_check_in(pair=pair, person=pair.mentor, status="answered")
    address = reverse("pair-detail", args=[pair.pk])

    pages = [seen(person, address) for person in (pair.mentor, pair.mentee, pair.mentor, pair.mentee)]

    assert [SECRET in page for page in pages] == [True, False, True, False]
    assert ["What you answered on" in page for page in pages] == [True, False, True, False]
    kept = caches["process"]._cache.values()  # type: ignore[attr-defined]  # the library's own
    assert [words for words in kept if SECRET.encode() in words] == []


AT_HOME: dict[str, tuple[Change, str]] = {
    "a step": (lambda pair: make_step(pair=pair, text="Try it at home"), "Try it at home"),
    "a check-in": ON_PAIR_PAGE["a check-in"],
    "a brainstorm": ON_PAIR_PAGE["a brainstorm"],
    "a survey": (
        lambda pair: make_sheet(survey=make_survey(name="How you feel"), person=pair.mentor), "How you feel",
    ),
    "a request": (lambda pair: make_request(asked=pair.mentor, asked_by=pair.mentee), "Bob asks you"),
    "a meeting": (lambda pair: make_meeting(pair=pair), "You meet Bob"),
    "the partner's name": (lambda pair: Person.objects.filter(pk=pair.mentee_id).update(name="Robert"), "Robert"),
}  # fmt: skip


@pytest.mark.parametrize("what", AT_HOME)
def test_home_shows_at_once_what_changes(what: str) -> None:
    pair, (change, words) = make_pair(), AT_HOME[what]
    before = [seen(pair.mentor, "/") for _ in range(2)]

    change(pair)

    assert [words in page for page in before] == [False, False]
    assert [words in seen(pair.mentor, "/") for _ in range(2)] == [True, True]


def test_lists_with_nothing_in_them_cost_no_query(django_assert_num_queries: Callable[..., object]) -> None:
    alice = make_alice(onboarding_step=5)
    client = Client()
    client.force_login(alice.user)
    client.get("/")

    with django_assert_num_queries(6):  # type: ignore[attr-defined]
        client.get("/")
