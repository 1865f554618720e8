"""A matching run from HR's click to its result, with the real engine."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from matching.actions import runs
from matching.models import LeftOut, MatchingRun, Suggestion
from matching.progress import Progress
from mentoring.models import AuditEntry, Enrolment, Person, Programme, TransitionError
from notifications.models import Message
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_enrolment,
    make_offer,
    make_pair,
    make_person,
    make_programme,
    make_rather_not,
    make_run,
    make_skill,
    make_suggestion,
    make_wish,
)

pytestmark = pytest.mark.django_db
Status = MatchingRun.Status


def make_two(programme: Programme, *, skill: str = "Social media") -> tuple[Person, Person]:
    """A junior who offers the skill and a senior who wishes for it, enrolled as mentor and as mentee."""
    junior, senior = make_person(level=2), make_person(level=7)
    make_offer(person=junior, skill=make_skill(name=skill))
    make_wish(person=senior, skill=make_skill(name=skill))
    make_enrolment(person=junior, programme=programme, mentor_capacity=1, mentee_capacity=0)
    make_enrolment(person=senior, programme=programme, mentor_capacity=0, mentee_capacity=1)
    return junior, senior


def carried_out(programme: Programme, *, by: Person | None = None) -> MatchingRun:
    run = runs.start_run(programme, by=by or make_dana())
    runs.carry_out(run.pk)
    run.refresh_from_db()
    return run


def proposed(programme: Programme) -> set[tuple[Person, Person]]:
    rows = Suggestion.objects.proposed().filter(programme=programme).select_related("mentor", "mentee")
    return {(row.mentor, row.mentee) for row in rows}


def test_a_run_waits_for_a_worker() -> None:
    dana, programme = make_dana(), make_programme(weight_bridge=9)

    run = runs.start_run(programme, by=dana)

    assert (run.status, run.started_by, run.attempt) == (Status.QUEUED, dana, 0)
    assert run.policy["weights"]["bridge"] == 9
    assert AuditEntry.objects.get().action == "run.started"


def test_a_second_run_of_a_programme_is_refused_with_who_started_the_first() -> None:
    dana, programme = make_dana(), make_programme(name="Spring")
    runs.start_run(programme, by=dana)
    MatchingRun.objects.update(created_at=timezone.now() - dt.timedelta(minutes=2))

    with pytest.raises(TransitionError, match=r"^Dana started a matching run of Spring 2\sminutes ago\."):
        runs.start_run(programme, by=make_dana(name="Eve"))

    assert runs.start_run(make_programme(), by=dana).status == Status.QUEUED


@pytest.mark.parametrize("status", [Programme.Status.DRAFT, Programme.Status.CLOSED])
def test_only_a_programme_that_runs_is_matched(status: str) -> None:
    with pytest.raises(TransitionError, match="launch it first"):
        runs.start_run(make_programme(status=status), by=make_dana())


def test_a_run_suggests_the_pairs_with_their_reasons() -> None:
    programme = make_programme()
    junior, senior = make_two(programme)

    run = carried_out(programme)

    suggestion = Suggestion.objects.get()
    assert (suggestion.mentor, suggestion.mentee, suggestion.skill) == (junior, senior, make_skill())
    assert (suggestion.origin, suggestion.status, suggestion.run) == ("run", "proposed", run)
    assert suggestion.score == sum(criterion["points"] for criterion in suggestion.criteria) > 0
    assert all(criterion["name"] for criterion in suggestion.criteria)


def test_a_run_keeps_its_result_its_proof_and_its_mark() -> None:
    dana, programme = make_dana(), make_programme()
    make_two(programme)
    make_enrolment(person=make_charlie(), programme=programme, mentor_capacity=0, mentee_capacity=1)

    run = carried_out(programme, by=dana)

    told = run.summary
    assert (run.status, run.percent, run.problem, run.attempt) == (Status.DONE, 100, "", 1)
    assert (told["placed"], told["placed_bound"], told["asked"], told["suggested"]) == (2, 2, 3, 1)
    assert (told["certified"], told["bound"], told["left_out"], told["kept"]) == (True, told["total"], 1, 0)
    assert len(run.input_hash) >= 24
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == ["run.started", "run.finished"]
    assert Message.objects.get(recipient=dana.user).subject == f"The matching run of “{programme}” is done"


def test_the_same_input_gives_the_same_mark_and_the_same_result() -> None:
    programme = make_programme()
    for _ in range(3):
        make_two(programme)
    make_enrolment(person=make_charlie(), programme=programme, mentor_capacity=0, mentee_capacity=1)

    first, pairs = carried_out(programme), proposed(programme)
    again = [carried_out(programme), carried_out(programme)]

    assert proposed(programme) == pairs
    assert {run.summary["placed"] for run in again} == {first.summary["placed"]}
    assert len({run.input_hash for run in again}) == len({run.summary["total"] for run in again}) == 1


def test_who_is_left_out_learns_by_hr_why_and_waits_one_run_longer() -> None:
    programme = make_programme()
    make_two(programme)
    left = make_enrolment(person=make_charlie(), programme=programme, mentor_capacity=0, mentee_capacity=1)

    run = carried_out(programme)

    told = LeftOut.objects.get(run=run)
    assert (told.enrolment, told.role, told.waits) == (left, "mentee", True)
    assert told.rules
    left.refresh_from_db()
    assert left.waiting_runs == 1


def test_who_has_a_pair_has_waited_no_longer_but_an_invitation_alone_does_not_end_the_waiting() -> None:
    programme = make_programme()
    paired, asked = make_pair(programme=programme), make_pair(
        programme=programme, mentor=make_person(level=1), mentee=make_person(level=9), status="asking_junior"
    )  # fmt: skip
    Enrolment.objects.update(waiting_runs=3)

    carried_out(programme)

    waited = {e.person: e.waiting_runs for e in Enrolment.objects.select_related("person")}
    assert waited == {paired.mentor: 0, paired.mentee: 0, asked.mentor: 3, asked.mentee: 3}


def test_a_run_that_hr_approved_nothing_of_makes_nobody_wait_twice() -> None:
    programme = make_programme()
    make_two(programme)
    left = make_enrolment(person=make_charlie(), programme=programme, mentor_capacity=0, mentee_capacity=1)

    waited = []
    for _ in range(2):
        carried_out(programme)
        left.refresh_from_db()
        waited.append(left.waiting_runs)

    assert waited == [1, 1]


def test_a_new_run_takes_the_place_of_what_the_last_one_suggested_and_hr_has_not_decided() -> None:
    programme = make_programme()
    make_two(programme)
    old = make_suggestion(programme=programme)
    by_hr = make_suggestion(programme=programme, mentor=make_charlie(), mentee=make_person(), origin="hr")
    rejected = make_suggestion(programme=programme, mentor=make_person(), status="rejected")

    carried_out(programme)

    statuses = dict(Suggestion.objects.values_list("pk", "status"))
    assert [statuses[row.pk] for row in (old, by_hr, rejected)] == ["replaced", "proposed", "rejected"]


def test_what_hr_rejected_is_not_suggested_again() -> None:
    programme = make_programme()
    junior, senior = make_two(programme)
    make_suggestion(programme=programme, mentor=junior, mentee=senior, status="rejected")

    carried_out(programme)

    assert proposed(programme) == set()


def test_who_would_rather_not_is_not_suggested_and_nothing_says_so() -> None:
    programme = make_programme()
    junior, senior = make_two(programme)
    make_rather_not(person=senior, others=[junior])

    run = carried_out(programme)

    assert proposed(programme) == set()
    told = str(list(LeftOut.objects.values_list("rules", "smallest_change"))) + str(run.summary)
    assert "rather" not in told.lower()
    assert {rule["rule"] for rules in LeftOut.objects.values_list("rules", flat=True) for rule in rules} == {"plan"}


def test_what_becomes_impossible_while_the_engine_works_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = make_programme()
    junior, _ = make_two(programme)
    _, other = make_two(programme, skill="Budgets")
    tell = Progress.__call__

    def and_meanwhile(self: Progress, phase: str, percent: float) -> None:
        if phase == "Writing the suggestions":
            programme.enrolments.filter(person=junior).update(status="withdrawn")
        tell(self, phase, percent)

    monkeypatch.setattr(Progress, "__call__", and_meanwhile)
    run = carried_out(programme)

    assert {mentee for _, mentee in proposed(programme)} == {other}
    assert (run.summary["suggested"], run.summary["dropped"]) == (1, 1)


def test_a_run_that_waits_is_cancelled_at_once() -> None:
    dana = make_dana()
    run = runs.start_run(make_programme(), by=dana)

    runs.cancel_run(run, by=dana)
    runs.carry_out(run.pk)

    run.refresh_from_db()
    assert (run.status, run.attempt) == (Status.CANCELLED, 0)


def test_a_run_that_works_stops_at_its_next_sign_of_life_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    dana, programme = make_dana(), make_programme()
    make_two(programme)
    old = make_suggestion(programme=programme)
    tell = Progress.__call__

    def and_cancel(self: Progress, phase: str, percent: float) -> None:
        if phase == "Finding the best plan":
            runs.cancel_run(self.run, by=dana)
        tell(self, phase, percent)

    monkeypatch.setattr(Progress, "__call__", and_cancel)
    run = carried_out(programme, by=dana)

    assert run.status == Status.CANCELLED
    assert list(Suggestion.objects.proposed()) == [old]
    with pytest.raises(TransitionError, match="cancelled already"):
        runs.cancel_run(run, by=dana)


def test_a_worker_that_lost_the_run_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was silent for too long, and another worker has taken the run up."""
    programme = make_programme()
    make_two(programme)
    tell = Progress.__call__

    def and_lose_it(self: Progress, phase: str, percent: float) -> None:
        tell(self, phase, percent)
        if phase == "Writing the suggestions":
            MatchingRun.objects.update(attempt=2)

    monkeypatch.setattr(Progress, "__call__", and_lose_it)
    run = carried_out(programme)

    assert (run.status, run.attempt) == (Status.RUNNING, 2)
    assert Suggestion.objects.count() == LeftOut.objects.count() == 0


