"""A large run's searches as blocks in the database, which any number of workers on any number of machines take.

A worker holds the row of its block while it works. One that is killed lets go of it, and the next takes it: so a block
is done until its answer stands. The run's own worker takes blocks as well, so it never waits for others in vain.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache

from django.conf import settings
from django.db import transaction

from matching import engine
from matching.engine.blocks import Block, Ground, MapBlocks, Search
from matching.engine.network import Arcs
from matching.engine.packing import (
    arcs_from_bytes,
    arcs_to_bytes,
    ground_from_bytes,
    ground_to_bytes,
    search_from_bytes,
    search_to_bytes,
)
from matching.engine.result import Role
from matching.models import MatchingRun, RunBlock, RunGround, RunSearch
from matching.progress import Progress
from mentoring.broker import ask_for_worker

HELPERS = 16  # workers asked for at once
WAIT = 0.02  # seconds between two looks at blocks that others have


def in_tasks(run: MatchingRun, people: int, progress: Progress) -> engine.BlockMaker | None:
    """For a run of so many people that it is worth it; None where its own worker does all of it."""
    return (lambda ground: _by_workers(run, ground, progress)) if people >= settings.MATCHING_BLOCKS_FROM else None


def _by_workers(run: MatchingRun, ground: Ground, progress: Progress) -> MapBlocks:
    forget(run)
    kept = RunGround.objects.create(run=run, content=ground_to_bytes(ground))

    def work(search: Search, blocks: Sequence[Block]) -> Iterator[Arcs]:
        from matching.tasks import search_blocks  # noqa: PLC0415  (the task does what is cut up here)

        row = RunSearch.objects.create(ground=kept, role=search.role, content=search_to_bytes(search))
        RunBlock.objects.bulk_create(RunBlock(search=row, first=block.first, last=block.last) for block in blocks)
        for _ in range(min(HELPERS, len(blocks) - 1)):
            ask_for_worker(search_blocks, row.pk)
        try:
            for block in blocks:
                while (answer := _answer(row, block)) is None:
                    if not _take_one(row, search, ground):
                        time.sleep(WAIT)
                    progress.beat()
                yield arcs_from_bytes(answer)
        finally:
            row.delete()  # also where time is over and nobody asks for the other blocks

    return work


def _answer(row: RunSearch, block: Block) -> bytes | None:
    answer = row.blocks.values_list("answer", flat=True).get(first=block.first)
    return None if answer is None else bytes(answer)


def help_with(search_id: int) -> None:
    """Takes blocks of a search until none is left that nobody has."""
    row = RunSearch.objects.filter(pk=search_id).first()
    if row is None:
        return  # it is over
    with suppress(RunGround.DoesNotExist):
        ground = _ground(row.ground_id)
        search = search_from_bytes(_role(row), row.content)
        while _take_one(row, search, ground):
            pass


def _role(row: RunSearch) -> Role:
    return "mentor" if row.role == "mentor" else "mentee"


@lru_cache(maxsize=1)
def _ground(ground_id: int) -> Ground:
    return ground_from_bytes(RunGround.objects.get(pk=ground_id).content)


@transaction.atomic
def _take_one(row: RunSearch, search: Search, ground: Ground) -> bool:
    """Does one block that nobody works on. False where there is none."""
    waiting = RunBlock.objects.filter(search=row.pk, answer=None).order_by("first")
    block = waiting.select_for_update(skip_locked=True).first()
    if block is None:
        return False
    block.answer = arcs_to_bytes(ground.search(search, Block(block.first, block.last)))
    block.save(update_fields=["answer"])
    return True


def forget(run: MatchingRun) -> None:
    """Nothing of what a run wrote down for its blocks is left."""
    RunGround.objects.filter(run=run).delete()


def forget_old() -> None:
    """What a run left that was killed and not taken up again."""
    unfinished = MatchingRun.objects.unfinished().values("pk")
    RunGround.objects.exclude(run__in=unfinished).delete()
