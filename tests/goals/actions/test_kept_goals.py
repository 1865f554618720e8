import pytest

from goals.actions.kept_goals import kept_by, take_up
from mentoring.actions import pair_life
from mentoring.models import TransitionError
from tests.builders import make_alice, make_bob, make_charlie, make_goal, make_pair

pytestmark = pytest.mark.django_db


def test_an_open_goal_outlives_its_pair_and_is_taken_up_in_the_next() -> None:
    bob = make_bob()
    first = make_pair(mentee=bob)
    goal, reached = make_goal(pair=first), make_goal(pair=first, status="reached")
    pair_life.end(first, by=first.mentor)
    second = make_pair(mentor=make_charlie(), mentee=bob)
    assert kept_by(bob) == [goal]

    for _ in range(2):
        goal = take_up(goal, by=bob, pair=second)

    reached.refresh_from_db()
    assert (goal.pair, goal.status, reached.pair) == (second, "open", first)
    assert kept_by(bob) == []


@pytest.mark.parametrize("case", ["of another", "still running", "into a pair that is over"])
def test_it_is_refused(case: str) -> None:
    alice, bob = make_alice(), make_bob()
    first = make_pair(mentor=alice, mentee=bob, status="active" if case == "still running" else "ended")
    second = make_pair(
        mentor=make_charlie(), mentee=bob, status="completed" if case == "into a pair that is over" else "active"
    )
    by = alice if case == "of another" else bob

    with pytest.raises(TransitionError):
        take_up(make_goal(pair=first, learner=bob), by=by, pair=second)