def test_a_run_is_carried_out_once_however_often_it_is_asked_for() -> None:
    programme = make_programme()
    make_two(programme)
    run = carried_out(programme)

    runs.carry_out(run.pk)

    run.refresh_from_db()
    assert run.attempt == 1
    assert Suggestion.objects.count() == 1


def test_a_run_whose_worker_is_alive_is_not_taken_up_by_another() -> None:
    run = make_run(status=Status.RUNNING, attempt=1, heartbeat_at=timezone.now())

    runs.carry_out(run.pk)

    run.refresh_from_db()
    assert (run.status, run.attempt) == (Status.RUNNING, 1)


def test_a_run_whose_worker_fell_silent_is_taken_up_by_the_next(settings: Settings) -> None:
    programme = make_programme()
    make_two(programme)
    silent = timezone.now() - dt.timedelta(seconds=settings.WORKER_SILENT_SECONDS + 1)
    run = make_run(programme=programme, status=Status.RUNNING, attempt=1, heartbeat_at=silent)

    runs.carry_out(run.pk)

    run.refresh_from_db()
    assert (run.status, run.attempt) == (Status.DONE, 2)


def test_a_run_that_killed_three_workers_fails_with_a_word_on_why() -> None:
    dana = make_dana()
    long_ago = timezone.now() - dt.timedelta(hours=1)
    run = make_run(status=Status.RUNNING, attempt=3, heartbeat_at=long_ago, started_by=dana)

    runs.take_up_again(timezone.now())

    run.refresh_from_db()
    assert (run.status, run.problem) == (Status.FAILED, runs.KILLED_TOO_OFTEN)
    assert Message.objects.get(recipient=dana.user).subject.endswith("failed")


