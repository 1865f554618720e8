import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from goals.actions.agreements import begin, save_draft, sign
from goals.agreement_words import answers_of
from goals.dashboard import AgreementPanel, CheckInsPanel, GoalsPanel, home_panels, pair_panels, pair_steps, trend_of
from goals.models import Agreement
from mentoring.models import Pair, Person
from tests.builders import (
    make_bob,
    make_charlie,
    make_check_in,
    make_goal,
    make_pair,
    make_person,
    make_programme,
    make_skill,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def titles(person: Person) -> list[str]:
    return [step.title for step in sorted(home_panels(person, NOW), key=lambda step: step.urgency)]


def saved(pair: Pair, *, by: Person, place: str = "Room 4") -> Agreement:
    agreement = begin(pair)
    assert agreement is not None
    return save_draft(
        agreement, by=by, version=agreement.version, answers={**answers_of(agreement), "place": place}
    )  # fmt: skip


def agreement_panel(pair: Pair, person: Person) -> AgreementPanel:
    panel = pair_panels(pair, person, NOW)["agreement"]
    assert isinstance(panel, AgreementPanel)
    return panel


def goals_panel(pair: Pair, person: Person) -> GoalsPanel:
    panel = pair_panels(pair, person, NOW)["goals"]
    assert isinstance(panel, GoalsPanel)
    return panel


def test_a_pair_begins_with_the_agreement_and_the_goal_of_who_learns() -> None:
    pair = make_pair()

    assert titles(pair.mentor) == ["Write your agreement with Bob"]
    assert titles(pair.mentee) == ["Write your agreement with Alice", "Set a goal for Social media"]


def test_in_a_mutual_exchange_both_set_a_goal() -> None:
    pair = make_pair(is_exchange=True, return_skill=make_skill(name="Budgets"))

    assert titles(pair.mentor)[1:] == ["Set a goal for Budgets"]


def test_steps_follow_the_signatures() -> None:
    pair = make_pair()
    make_goal(pair=pair)
    alice, bob = pair.people
    seen = []

    agreement = saved(pair, by=alice)
    seen.append((titles(alice), titles(bob)))
    sign(agreement, by=alice, version=1)
    seen.append((titles(alice), titles(bob)))
    sign(agreement, by=bob, version=1)
    seen.append((titles(alice), titles(bob)))

    assert seen == [
        (["Sign your agreement with Bob"], ["Sign your agreement with Alice"]),
        ([], ["Alice has signed your agreement"]),
        ([], []),
    ]


def test_a_changed_agreement_is_signed_anew() -> None:
    pair = make_pair()
    make_goal(pair=pair)
    alice, bob = pair.people
    agreement = saved(pair, by=alice)
    for person in pair.people:
        sign(agreement, by=person, version=1)

    saved(pair, by=bob, place="Room 5")

    assert titles(alice) == ["Sign your agreement with Bob"]


def test_check_in_is_asked_once_it_is_due_and_of_its_author_alone() -> None:
    pair = make_pair()
    row = make_check_in(pair=pair, person=pair.mentor)

    assert titles(pair.mentor)[0] == "How is it going with Bob?"
    assert "How is it going with Alice?" not in titles(pair.mentee)
    row.due_at = NOW + dt.timedelta(days=1)
    row.save()
    assert "How is it going with Bob?" not in titles(pair.mentor)


def test_a_goal_past_its_date_is_named() -> None:
    pair = make_pair()
    make_goal(pair=pair, due_on=timezone.localdate() - dt.timedelta(days=2))

    assert titles(pair.mentee)[-1] == "A goal of yours is past its date"


@pytest.mark.parametrize("fields", [{"status": "paused"}, {"status": "ended"}, {"kind": Pair.Kind.QUICK}])
def test_pairs_that_rest_are_over_or_are_quick_questions_ask_for_nothing(fields: dict[str, Any]) -> None:
    pair = make_pair(**fields)

    assert [titles(person) for person in pair.people] == [[], []]


def test_pair_steps_are_those_of_that_pair() -> None:
    bob = make_bob()
    first, second = make_pair(mentee=bob), make_pair(mentee=bob, mentor=make_charlie())
    make_check_in(pair=second, person=bob)

    assert [step.title for step in pair_steps(first, bob, NOW)] == [
        "Write your agreement with Alice", "Set a goal for Social media",
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_home_panels_cost_five_queries_however_many_pairs(count: int, django_assert_num_queries: Any) -> None:
    person = make_person()
    for _ in range(count):
        pair = make_pair(mentee=person, mentor=make_person(), programme=make_programme())
        make_check_in(pair=pair, person=person)

    with django_assert_num_queries(5):
        steps = home_panels(person, NOW)

    assert len(steps) == 3 * count


def test_panel_of_the_agreement_says_whose_name_is_missing() -> None:
    pair = make_pair()
    alice, bob = pair.people
    states = [agreement_panel(pair, alice).state]
    agreement = saved(pair, by=alice)
    states.append(agreement_panel(pair, alice).state)
    sign(agreement, by=alice, version=1)
    states += [agreement_panel(pair, alice).state, agreement_panel(pair, bob).state]
    sign(agreement, by=bob, version=1)
    states.append(agreement_panel(pair, bob).state)

    assert states == ["new", "draft", "waits-for-partner", "waits-for-me", "in-force"]


def test_panel_keeps_the_version_in_force_while_a_change_waits() -> None:
    pair = make_pair()
    agreement = saved(pair, by=pair.mentor)
    for person in pair.people:
        sign(agreement, by=person, version=1)

    saved(pair, by=pair.mentee, place="Room 5")

    panel = agreement_panel(pair, pair.mentor)
    assert (panel.version, panel.in_force, panel.state) == (2, 1, "draft")


def test_panel_of_goals_shows_mine_first_and_the_balance_of_both() -> None:
    pair = make_pair(is_exchange=True, return_skill=make_skill(name="Budgets"))
    make_goal(pair=pair, progress=40)
    make_goal(pair=pair, progress=60)
    make_goal(pair=pair, progress=0, status="dropped")
    assert not goals_panel(pair, pair.mentor).is_balanced
    make_goal(pair=pair, learner=pair.mentor, progress=20)

    panel = goals_panel(pair, pair.mentor)

    assert [(d.learner, d.is_me, str(d.skill), d.progress) for d in panel.directions] == [
        (pair.mentor, True, "Budgets", 20), (pair.mentee, False, "Social media", 50),
    ]  # fmt: skip
    assert panel.is_balanced


def test_a_mentor_who_gets_nothing_in_return_has_no_direction() -> None:
    pair = make_pair()

    assert [direction.learner for direction in goals_panel(pair, pair.mentor).directions] == [pair.mentee]


def test_panel_of_check_ins_holds_the_readers_own_alone() -> None:
    pair = make_pair()
    make_check_in(pair=pair, person=pair.mentee, status="answered", number=1)
    make_check_in(pair=pair, person=pair.mentee, status="answered", number=2)
    mine = make_check_in(pair=pair, person=pair.mentor)

    panel = pair_panels(pair, pair.mentor, NOW)["check_ins"]

    assert isinstance(panel, CheckInsPanel)
    assert (panel.open, panel.answered) == (mine, [])


def test_trend_begins_with_the_second_answer() -> None:
    pair = make_pair()
    make_check_in(pair=pair, person=pair.mentor, status="answered", number=1, happiness=2)
    assert trend_of(pair, pair.mentor) == []
    make_check_in(pair=pair, person=pair.mentor, status="answered", number=2, happiness=5)

    charts = trend_of(pair, pair.mentor)

    assert [chart.title for chart in charts] == ["Happy with it", "Get what I need", "Progress on goals"]
    assert [dot.value for dot in charts[0].dots] == ["2, a little", "5, very much"]


def test_nobody_else_gets_a_panel_and_a_quick_question_has_none() -> None:
    pair, quick = make_pair(), make_pair(kind=Pair.Kind.QUICK)

    assert pair_panels(pair, make_charlie(is_hr=True), NOW) == {}
    assert pair_panels(quick, quick.mentor, NOW) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_pair_panels_cost_the_same_however_much_there_is(count: int, django_assert_num_queries: Any) -> None:
    pair = make_pair()
    for n in range(count):
        agreement = saved(pair, by=pair.mentor, place=f"Room {n}")
        sign(agreement, by=pair.mentor, version=agreement.version)
        make_goal(pair=pair).milestones.create(title="Look around")
        make_check_in(pair=pair, person=pair.mentor, number=n + 1, status="answered")

    with django_assert_num_queries(6):
        pair_panels(pair, pair.mentor, NOW)
