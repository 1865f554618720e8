import datetime as dt

import pytest
from django.utils import timezone

from reverse_mentoring.pair import counts_of, next_steps, page_of, ways_to_meet
from tests.builders import make_alice, make_bob, make_meeting, make_pair

pytestmark = pytest.mark.django_db


def test_next_steps_are_sorted_by_urgency() -> None:
    pair = make_pair()
    make_meeting(pair=pair, starts_at=timezone.now() - dt.timedelta(days=1))

    steps = next_steps(pair, pair.mentor, timezone.now())

    assert steps[0].title == "Did you meet Bob?"
    assert [step.urgency for step in steps] == sorted(step.urgency for step in steps)


def test_ways_to_meet_say_where_each_ranked_them() -> None:
    alice, bob = make_alice(channels=["video", "chat"]), make_bob(channels=["chat", "video"])

    ways = ways_to_meet(alice, bob)

    assert [(way.label, way.mine, way.theirs) for way in ways] == [("Video call", 1, 2), ("Chat", 2, 1)]


def test_meeting_in_person_across_sites_says_how_far() -> None:
    alice, bob = make_alice(channels=["in_person"]), make_bob(channels=["in_person"], site="Leeds")
    bob.refresh_from_db()

    [way] = ways_to_meet(alice, bob)

    assert way.note == "you are in London, Bob in Leeds"


def test_sides_begin_with_oneself() -> None:
    pair = make_pair()

    sides = page_of(pair, pair.mentee, timezone.now())["sides"]

    assert [(side.person.name, side.role, side.is_me) for side in sides] == [  # type: ignore[attr-defined]
        ("Bob", "Mentee", True),
        ("Alice", "Mentor", False),
    ]


def test_counts_tell_hr_how_often_they_meet() -> None:
    pair = make_pair()
    first, last = timezone.now() - dt.timedelta(days=9), timezone.now() - dt.timedelta(days=2)
    for start, status in ((first, "held"), (last, "held"), (last, "cancelled"), (first, "not_held")):
        make_meeting(pair=pair, starts_at=start, status=status)
    make_meeting(pair=pair)

    assert counts_of(pair) == {
        "held": 2, "planned": 1, "not_held": 1, "cancelled": 1, "first": first, "last": last,
    }  # fmt: skip
