"""Whatever people do, in whatever order: what must never be never is, and every open pair has a way out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mentoring.actions import beginnings, enrolments, meetings, new_pairs, pair_life, pairs, programmes, questions
from mentoring.actions.unanswered import expire_due, remind_due, take_back_in_closed
from mentoring.models import AuditEntry, Enrolment, Pair, Person, Programme, TransitionError
from notifications.models import Message
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_offer,
    make_programme,
    make_rather_not,
    make_skill,
)

PEOPLE = st.integers(0, 3)
NUMBERS = st.integers(0, 3)
PAIRS = st.integers(0, 3)
ROLES = st.integers(0, 5)  # the mentor, the mentee, or anybody


class Company(RuleBasedStateMachine):
    """Alice, Bob, Charlie and Dana of HR; Bob would rather not meet Charlie."""

    people: list[Person]

    @initialize()
    def found(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.people = [make_alice(), make_bob(), make_charlie(), make_dana()]
        self.programme, self.skill = make_programme(), make_skill()
        self.said_yes: dict[int, set[int]] = defaultdict(set)
        self.noes: dict[int, set[int]] = defaultdict(set)
        for person in self.people:
            make_offer(person=person, skill=self.skill)
            enrolments.enrol(self.programme, person=person, mentor_capacity=2, mentee_capacity=1)
        make_rather_not(person=self.people[1], others=[self.people[2]])

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def attempt(self, work: Callable[[], object]) -> object:
        """Done, or refused in words; a refusal leaves nothing behind."""
        try:
            with transaction.atomic():
                return work()
        except (TransitionError, ValidationError):
            return None

    def pair(self, number: int) -> Pair | None:
        """Mostly one that asks."""
        there = list(Pair.objects.asking().order_by("pk")) or list(Pair.objects.order_by("pk"))
        return there[number % len(there)] if there else None

    def beginning(self, number: int) -> Pair | None:
        there = list(Pair.objects.beginning().order_by("pk"))
        return there[number % len(there)] if there else None

    def quietly(self, work: Callable[[], object]) -> None:
        """As `attempt`; somebody who is not in the pair is refused too."""
        try:
            self.attempt(work)
        except ValueError as error:
            if "not in the pair" not in str(error):
                raise

    def role(self, pair: Pair, who: int) -> Person:
        return (pair.mentor, pair.mentee, *self.people)[who]

    @rule(who=PEOPLE, mentor=NUMBERS, mentee=NUMBERS)
    def enrol(self, who: int, mentor: int, mentee: int) -> None:
        self.attempt(
            lambda: enrolments.enrol(
                self.programme, person=self.people[who], mentor_capacity=mentor, mentee_capacity=mentee
            )
        )

    @rule(who=PEOPLE, mentor=NUMBERS, mentee=NUMBERS)
    def change(self, who: int, mentor: int, mentee: int) -> None:
        enrolment = Enrolment.objects.filter(person=self.people[who]).first()
        if enrolment:
            self.attempt(
                lambda: enrolments.change_capacity(
                    enrolment, mentor_capacity=mentor, mentee_capacity=mentee, by=self.people[who]
                )
            )

    @rule(who=PEOPLE)
    def leave(self, who: int) -> None:
        enrolment = Enrolment.objects.filter(person=self.people[who]).first()
        if enrolment:
            self.attempt(lambda: enrolments.withdraw(enrolment, by=self.people[who]))

    @rule(mentor=PEOPLE, mentee=PEOPLE, both_said_yes=st.booleans())
    def open(self, mentor: int, mentee: int, both_said_yes: bool) -> None:
        if mentor == mentee:
            return
        pair = self.attempt(
            lambda: pairs.open_pair(
                self.programme, mentor=self.people[mentor], mentee=self.people[mentee], skill=self.skill,
                by=self.people[3], both_said_yes=both_said_yes,
            )
        )  # fmt: skip
        if isinstance(pair, Pair) and both_said_yes:
            self.said_yes[pair.pk] = {pair.mentor_id, pair.mentee_id}

    @rule(asker=PEOPLE, mentor=PEOPLE)
    def ask(self, asker: int, mentor: int) -> None:
        pair = self.attempt(
            lambda: questions.ask(
                asker=self.people[asker], mentor=self.people[mentor], skill=self.skill, question="Why is it so?"
            )
        )
        if isinstance(pair, Pair):
            self.said_yes[pair.pk] = {pair.mentee_id}

    @rule(who=ROLES, number=PAIRS)
    def accept(self, who: int, number: int) -> None:
        pair = self.pair(number)
        if pair and self.attempt(lambda: pairs.accept(pair, by=self.role(pair, who))):
            self.said_yes[pair.pk].add(self.role(pair, who).pk)

    @rule(who=ROLES, number=PAIRS)
    def read_briefing(self, who: int, number: int) -> None:
        if pair := self.beginning(number):
            self.quietly(lambda: beginnings.confirm_briefing(pair, by=self.role(pair, who)))

    @rule(who=ROLES, number=PAIRS, days=st.integers(1, 12))
    def plan_introduction(self, who: int, number: int, days: int) -> None:
        if pair := self.beginning(number):
            start = timezone.now() + dt.timedelta(days=days)
            plan = meetings.Plan(starts_at=start, ends_at=start + dt.timedelta(minutes=30))
            self.quietly(lambda: meetings.plan(pair, by=self.role(pair, who), plan=plan))

    @rule(who=ROLES, number=PAIRS)
    def log_introduction(self, who: int, number: int) -> None:
        if pair := self.beginning(number):
            report = meetings.Report(took_place=True, minutes=30)
            at = timezone.now() - dt.timedelta(hours=1)
            self.quietly(
                lambda: meetings.log_unplanned(
                    pair, by=self.role(pair, who), starts_at=at, channel="video", report=report
                )
            )

    @rule(who=ROLES, number=PAIRS, goes_on=st.booleans())
    def say(self, who: int, number: int, goes_on: bool) -> None:
        """What is said alone shows nowhere: no message, no audit row, nothing on the pair."""
        if pair := self.beginning(number):
            row = Pair.objects.filter(pk=pair.pk).values()
            before = (Message.objects.count(), AuditEntry.objects.count(), row.get())
            self.quietly(lambda: beginnings.say(pair, by=self.role(pair, who), goes_on=goes_on))
            if row.get()["status"] == "beginning":
                assert (Message.objects.count(), AuditEntry.objects.count(), row.get()) == before
                if not goes_on:
                    self.noes[pair.pk].add(self.role(pair, who).pk)
            if goes_on:
                self.noes[pair.pk].discard(self.role(pair, who).pk)

    @rule(who=ROLES, number=PAIRS, change=st.sampled_from([pair_life.pause, pair_life.resume, pair_life.end]))
    def change_running(self, who: int, number: int, change: Callable[..., Pair]) -> None:
        there = list(Pair.objects.started().order_by("pk"))
        if there:
            pair = there[number % len(there)]
            self.quietly(lambda: change(pair, by=self.role(pair, who)))

    @rule(who=PEOPLE)
    def want_a_new_pair(self, who: int) -> None:
        enrolment = Enrolment.objects.filter(person=self.people[who]).first()
        if enrolment:
            self.attempt(lambda: new_pairs.take_up(enrolment, by=self.people[who]))

    @rule(who=ROLES, number=PAIRS)
    def decline(self, who: int, number: int) -> None:
        pair = self.pair(number)
        if pair:
            self.attempt(lambda: pairs.decline(pair, by=self.role(pair, who), because="private words"))

    @rule(who=ROLES, number=PAIRS)
    def take_back(self, who: int, number: int) -> None:
        pair = self.pair(number)
        if pair:
            self.attempt(lambda: pairs.withdraw_invitation(pair, by=self.role(pair, who)))

    @rule(days=st.integers(0, 20))
    def sweep(self, days: int) -> None:
        now = timezone.now() + dt.timedelta(days=days)
        take_back_in_closed()
        expire_due(now)
        remind_due(now)
        beginnings.decide_due(now)
        beginnings.remind_due(now)

    @rule()
    def close(self) -> None:
        self.attempt(lambda: programmes.close(self.programme, by=self.people[3]))

    @rule()
    def launch(self) -> None:
        self.attempt(lambda: programmes.launch(self.programme, by=self.people[3]))

    @invariant()
    def nobody_is_booked_beyond_their_yes(self) -> None:
        for enrolment in Enrolment.objects.all() if hasattr(self, "people") else []:
            mine = Pair.objects.open().filter(programme=enrolment.programme_id)
            as_mentor, as_mentee = mine.filter(mentor=enrolment.person_id), mine.filter(mentee=enrolment.person_id)
            assert as_mentor.count() == as_mentor.filter(mentor_seat__enrolment=enrolment).count()
            assert as_mentee.count() == as_mentee.filter(mentee_seat__enrolment=enrolment).count()
            if enrolment.is_enrolled:
                assert as_mentor.count() <= enrolment.mentor_capacity == enrolment.seats.filter(role="mentor").count()
                assert as_mentee.count() <= enrolment.mentee_capacity == enrolment.seats.filter(role="mentee").count()
            else:
                assert not mine.asking().of(enrolment.person_id).exists()

    @invariant()
    def nothing_starts_without_both(self) -> None:
        for pair in Pair.objects.started() if hasattr(self, "people") else []:
            assert self.said_yes[pair.pk] == {pair.mentor_id, pair.mentee_id}
            assert pair.is_quick or pair.are_briefed
            assert not self.noes[pair.pk]

    @invariant()
    def nobody_hears_of_what_they_are_not_to_know(self) -> None:
        for pair in Pair.objects.filter(both_know_since__isnull=True) if hasattr(self, "people") else []:
            unaware = pair.senior
            assert not Message.objects.filter(recipient=unaware.pk, key__regex=rf"^\w+:{pair.pk}:").exists()
            assert not Pair.objects.known_to(unaware).filter(pk=pair.pk).exists()

    @invariant()
    def no_trace_says_whose_no_it_was(self) -> None:
        if hasattr(self, "people"):
            private = AuditEntry.objects.filter(action="pair.not_available")
            assert not private.exclude(by=None, changes={}).exists()
            assert not Message.objects.filter(text__contains="private words").exists()

    @invariant()
    def no_trace_says_who_would_not_go_on(self) -> None:
        for pair in Pair.objects.filter(status="parted") if hasattr(self, "people") else []:
            assert (pair.no_from_id, pair.ended_by_id, pair.introduction_answers.count()) == (None, None, 0)
            assert not AuditEntry.objects.filter(action="pair.parted", by__isnull=False).exists()
            assert not pair.meetings.filter(status="planned", starts_at__gt=timezone.now()).exists()

    @invariant()
    def every_beginning_has_a_way_out(self) -> None:
        for pair in Pair.objects.beginning().with_people() if hasattr(self, "people") else []:
            assert pair.answer_by is not None
            with transaction.atomic():
                assert beginnings.decide(pair, now=pair.answer_by).status == "parted"
                transaction.set_rollback(True)
            with transaction.atomic():
                assert pairs.withdraw_invitation(pair, by=None).status == "withdrawn"
                transaction.set_rollback(True)

    @invariant()
    def every_running_pair_has_a_way_out(self) -> None:
        for pair in Pair.objects.running().with_people() if hasattr(self, "people") else []:
            for person in pair.people:
                with transaction.atomic():
                    assert pair_life.end(pair, by=person).status == "ended"
                    transaction.set_rollback(True)

    @invariant()
    def every_open_question_has_a_way_out(self) -> None:
        for pair in Pair.objects.asking().with_people() if hasattr(self, "people") else []:
            assert pair.answer_by is not None
            assert pair.awaits is not None
            with transaction.atomic():
                assert not pairs.decline(pair, by=pair.awaits).is_asking
                transaction.set_rollback(True)
            with transaction.atomic():
                assert not pairs.expire(pair, now=pair.answer_by).is_asking
                transaction.set_rollback(True)


@pytest.mark.django_db
def test_no_order_of_actions_reaches_what_must_never_be() -> None:
    run_state_machine_as_test(
        Company,
        settings=settings(
            max_examples=10, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )  # fmt: skip


def test_every_open_state_may_become_something_that_is_over() -> None:
    over = {status for status, following in Pair.TRANSITIONS.items() if not following}

    def reaches_an_end(status: str, seen: frozenset[str]) -> bool:
        return status in over or any(
            reaches_an_end(after, seen | {status}) for after in Pair.TRANSITIONS[status] if after not in seen
        )

    assert all(reaches_an_end(status, frozenset()) for status in Pair.TRANSITIONS)
    assert set(Pair.TRANSITIONS) == set(Pair.Status.values)
    assert set(Programme.TRANSITIONS) == set(Programme.Status.values)
