"""A large run is cut into blocks that any number of workers take; the result is that of one worker, to the byte."""

from typing import Any

import numpy as np
import pytest
from django.db import close_old_connections, connection

from matching import tasks
from matching.actions import blocks, runs
from matching.engine.blocks import Search, cut, in_threads
from matching.engine.network import INFINITY
from matching.engine.packing import arcs_from_bytes, arcs_to_bytes, ground_to_bytes, search_to_bytes
from matching.engine.run import solving_of
from matching.models import MatchingRun, RunBlock, RunGround, RunSearch, Suggestion
from mentoring.models import Programme
from reverse_mentoring.embedded import processes
from tests.builders import make_programme, make_run
from tests.matching.engine.test_run import problem_of
from tests.matching.people import make_mentee, make_mentor
from tests.matching.workers import QUEUE, StartWorker, is_waiting_for_a_lock
from tests.support.at_once import another_session

SIZE = 2000  # people: four blocks


def suggested(programme: Programme) -> list[tuple[Any, ...]]:
    run = make_run(programme=programme, status=MatchingRun.Status.QUEUED)
    runs.carry_out(run.pk)
    run.refresh_from_db()
    assert run.status == MatchingRun.Status.DONE
    found = Suggestion.objects.filter(run=run).order_by("mentor", "mentee")
    return list(found.values_list("mentor", "mentee"))


@pytest.mark.django_db
def test_a_run_in_blocks_suggests_what_a_run_of_one_worker_does_and_leaves_nothing_behind(settings: Any) -> None:
    programme = make_programme()
    for number in range(4):
        make_mentor(programme, f"Mentor {number}", level=2 + number % 3)
        make_mentee(programme, f"Mentee {number}")

    alone = suggested(programme)
    settings.MATCHING_BLOCKS_FROM = 1
    in_blocks = suggested(programme)

    assert len(alone) == 4
    assert in_blocks == alone
    assert not RunGround.objects.exists()


@pytest.mark.django_db
def test_what_a_killed_run_wrote_down_for_its_blocks_is_thrown_away() -> None:
    run = make_run(status=MatchingRun.Status.FAILED)
    kept = make_run(programme=make_programme(name="Another"), status=MatchingRun.Status.RUNNING)
    for one in (run, kept):
        RunGround.objects.create(run=one, content=b"secret")

    blocks.forget_old()

    assert [ground.run for ground in RunGround.objects.all()] == [kept]


@pytest.mark.django_db
def test_the_database_holds_nothing_of_a_block_in_the_clear() -> None:
    RunGround.objects.create(run=make_run(), content=b"who would rather not")

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM matching_runground")
        stored = bytes(cursor.fetchone()[0])

    assert b"rather" not in stored
    assert RunGround.objects.get().content == b"who would rather not"


def nobody_writes_an_answer() -> None:
    """Blocks can be taken, and whoever has worked one out waits to write it down."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE matching_runblock IN SHARE MODE")


def left() -> int:
    close_old_connections()
    return RunBlock.objects.filter(answer=None).count()


@pytest.mark.stack
@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_block_is_done_again_and_the_answer_is_the_same_to_the_byte(start_worker: StartWorker) -> None:
    ground = solving_of(problem_of(SIZE, "everybody")).ground
    search = Search("mentee", 8, np.full(SIZE, -INFINITY), np.zeros(SIZE, dtype=np.int64))
    kept = RunGround.objects.create(run=make_run(), content=ground_to_bytes(ground))
    row = RunSearch.objects.create(ground=kept, role="mentee", content=search_to_bytes(search))
    RunBlock.objects.bulk_create(RunBlock(search=row, first=block.first, last=block.last) for block in cut(SIZE))

    with another_session(nobody_writes_an_answer):
        first = start_worker("first")
        tasks.search_blocks.apply_async([row.pk], queue=QUEUE)
        processes.wait_for(is_waiting_for_a_lock, seconds=120, child=first, what="a block was worked out")
        first.process.kill()
        first.process.wait()
    before = left()

    second, third = start_worker("second"), start_worker("third")
    for _ in range(2):
        tasks.search_blocks.apply_async([row.pk], queue=QUEUE)
    processes.wait_for(lambda: left() == 0, seconds=120, child=second, what="all blocks were done")

    assert before == len(cut(SIZE)) == 4
    assert third.process.poll() is None
    answers = [bytes(answer) for answer in row.blocks.order_by("first").values_list("answer", flat=True)]
    assert answers == [arcs_to_bytes(part) for part in in_threads(ground, 1)(search, cut(SIZE))]
    assert len(arcs_from_bytes(answers[0]).value) > 0
