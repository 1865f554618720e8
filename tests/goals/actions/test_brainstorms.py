import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from goals.actions.brainstorms import Plan, choose, decide, drop, make_it_so, take_away, write
from goals.models import Brainstorm, Decision, Goal, Thought
from mentoring.models import Pair, TransitionError
from notifications.models import Message
from tests.builders import make_charlie, make_goal, make_pair

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def opened(pair: Pair | None = None, **fields: object) -> Brainstorm:
    look_at = timezone.now() + 21 * DAY
    return Brainstorm.objects.create(pair=pair or make_pair(), look_at=look_at, **fields)


def way(session: Brainstorm, text: str = "Walk and talk") -> Thought:
    line = write(session, by=session.pair.mentor, part="way", text=text)
    choose(line, by=session.pair.mentee, chosen=True)
    return line


def test_both_write_and_the_partner_is_told_once_a_day() -> None:
    session = opened()
    alice, bob = session.pair.people

    for by, part, text in ((alice, "works", "We laugh"), (alice, "way", "Walk"), (bob, "in_the_way", "Time")):
        write(session, by=by, part=part, text=text)
        write(session, by=by, part=part, text=text.upper())

    assert [(line.author, line.part, line.text) for line in session.thoughts.all()] == [
        (alice, "works", "We laugh"), (alice, "way", "Walk"), (bob, "in_the_way", "Time"),
    ]  # fmt: skip
    assert [message.recipient for message in Message.objects.order_by("pk")] == [bob.user, alice.user]
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(text, ' ') FROM goals_thought")
        assert "laugh" not in cursor.fetchone()[0]


def test_a_line_is_taken_away_by_its_author_alone() -> None:
    session = opened()
    line = write(session, by=session.pair.mentor, part="works", text="We laugh")

    with pytest.raises(TransitionError):
        take_away(line, by=session.pair.mentee)
    take_away(line, by=session.pair.mentor)

    assert not session.thoughts.exists()


def test_each_chooses_two_of_the_ways_and_of_nothing_else() -> None:
    session = opened()
    alice = session.pair.mentor
    ways = [write(session, by=alice, part="way", text=f"Way {n}") for n in range(3)]
    for line in ways[:2]:
        choose(line, by=alice, chosen=True)

    with pytest.raises(ValidationError, match="two"):
        choose(ways[2], by=alice, chosen=True)
    choose(ways[0], by=alice, chosen=False)
    choose(ways[2], by=alice, chosen=True)
    with pytest.raises(TransitionError):
        choose(write(session, by=alice, part="works", text="We laugh"), by=alice, chosen=True)

    assert [line.chosen_by.count() for line in ways] == [0, 1, 1]


def test_make_it_so_changes_ones_own_goals_and_leaves_the_partners_to_them() -> None:
    pair, soon = make_pair(), timezone.localdate() + 30 * DAY
    mine, theirs = make_goal(pair=pair, learner=pair.mentor), make_goal(pair=pair, learner=pair.mentee)
    session = opened(pair)
    for goal, text in ((mine, "Walk"), (theirs, "Talk")):
        decide(way(session, text), by=pair.mentor, plan=Plan(kind="change", owner=pair.mentor, goal=goal, due_on=soon))

    make_it_so(session, by=pair.mentor)
    make_it_so(session, by=pair.mentor)
    assert [goal.due_on for goal in Goal.objects.order_by("pk")] == [soon, None]
    assert Brainstorm.objects.get().status == "open"
    make_it_so(session, by=pair.mentee)

    assert [goal.due_on for goal in Goal.objects.order_by("pk")] == [soon, soon]
    assert Brainstorm.objects.get().status == "decided"
    assert Message.objects.filter(key__startswith="brainstorm_decided").get().recipient == pair.mentor.user


