"""Who may do what about a request."""

import pytest

from matching.permissions import may_answer, may_step_back, may_withdraw, rather_not, reaches_the_other
from tests.builders import make_alice, make_bob, make_charlie, make_rather_not, make_request

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "asker", "asked"),
    [
        ("asked", (False, True, False), (True, False, False)),
        ("proposed", (False, False, True), (False, False, True)),
        ("declined", (False, False, False), (False, False, False)),
        ("approved", (False, False, False), (False, False, False)),
    ],
)
def test_each_may_do_what_their_side_allows_at_this_point(
    status: str, asker: tuple[bool, ...], asked: tuple[bool, ...]
) -> None:
    request, stranger = make_request(), make_charlie()
    request.status = status
    questions = (may_answer, may_withdraw, may_step_back)

    assert tuple(may(request.mentor.user, request) for may in questions) == asker
    assert tuple(may(request.mentee.user, request) for may in questions) == asked
    assert not any(may(stranger.user, request) for may in questions)


def test_a_request_reaches_who_has_nothing_against_it() -> None:
    alice, bob, charlie = make_alice(), make_bob(), make_charlie()
    make_rather_not(person=bob, others=[alice])

    assert not reaches_the_other(make_request(asked_by=alice, asked=bob))
    assert reaches_the_other(make_request(asked_by=charlie, asked=bob))
    assert reaches_the_other(make_request(asked_by=bob, asked=alice))
    assert rather_not(charlie.pk) == []
