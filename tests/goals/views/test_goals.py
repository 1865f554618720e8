import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from goals.models import Goal, GoalRating
from mentoring.models import Pair
from tests.builders import make_charlie, make_dana, make_goal, make_pair, make_wish
from tests.support.clients import client_of, text_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def typed(**fields: Any) -> dict[str, Any]:
    return {"wish": "", "title": "Post once a week", "why": "", "measure": "", "due_on": "", "level": "",
            "milestones": "", **fields}  # fmt: skip


def test_form_begins_with_the_skill_of_the_pair_and_the_level_of_the_wish() -> None:
    pair = make_pair()
    wish = make_wish(person=pair.mentee, skill=pair.skill, present=2)

    form = client_of(pair.mentee).get(f"/pairs/{pair.pk}/goals/new/").context["form"]

    assert (form["wish"].value(), form["level"].value()) == (wish.pk, 2)


def test_setting_a_goal_leads_to_its_page() -> None:
    pair = make_pair()
    steps = "Look around\r\n\r\n  Post   once \r\n"

    answer = client_of(pair.mentee).post(f"/pairs/{pair.pk}/goals/new/", typed(level=1, milestones=steps), follow=True)

    goal = Goal.objects.get()
    assert answer.redirect_chain == [(f"/goals/{goal.pk}/", 302)]
    assert [step.title for step in goal.milestones.all()] == ["Look around", "Post once"]
    assert (goal.learner, goal.level_at_start) == (pair.mentee, 1)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "", "Fill this in"), ("title", "x" * 10000, "at most 160"), ("due_on", "soon", "from the calendar"),
        ("due_on", str(TODAY - dt.timedelta(days=3)), "still to come"), ("due_on", "2999-01-01", "three years"),
        ("level", "9", "Choose from the list"), ("wish", "0", "Choose from the list"),
        ("milestones", "x" * 161, "160 characters"), ("milestones", "a\n" * 21, "20 steps"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_at_its_field_and_what_was_typed_is_kept(field: str, value: str, error: str) -> None:
    pair = make_pair()

    answer = client_of(pair.mentee).post(f"/pairs/{pair.pk}/goals/new/", typed(**{"why": "It matters.", field: value}))

    assert error in str(answer.context["form"].errors[field])
    assert "It matters." in text_of(answer)
    assert not Goal.objects.exists()


def test_a_wish_of_somebody_else_cannot_be_chosen() -> None:
    pair = make_pair()
    theirs = make_wish(person=pair.mentor)

    answer = client_of(pair.mentee).post(f"/pairs/{pair.pk}/goals/new/", typed(wish=theirs.pk))

    assert "wish" in answer.context["form"].errors


def test_the_partner_reads_and_has_nothing_to_press() -> None:
    goal = make_goal(pair=make_pair(), why="To be heard.")
    goal.milestones.create(title="Look around")

    page = text_of(client_of(goal.pair.mentor).get(f"/goals/{goal.pk}/"))

    assert "To be heard." in page
    assert "Bob alone changes it" in page
    for path in (f"/goals/{goal.pk}/edit/", f"/goals/{goal.pk}/progress/", f"/goals/{goal.pk}/close/", "/milestones/"):
        assert path not in page


@pytest.mark.parametrize("path", ["progress", "close", "reopen", "milestones"])
def test_the_partner_cannot_change_it_by_hand(path: str) -> None:
    goal = make_goal(pair=make_pair())

    assert client_of(goal.pair.mentor).post(f"/goals/{goal.pk}/{path}/", {"progress": 50}).status_code == 403


def test_nobody_else_finds_it() -> None:
    goal = make_goal(pair=make_pair())
    step = goal.milestones.create(title="Look around")

    for person in (make_charlie(), make_dana()):
        assert client_of(person).get(f"/goals/{goal.pk}/").status_code == 404
        assert client_of(person).get(f"/goals/{goal.pk}/edit/").status_code == 404
        assert client_of(person).post(f"/milestones/{step.pk}/tick/", {"done": "yes"}).status_code == 404


def test_progress_and_level_are_saved() -> None:
    goal = make_goal(pair=make_pair(), level_at_start=1, level_now=1)

    client_of(goal.learner).post(f"/goals/{goal.pk}/progress/", {"progress": 35, "level": 2})

    goal.refresh_from_db()
    assert (goal.progress, goal.level_now) == (35, 2)


@pytest.mark.parametrize("progress", ["", "101", "-5", "half"])
def test_progress_that_makes_no_sense_is_refused(progress: str) -> None:
    goal = make_goal(pair=make_pair(), progress=20)

    answer = client_of(goal.learner).post(f"/goals/{goal.pk}/progress/", {"progress": progress, "level": ""})

    assert answer.context["rate"].errors["progress"]
    assert Goal.objects.get().progress == 20


def test_milestone_is_ticked_in_place_by_htmx_and_with_a_page_without_it() -> None:
    goal = make_goal(pair=make_pair())
    step = goal.milestones.create(title="Look around")
    client = client_of(goal.learner)

    part = client.post(f"/milestones/{step.pk}/tick/", {"done": "yes"}, headers={"HX-Request": "true"})
    step.refresh_from_db()
    assert text_of(part).startswith('<section class="card" id="milestones"')
    assert "1 of 1" in text_of(part)
    assert step.done_at is not None

    whole = client.post(f"/milestones/{step.pk}/tick/", {"done": "no"})
    step.refresh_from_db()
    assert (whole["Location"], step.done_at) == (f"/goals/{goal.pk}/", None)


def test_milestone_is_added_and_taken_away() -> None:
    goal = make_goal(pair=make_pair())
    client = client_of(goal.learner)

    client.post(f"/goals/{goal.pk}/milestones/", {"title": "Look around"})
    step = goal.milestones.get()
    client.post(f"/milestones/{step.pk}/remove/")

    assert (step.title, goal.milestones.count()) == ("Look around", 0)


def test_milestone_without_words_is_refused_at_its_field() -> None:
    goal = make_goal(pair=make_pair())

    part = client_of(goal.learner).post(f"/goals/{goal.pk}/milestones/", {"title": " "}, headers={"HX-Request": "true"})

    assert "Fill this in." in text_of(part)


def test_milestone_of_a_pair_that_is_over_says_so() -> None:
    goal = make_goal(pair=make_pair())
    step = goal.milestones.create(title="Look around")
    Pair.objects.update(status="completed")

    page = text_of(client_of(goal.learner).post(f"/milestones/{step.pk}/tick/", {"done": "yes"}, follow=True))

    assert "This pair is over, so its goals stay as they are." in page


def test_reached_let_go_and_reopened() -> None:
    goal = make_goal(pair=make_pair())
    client = client_of(goal.learner)

    seen = []
    for path, data in (("close", {"reached": "yes"}), ("reopen", {}), ("close", {"reached": "no"})):
        client.post(f"/goals/{goal.pk}/{path}/", data)
        goal.refresh_from_db()
        seen.append(goal.status)

    assert seen == ["reached", "open", "dropped"]


def test_a_stale_edit_keeps_what_was_typed_and_shows_what_stands_there() -> None:
    goal = make_goal(pair=make_pair())
    client = client_of(goal.learner)
    client.post(f"/goals/{goal.pk}/edit/", typed(title="Post twice", version=1))

    answer = client.post(f"/goals/{goal.pk}/edit/", typed(title="Post daily", version=1))

    page = text_of(answer)
    assert "Somebody changed this while you had the page open" in page
    assert answer.context["form"]["title"].value() == "Post daily"
    assert "<dd> Post twice </dd>" in page
    client.post(f"/goals/{goal.pk}/edit/", typed(title="Post daily", version=answer.context["form"]["version"].value()))
    assert Goal.objects.get().title == "Post daily"


def test_chart_shows_the_level_from_the_start_until_now() -> None:
    pair = make_pair()
    goal = make_goal(pair=pair, wish=make_wish(person=pair.mentee, wanted=4), level_at_start=1, level_now=3)
    for days, level in ((10, 2), (20, 3)):
        GoalRating.objects.create(goal=goal, day=TODAY + dt.timedelta(days=days), level=level, progress=0)

    chart = client_of(pair.mentor).get(f"/goals/{goal.pk}/").context["chart"]

    assert [dot.value for dot in chart.dots] == [
        "1, I know the basics", "2, I use it with some help", "3, I use it on my own",
    ]  # fmt: skip
    assert chart.goal == "4, Others ask me about it"


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_however_many_milestones_and_ratings_there_are(
    count: int, django_assert_num_queries: Any
) -> None:
    goal = make_goal(pair=make_pair(), level_at_start=1, level_now=1)
    for n in range(count):
        goal.milestones.create(title=f"Step {n}")
        GoalRating.objects.create(goal=goal, day=TODAY + dt.timedelta(days=n), level=2, progress=0)
    client = client_of(goal.learner)

    with django_assert_num_queries(6):
        client.get(f"/goals/{goal.pk}/")