def test_every_kind_of_decision_comes_about() -> None:
    pair, soon = make_pair(), timezone.localdate() + 30 * DAY
    bob = pair.mentee
    old, big = make_goal(pair=pair, title="Old"), make_goal(pair=pair, title="Big")
    session = opened(pair)
    plans = {
        "Stop": Plan(kind="let_go", owner=bob, goal=old),
        "Less": Plan(kind="change", owner=bob, goal=big, text="Small", due_on=soon),
        "More": Plan(kind="new_goal", owner=bob, text="New", due_on=soon),
        "Walk": Plan(kind="step", owner=bob, text="Book a walk"),
    }
    for number, (text, plan) in enumerate(plans.items()):
        line = write(session, by=bob, part="way", text=text)
        choose(line, by=pair.people[number % 2], chosen=True)
        decide(line, by=pair.mentor, plan=plan)

    for person in pair.people:
        make_it_so(session, by=person)

    assert [(goal.title, goal.status, goal.due_on) for goal in Goal.objects.order_by("pk")] == [
        ("Old", "dropped", None), ("Small", "open", soon), ("New", "open", soon),
    ]  # fmt: skip
    step = Decision.objects.get(kind="step").step
    assert [(each.owner, each.text) for each in pair.agreed_steps.all()] == [(bob, "Book a walk")]
    assert step in pair.agreed_steps.all()


def test_the_same_step_decided_twice_is_one_on_the_list_and_one_too_far_ahead_is_refused() -> None:
    pair, far = make_pair(), timezone.localdate() + dt.timedelta(days=400)
    session = opened(pair)
    for text in ("Walk", "Run"):
        decide(line := way(session, text), by=pair.mentor, plan=Plan(kind="step", owner=pair.mentor, text="Get up"))

    with pytest.raises(ValidationError, match="within a year"):
        decide(line, by=pair.mentee, plan=Plan(kind="step", owner=pair.mentor, text="Get up", due_on=far))
    make_it_so(session, by=pair.mentor)

    assert pair.agreed_steps.count() == 1


def test_a_new_decision_asks_both_anew_and_a_dropped_one_never_comes_about() -> None:
    pair = make_pair()
    session = opened(pair)
    line = way(session)
    decide(line, by=pair.mentor, plan=Plan(kind="step", owner=pair.mentee, text="Walk"))
    make_it_so(session, by=pair.mentor)

    decision = decide(line, by=pair.mentor, plan=Plan(kind="step", owner=pair.mentor, text="Run"))
    make_it_so(session, by=pair.mentee)
    assert Brainstorm.objects.get().status == "open"
    drop(decision, by=pair.mentee)

    with pytest.raises(TransitionError, match="what becomes"):
        make_it_so(session, by=pair.mentor)


def test_a_decision_must_be_possible() -> None:
    pair = make_pair()
    session = opened(pair)
    line, other = way(session), make_goal(pair=make_pair(mentor=make_charlie(), mentee=pair.mentee))
    closed = make_goal(pair=pair, status="reached")

    for plan, field in (
        (Plan(kind="step", owner=pair.mentor), "text"),
        (Plan(kind="step", owner=make_charlie(), text="Walk"), "owner"),
        (Plan(kind="let_go", owner=pair.mentee, goal=other), "goal"),
        (Plan(kind="let_go", owner=pair.mentee, goal=closed), "goal"),
        (Plan(kind="change", owner=pair.mentee, goal=make_goal(pair=pair)), "due_on"),
        (Plan(kind="step", owner=pair.mentor, text="Walk", due_on=timezone.localdate() - 3 * DAY), "due_on"),
    ):
        with pytest.raises(ValidationError) as refused:
            decide(line, by=pair.mentor, plan=plan)
        assert list(refused.value.error_dict) == [field]
    assert not Decision.objects.exists()


def test_there_is_one_live_session_of_a_pair() -> None:
    session = opened()

    with pytest.raises(IntegrityError), transaction.atomic():
        opened(session.pair)


@pytest.mark.parametrize("status", ["helped", "lapsed", "closed"])
def test_what_is_over_takes_no_more_lines(status: str) -> None:
    session = opened(status=status, closed_at=timezone.now(), hr_told_at=timezone.now())

    with pytest.raises(TransitionError, match="over"):
        write(session, by=session.pair.mentor, part="works", text="We laugh")
