"""Whatever brainstorm, feedback, raised hand and check-ins go through, in whatever order: there is always a way out."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from goals.actions import brainstorms, check_ins, feedback, hands, pace
from goals.actions.brainstorms import Plan
from goals.models import Brainstorm, CheckIn, Decision, Feedback, Hand, Pace, Thought
from mentoring.actions import pair_life
from mentoring.models import AuditEntry, Pair, Person, TransitionError
from mentoring.models.states import Stateful
from notifications.models import Message
from tests.builders import make_dana, make_goal, make_meeting, make_pair, make_programme

DAY = dt.timedelta(days=1)
WHO, WHICH = st.integers(0, 1), st.integers(0, 3)
WORDS = {"situation": "s", "saw": "s", "effect": "e", "next": "n"}


class Together(RuleBasedStateMachine):
    """Alice mentors Bob, Dana works in HR. Time passes by the machine's own clock."""

    @initialize()
    def found(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = timezone.now()
        programme = make_programme(starts_on=self.now.date() - 60 * DAY)
        self.dana, self.pair = make_dana(), make_pair(programme=programme, started_at=self.now - 60 * DAY)
        make_goal(pair=self.pair, due_on=self.now.date() - 3 * DAY)
        pace.begin(self.pair, self.now)
        check_ins.begin(self.pair, self.now)

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            try:
                self.go_out()
            finally:
                transaction.set_rollback(True)
                self.undo.__exit__(None, None, None)

    def go_out(self) -> None:
        """From wherever it is: the pair ends, HR answers, and nothing is left that waits for anybody."""
        pair = Pair.objects.get()
        if pair.is_running:
            pair_life.end(pair, by=pair.junior)
        for hand in Hand.objects.exclude(status="closed"):
            hands.close(hand, by=hand.person)
        assert not Brainstorm.objects.live().exists()
        assert not Feedback.objects.waiting().exists()
        assert not CheckIn.objects.waiting().exclude(occasion__in=("end", "later")).exists()

    def attempt(self, work: Callable[[], object]) -> None:
        """Done, or refused in words; a refusal leaves nothing behind."""
        before = (Message.objects.count(), AuditEntry.objects.count())
        try:
            with transaction.atomic():
                work()
        except (TransitionError, ValidationError):
            assert (Message.objects.count(), AuditEntry.objects.count()) == before

    def person(self, who: int) -> Person:
        return self.pair.people[who]

    @rule(days=st.integers(1, 30))
    def time_passes(self, days: int) -> None:
        self.now += days * DAY
        Pace.objects.filter(look_at__lte=self.now).update(look_at=self.now)
        pace.look_at_due(self.now)
        feedback.send_due(self.now)
        check_ins.lapse_due(self.now)
        check_ins.ask_due(self.now)

    @rule()
    def they_meet(self) -> None:
        make_meeting(pair=self.pair, starts_at=self.now, status="held")

    @rule(who=WHO, progress=st.integers(1, 5), share=st.booleans(), wants_help=st.booleans())
    def answer(self, who: int, progress: int, share: bool, wants_help: bool) -> None:
        row = CheckIn.objects.open(self.now).filter(person=self.person(who)).first()
        if row is not None:
            values = {"happiness": 3, "information": 3, "progress": progress, "words": "", "share_with_hr": share,
                      "help_wanted": "hr" if wants_help else "nobody"}  # fmt: skip
            self.attempt(lambda: check_ins.answer(row, by=row.person, answers=values, now=self.now))

    @rule(who=WHO, part=st.sampled_from(Thought.Part.values), text=st.sampled_from(["a", "b", "c"]))
    def write(self, who: int, part: str, text: str) -> None:
        if session := Brainstorm.objects.first():
            self.attempt(lambda: brainstorms.write(session, by=self.person(who), part=part, text=text))

    @precondition(lambda self: Thought.objects.exists())
    @rule(who=WHO, which=WHICH, chosen=st.booleans())
    def choose(self, who: int, which: int, chosen: bool) -> None:
        line = _one(Thought, which)
        self.attempt(lambda: brainstorms.choose(line, by=self.person(who), chosen=chosen))

    @precondition(lambda self: Thought.objects.exists())
    @rule(who=WHO, which=WHICH, kind=st.sampled_from(Decision.Kind.values))
    def decide(self, who: int, which: int, kind: str) -> None:
        line, goal = _one(Thought, which), self.pair.goals.first()
        plan = Plan(kind=kind, owner=self.person(who), text="Walk", goal=goal if kind in ("change", "let_go") else None)
        self.attempt(lambda: brainstorms.decide(line, by=self.person(1 - who), plan=plan))

    @rule(who=WHO)
    def make_it_so(self, who: int) -> None:
        if session := Brainstorm.objects.first():
            self.attempt(lambda: brainstorms.make_it_so(session, by=self.person(who)))

    @rule(who=WHO, at_once=st.booleans(), text=st.sampled_from(["x", "y"]))
    def give_feedback(self, who: int, at_once: bool, text: str) -> None:
        words = {**WORDS, "saw": text}
        self.attempt(lambda: feedback.give(self.pair, by=self.person(who), words=words, at_once=at_once))

    @precondition(lambda self: Feedback.objects.exists())
    @rule(which=WHICH, who=WHO, verb=st.sampled_from(["take_back", "send_now", "thank", "ask", "reply", "keep"]))
    def answer_feedback(self, which: int, who: int, verb: str) -> None:
        row = _one(Feedback, which)
        more: Mapping[str, object] = {"ask": {"question": "?"}, "reply": {"answer": "!"}, "keep": {"kept": True}}.get(
            verb, {}
        )
        self.attempt(lambda: getattr(feedback, verb)(row, by=self.person(who), **more))

    @rule(who=WHO, topic=st.sampled_from(Hand.Topic.values))
    def raise_hand(self, who: int, topic: str) -> None:
        self.attempt(lambda: hands.raise_hand(self.person(who), topic=topic, text="Help", pair=self.pair))

    @precondition(lambda self: Hand.objects.exists())
    @rule(which=WHICH, from_hr=st.booleans(), closes=st.booleans(), text=st.sampled_from(["a", "b"]))
    def answer_hand(self, which: int, from_hr: bool, closes: bool, text: str) -> None:
        hand = _one(Hand, which)
        by = self.dana if from_hr else hand.person
        self.attempt(lambda: hands.close(hand, by=by) if closes else hands.write(hand, by=by, text=text))

    @rule(verb=st.sampled_from(["pause", "resume", "complete"]), who=WHO)
    def pair_goes_on(self, verb: str, who: int) -> None:
        self.attempt(lambda: getattr(pair_life, verb)(Pair.objects.get(), by=self.person(who)))

    @invariant()
    def nothing_waits_in_a_pair_that_is_over(self) -> None:
        if hasattr(self, "pair") and not Pair.objects.get().is_running:
            assert not Brainstorm.objects.live().exists()
            assert not Feedback.objects.waiting().exists()

    @invariant()
    def the_two_see_no_hand_of_the_other(self) -> None:
        if hasattr(self, "pair"):
            for person in self.pair.people:
                assert not Hand.objects.visible_to(person.user).exclude(person=person).exists()
                assert not Message.objects.filter(recipient=person.user, kind="hr").exists()


def _one(model: Any, which: int) -> Any:
    there = list(model.objects.order_by("pk"))
    return there[which % len(there)]


@pytest.mark.django_db(transaction=True)
def test_no_order_of_actions_leads_where_there_is_no_way_out() -> None:
    run_state_machine_as_test(
        Together,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("model", [Brainstorm, CheckIn, Feedback, Hand])
def test_from_every_state_the_map_leads_to_one_where_nobody_waits(model: type[Stateful]) -> None:
    """Reached, by any number of moves: an end, or closed."""
    done = {status for status, following in model.TRANSITIONS.items() if not following or status == "closed"}

    for status in model.TRANSITIONS:
        reached, edge = {status}, {status}
        while edge:
            edge = {after for before in edge for after in model.TRANSITIONS[before]} - reached
            reached |= edge
        assert reached & done, status


@pytest.mark.parametrize("model", [Brainstorm, CheckIn, Feedback, Hand])
def test_the_map_names_every_state(model: type[Stateful]) -> None:
    assert set(model.TRANSITIONS) == set(model.Status.values)  # type: ignore[attr-defined]
