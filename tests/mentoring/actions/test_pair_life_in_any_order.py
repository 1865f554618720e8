"""Whatever the two of a pair do, in whatever order: what must never be never is, and there is always a way out."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mentoring.actions import meeting_reminders, meetings, pair_life
from mentoring.actions.meetings import Plan, Report
from mentoring.models import AuditEntry, Meeting, MeetingReminder, Pair, Person, TransitionError
from notifications.models import Message
from tests.builders import make_pair

WHO = st.integers(0, 1)
DAYS = st.integers(1, 20)
WHICH = st.integers(0, 5)


class Life(RuleBasedStateMachine):
    """Alice mentors Bob. Time passes by moving what was planned into the past."""

    @initialize(kind=st.sampled_from(["programme", "quick"]))
    def found(self, kind: str) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.pair = make_pair(kind=kind, started_at=timezone.now() - dt.timedelta(days=300))

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

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

    def meeting(self, which: int) -> Meeting | None:
        there = list(Meeting.objects.order_by("pk"))
        return there[which % len(there)] if there else None

    @rule(who=WHO, days=DAYS)
    def plan(self, who: int, days: int) -> None:
        self.attempt(lambda: meetings.plan(self.pair, by=self.person(who), plan=plan_in(days)))

    @rule(who=WHO, which=WHICH, days=DAYS)
    def move(self, who: int, which: int, days: int) -> None:
        if meeting := self.meeting(which):
            self.attempt(lambda: meetings.move(meeting, by=self.person(who), plan=plan_in(days)))

    @rule(who=WHO, which=WHICH)
    def accept(self, who: int, which: int) -> None:
        if meeting := self.meeting(which):
            self.attempt(lambda: meetings.accept(meeting, by=self.person(who)))

    @rule(who=WHO, which=WHICH)
    def cancel(self, who: int, which: int) -> None:
        if meeting := self.meeting(which):
            self.attempt(lambda: meetings.cancel(meeting, by=self.person(who)))

    @rule(who=WHO, which=WHICH, took_place=st.booleans())
    def log(self, who: int, which: int, took_place: bool) -> None:
        if meeting := self.meeting(which):
            report = Report(took_place=took_place, minutes=45, because="" if took_place else "other")
            self.attempt(lambda: meetings.log(meeting, by=self.person(who), report=report))

    @rule(which=WHICH, days=DAYS)
    def pass_time(self, which: int, days: int) -> None:
        """One planned meeting lies in the past by now."""
        meeting = self.meeting(which)
        if meeting is not None and meeting.status == "planned":
            start = timezone.now() - dt.timedelta(days=days, seconds=meeting.pk)
            Meeting.objects.filter(pk=meeting.pk).update(starts_at=start, ends_at=start + dt.timedelta(minutes=45))

    @rule(days=st.integers(0, 30))
    def remind(self, days: int) -> None:
        meeting_reminders.send_due(timezone.now() + dt.timedelta(days=days))

    @rule(who=WHO, change=st.sampled_from([pair_life.pause, pair_life.resume, pair_life.complete, pair_life.end]))
    def change(self, who: int, change: Callable[..., Pair]) -> None:
        self.attempt(lambda: change(self.pair, by=self.person(who)))

    @rule(who=WHO)
    def leave(self, who: int) -> None:
        pair_life.end_all_of(self.person(who))

    @invariant()
    def never_is(self) -> None:
        if not hasattr(self, "pair"):
            return
        pair = Pair.objects.get()
        assert (pair.finished_at is not None) == (pair.status in ("completed", "ended"))
        ahead = Meeting.objects.ahead(timezone.now())
        assert pair.status == "active" or not ahead.exists()
        assert not MeetingReminder.objects.exclude(meeting__status="planned").exists()
        assert not AuditEntry.objects.filter(action="pair.ended", by__isnull=False).exists()
        times = sorted(ahead.values_list("starts_at", "ends_at"))
        assert all(one[1] <= two[0] for one, two in pairwise(times))
        if pair.is_quick:
            assert Meeting.objects.filter(status__in=["planned", "held"]).count() <= 2

    @invariant()
    def there_is_a_way_out(self) -> None:
        """Each who is in a running pair can end it, and what was planned can be cancelled or logged."""
        if not hasattr(self, "pair"):
            return
        for meeting in Meeting.objects.planned():
            way = meetings.cancel if meeting.is_ahead(timezone.now()) else log_it
            self.undone(lambda way=way, meeting=meeting: way(meeting, by=self.pair.mentor))
        if Pair.objects.get().is_running:
            self.undone(lambda: pair_life.end(self.pair, by=self.pair.mentee))

    def undone(self, work: Callable[[], object]) -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)


def plan_in(days: int) -> Plan:
    start = timezone.now().replace(microsecond=0) + dt.timedelta(days=days)
    return Plan(starts_at=start, ends_at=start + dt.timedelta(minutes=45))


def log_it(meeting: Meeting, *, by: Person) -> Meeting:
    return meetings.log(meeting, by=by, report=Report(took_place=True, minutes=45))


@pytest.mark.django_db
def test_no_order_of_what_two_people_do_breaks_their_pair() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
