"""Searches for partners cut into blocks of people, which any number of threads or machines may take.

A block's answer depends on the block and the prices alone; blocks are put together in their order. So the result is
the same whoever does them, and a block that was lost is done again.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from matching.engine.columns import I64, Columns, Problem
from matching.engine.index import Index, Indices, make_indices
from matching.engine.network import Arcs
from matching.engine.partners import find_best, make_desk, make_found, priced_lines
from matching.engine.result import Role
from matching.engine.value import Scale, scale_of

LEAST = 512  # people in a block at least: fewer are not worth a thread
MOST_BLOCKS = 256
FEW_BLOCKS = 4  # are not worth threads


class Search(NamedTuple):
    """For each person of a role their best partners at these prices, of those who leave a profit."""

    role: Role
    most: int  # partners for each person
    own: I64  # (N,) prices in this role
    others: I64  # (N,) prices of their partners
    lines: int = 0  # of each skill at most about so many partners are looked at; 0: all of them
    turn: int = 0  # another number, others of them


class Block(NamedTuple):
    first: int
    last: int


Answer = TypeVar("Answer")
MapBlocks = Callable[[Search, Sequence[Block]], Iterable[Arcs]]
BlockMaker = Callable[["Ground"], MapBlocks]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What every search needs to know of a problem."""

    columns: Columns
    scale: Scale
    indices: Indices

    def index(self, role: Role) -> Index:
        return self.indices.mentors if role == "mentor" else self.indices.mentees

    def priced(self, search: Search) -> I64:
        """What `search` works out for each block where it is not given."""
        return priced_lines(self.index(search.role), self.scale, search.others)

    def search(self, search: Search, block: Block, priced: I64 | None = None) -> Arcs:
        as_mentor, index = search.role == "mentor", self.index(search.role)
        found = make_found(block.last - block.first, search.most)
        find_best(
            self.columns, self.scale, index, -1 if as_mentor else 1, search.own, search.others,
            self.priced(search) if priced is None else priced, block.first, block.last, make_desk(index, search.most),
            found, search.lines, search.turn,
        )  # fmt: skip
        own = np.repeat(np.arange(block.first, block.last, dtype=np.int32), found.number)
        there = np.arange(search.most) < found.number[:, None]
        partner, value = found.partner[there], found.value[there]
        return Arcs(own, partner, value) if as_mentor else Arcs(partner, own, value)


def ground_of(problem: Problem) -> Ground:
    return Ground(problem.columns, scale_of(problem.columns), make_indices(problem.columns))


def cut(people: int) -> list[Block]:
    size = max(LEAST, -(-people // MOST_BLOCKS))
    return [Block(first, min(first + size, people)) for first in range(0, people, size)]


def in_threads(ground: Ground, workers: int = 0) -> MapBlocks:
    """Does the blocks in this process."""

    def work(search: Search, blocks: Sequence[Block]) -> Iterator[Arcs]:
        priced = ground.priced(search)
        return in_parallel(lambda block: ground.search(search, block, priced), blocks, workers)

    return work


def in_parallel(work: Callable[[Block], Answer], blocks: Sequence[Block], workers: int = 0) -> Iterator[Answer]:
    """What comes of each block, in as many threads as this process has processors."""
    workers = workers or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if workers == 1 or len(blocks) <= FEW_BLOCKS:
        yield from map(work, blocks)
        return
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(work, blocks)
