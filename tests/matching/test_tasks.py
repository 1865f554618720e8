"""Celery's doors, and what a SIGKILL in the middle of a run leaves behind: nothing, and a run that starts again."""

import pytest
from django.db import close_old_connections
from django.utils import timezone

from matching import tasks
from matching.models import LeftOut, MatchingRun, Suggestion
from mentoring.models import Enrolment
from notifications.models import Message
from reverse_mentoring.celery import app
from reverse_mentoring.embedded import processes
from tests.builders import (
    make_alice,
    make_bob,
    make_dana,
    make_enrolment,
    make_offer,
    make_pair,
    make_programme,
    make_request,
    make_run,
    make_suggestion,
    make_wish,
)
from tests.matching.workers import QUEUE, StartWorker, is_waiting_for_a_lock
from tests.support.at_once import another_session


def test_beat_wakes_each_piece_of_work_that_must_not_be_forgotten() -> None:
    woken = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert {tasks.take_up_again.name, tasks.look_after_requests.name} <= woken


@pytest.mark.django_db
def test_looking_after_requests_reminds_ends_and_tidies() -> None:
    now = timezone.now()
    make_request(remind_at=now)
    late = make_request(answer_by=now)
    pair = make_pair()
    paired = make_request(asked_by=pair.mentor, asked=pair.mentee, programme=pair.programme)

    tasks.look_after_requests()

    statuses = dict(Suggestion.objects.values_list("pk", "status"))
    assert (statuses[late.pk], statuses[paired.pk]) == ("declined", "withdrawn")
    assert set(Message.objects.values_list("subject", flat=True)) == {
        "Alice is waiting for your answer",
        "Bob is not available",
    }


def status_of(run: MatchingRun) -> str:
    close_old_connections()
    return MatchingRun.objects.values_list("status", flat=True).get(pk=run.pk)


@pytest.mark.stack
@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_half_written_and_the_run_starts_again(
    start_worker: StartWorker,
) -> None:
    programme, alice, bob, dana = make_programme(), make_alice(), make_bob(), make_dana()
    make_offer(person=alice)
    make_wish(person=bob)
    for person in (alice, bob):
        make_enrolment(person=person, programme=programme)
    old = make_suggestion(programme=programme)
    run = make_run(programme=programme, status=MatchingRun.Status.QUEUED, started_by=dana)

    row = Suggestion.objects.filter(pk=old.pk).select_for_update()
    with another_session(row.get):  # by the time it is wanted, those left out have been counted as waiting
        first = start_worker("first")
        tasks.carry_out_run.apply_async([run.pk], queue=QUEUE)
        processes.wait_for(is_waiting_for_a_lock, seconds=120, child=first, what="the result was being written")
        first.process.kill()
        first.process.wait()
        waiting = Enrolment.objects.filter(waiting_runs__gt=0).count()
        before = status_of(run), set(Suggestion.objects.proposed()), LeftOut.objects.count(), waiting

    second = start_worker("second")
    processes.wait_for(
        lambda: bool(tasks.take_up_again.apply_async(queue=QUEUE)) and status_of(run) == "done",
        seconds=120, child=second, what="the run was done again",
    )  # fmt: skip

    run.refresh_from_db()
    assert before == ("running", {old}, 0, 0)
    assert run.attempt == 2
    new = Suggestion.objects.proposed().get()
    assert (new.mentor, new.mentee, new.run) == (alice, bob, run)
    old.refresh_from_db()
    assert old.status == Suggestion.Status.REPLACED
    assert Enrolment.objects.filter(waiting_runs=1).count() == 2
    assert Message.objects.filter(recipient=dana.user).count() == 1