def test_a_cancelled_run_without_a_worker_ends() -> None:
    long_ago = timezone.now() - dt.timedelta(hours=1)
    run = make_run(status=Status.RUNNING, attempt=1, heartbeat_at=long_ago, cancel_asked=True)

    runs.take_up_again(timezone.now())

    run.refresh_from_db()
    assert run.status == Status.CANCELLED


@pytest.mark.parametrize(
    ("damage", "words"),
    [({"verify": lambda *_: ("A pair breaks a rule.",)}, runs.UNSOUND), ({"solve": None}, runs.UNKNOWN_PROBLEM)],
)
def test_a_run_that_fails_changes_nothing_and_says_so_in_plain_words(
    damage: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    programme = make_programme()
    make_two(programme)
    old = make_suggestion(programme=programme)
    for name, fault in damage.items():
        monkeypatch.setattr(f"matching.engine.{name}", fault)

    run = carried_out(programme)

    assert (run.status, run.problem) == (Status.FAILED, words)
    assert list(Suggestion.objects.proposed()) == [old]
    assert AuditEntry.objects.filter(action="run.failed").count() == 1
    assert runs.start_run(programme, by=make_dana()).status == Status.QUEUED


def test_a_large_reporting_tree_and_both_roles_are_no_trouble() -> None:
    programme = make_programme()
    boss = make_bob(level=9)
    people = [make_person(level=n % 6 + 1, manager=boss) for n in range(12)]
    for n, person in enumerate(people):
        make_enrolment(person=person, programme=programme, mentor_capacity=n % 3 + 1, mentee_capacity=1)
        make_offer(person=person, skill=make_skill(name=f"Skill {n % 4}"))
        make_wish(person=person, skill=make_skill(name=f"Skill {(n + 1) % 4}"))
    make_enrolment(person=make_alice(), programme=programme)

    run = carried_out(programme)

    assert (run.status, run.problem) == (Status.DONE, "")
    mentors = [mentor for mentor, _ in proposed(programme)]
    mentees = [mentee for _, mentee in proposed(programme)]
    assert len(mentees) == len(set(mentees)) == run.summary["suggested"] > 0
    assert all(mentors.count(p) <= n % 3 + 1 for n, p in enumerate(people))
