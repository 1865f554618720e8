import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goals.actions.goals import add_milestone, change_goal, close, rate, remove_milestone, reopen, set_goal, tick
from goals.models import Goal
from mentoring.models import AuditEntry, Pair, Person, TransitionError
from tests.builders import make_charlie, make_goal, make_pair, make_wish

pytestmark = pytest.mark.django_db


def answers(**fields: Any) -> dict[str, Any]:
    return {"wish": None, "title": "Post once a week", "why": "", "measure": "", "due_on": None, **fields}


def ratings(goal: Goal) -> list[tuple[int | None, int]]:
    return list(goal.ratings.values_list("level", "progress"))


def test_set_goal_belongs_to_its_learner_with_milestones_and_the_level_at_the_start() -> None:
    pair = make_pair()
    wish = make_wish(person=pair.mentee)

    goal = set_goal(pair, by=pair.mentee, answers=answers(wish=wish), level=1, milestones=["Look around", "Post once"])

    assert (goal.learner, goal.skill, goal.level_at_start, goal.level_now) == (pair.mentee, wish.skill, 1, 1)
    assert [milestone.title for milestone in goal.milestones.all()] == ["Look around", "Post once"]
    assert ratings(goal) == [(1, 0)]


def test_set_goal_is_for_the_two_of_a_running_programme_pair() -> None:
    pair, quick, over = make_pair(), make_pair(kind=Pair.Kind.QUICK), make_pair(status="ended")

    for where, who in ((pair, make_charlie()), (quick, quick.mentee), (over, over.mentee)):
        with pytest.raises(TransitionError):
            set_goal(where, by=who, answers=answers())

    assert not Goal.objects.exists()


def test_set_goal_takes_a_wish_of_the_learner_alone() -> None:
    pair = make_pair()

    with pytest.raises(ValidationError, match="your own list"):
        set_goal(pair, by=pair.mentee, answers=answers(wish=make_wish(person=pair.mentor)))


def test_change_goal_changes_what_was_typed_and_counts_versions() -> None:
    goal = make_goal(pair=make_pair())

    changed = change_goal(goal, by=goal.learner, answers=answers(title="Post twice a week"), version=1)
    again = change_goal(goal, by=goal.learner, answers=answers(title="Post twice a week"), version=1)

    assert (changed.title, changed.version, again.version) == ("Post twice a week", 2, 2)


def test_change_goal_refuses_a_stale_page() -> None:
    goal = make_goal(pair=make_pair())
    change_goal(goal, by=goal.learner, answers=answers(title="Post twice a week"), version=1)

    with pytest.raises(ValidationError) as refusal:
        change_goal(goal, by=goal.learner, answers=answers(title="Post daily"), version=1)

    assert refusal.value.code == "stale"
    assert Goal.objects.get().title == "Post twice a week"


def test_only_the_learner_changes_a_goal() -> None:
    goal = make_goal(pair=make_pair())
    milestone = goal.milestones.create(title="Look around")
    partner = goal.pair.mentor

    for move in (
        lambda: change_goal(goal, by=partner, answers=answers(title="Mine now"), version=1),
        lambda: rate(goal, by=partner, progress=50, level=3),
        lambda: close(goal, by=partner, reached=True),
        lambda: add_milestone(goal, by=partner, title="Post once"),
        lambda: tick(milestone, by=partner, done=True),
        lambda: remove_milestone(milestone, by=partner),
    ):
        with pytest.raises(TransitionError, match="Only the one who learns"):
            move()


def test_rate_keeps_one_rating_a_day() -> None:
    goal = make_goal(pair=make_pair(), level_at_start=1, level_now=1)

    rate(goal, by=goal.learner, progress=20, level=2)
    goal = rate(goal, by=goal.learner, progress=40, level=3)

    assert (goal.progress, goal.level_now, goal.gained, ratings(goal)) == (40, 3, 2, [(3, 40)])


def test_close_and_reopen_each_do_it_once() -> None:
    goal = make_goal(pair=make_pair(), progress=60)

    for _ in range(2):
        goal = close(goal, by=goal.learner, reached=True)
    assert (goal.status, goal.progress, goal.closed_at is None) == ("reached", 100, False)
    for _ in range(2):
        goal = reopen(goal, by=goal.learner)
    assert (goal.status, goal.closed_at) == ("open", None)
    assert AuditEntry.objects.count() == 2


def test_what_was_reached_is_not_let_go_before_it_is_reopened() -> None:
    goal = make_goal(pair=make_pair(), status="reached")

    with pytest.raises(TransitionError):
        close(goal, by=goal.learner, reached=False)
    with pytest.raises(TransitionError, match="Reopen"):
        rate(goal, by=goal.learner, progress=10, level=None)


def test_tick_is_as_often_as_pressed_the_same() -> None:
    goal = make_goal(pair=make_pair())
    milestone = add_milestone(goal, by=goal.learner, title="Look around")

    first = tick(milestone, by=goal.learner, done=True).done_at
    second = tick(milestone, by=goal.learner, done=True).done_at
    assert first == second is not None
    assert tick(milestone, by=goal.learner, done=False).done_at is None


def test_a_milestone_is_added_once_and_removed_once() -> None:
    goal = make_goal(pair=make_pair())

    milestone = add_milestone(goal, by=goal.learner, title="Look around")
    assert add_milestone(goal, by=goal.learner, title="look around") == milestone
    for _ in range(2):
        remove_milestone(milestone, by=goal.learner)

    assert not goal.milestones.exists()


def test_a_goal_has_twenty_milestones_at_most() -> None:
    goal = make_goal(pair=make_pair())
    for n in range(20):
        add_milestone(goal, by=goal.learner, title=f"Step {n}")

    with pytest.raises(ValidationError, match="20 milestones"):
        add_milestone(goal, by=goal.learner, title="One more")


def test_after_the_end_of_the_pair_goals_stay_as_they_are() -> None:
    goal = make_goal(pair=make_pair())
    Pair.objects.update(status="completed")

    with pytest.raises(TransitionError, match="over"):
        rate(goal, by=goal.learner, progress=50, level=2)


def test_the_audit_of_a_goal_holds_none_of_its_words() -> None:
    pair = make_pair()
    goal = set_goal(pair, by=pair.mentee, answers=answers(title="Speak up to the board"))
    change_goal(goal, by=pair.mentee, answers=answers(title="Speak up", due_on=dt.date(2030, 1, 1)), version=1)

    for entry in AuditEntry.objects.all():
        assert "Speak" not in entry.object_name + str(entry.changes)


def test_a_stranger_sees_no_goal_and_the_partner_does() -> None:
    goal = make_goal(pair=make_pair())

    def seen(person: Person) -> list[Goal]:
        return list(Goal.objects.visible_to(person.user))

    assert (seen(goal.pair.mentor), seen(make_charlie()), seen(make_charlie(is_hr=True))) == ([goal], [], [])
