import datetime as dt

import pytest

from mentoring.dashboard.invitation import invitation_page
from mentoring.models import Pair
from tests.builders import make_alice, make_bob, make_offer, make_pair, make_wish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        ("asking_junior", ("asking_me", "waiting")),
        ("asking_senior", ("waiting", "asking_me")),
        ("active", ("running", "running")),
        ("ended", ("running", "running")),
        ("expired", ("over", "over")),
        ("withdrawn", ("over", "over")),
    ],
)
def test_the_page_says_where_it_stands_for_each(status: str, stands: tuple[str, str]) -> None:
    pair = make_pair(status=status)

    assert tuple(invitation_page(pair, person).stand for person in pair.people) == stands


def test_a_no_is_told_apart_to_its_author_alone() -> None:
    alice, bob = make_alice(), make_bob()
    pair = make_pair(mentor=alice, mentee=bob, status=Pair.Status.DECLINED, no_from=bob)

    assert [invitation_page(pair, person).stand for person in (alice, bob)] == ["over", "my_no"]


def test_the_page_shows_what_the_other_says_of_the_skill() -> None:
    alice, bob = make_alice(), make_bob()
    offer, wish = make_offer(person=alice), make_wish(person=bob)
    pair = make_pair(mentor=alice, mentee=bob, status="asking_senior")

    of_alice, of_bob = invitation_page(pair, alice), invitation_page(pair, bob)

    assert (of_alice.their_offer, of_alice.their_wish) == (None, wish)
    assert (of_bob.their_offer, of_bob.their_wish) == (offer, None)


def test_the_time_left_is_on_the_clock_of_the_reader() -> None:
    alice = make_alice(time_zone="Asia/Tokyo")
    pair = make_pair(mentor=alice, status="asking_junior", answer_by=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC))

    answer_by = invitation_page(pair, alice).answer_by

    assert answer_by is not None
    assert answer_by.hour == 21
