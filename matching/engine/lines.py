"""Tables of lines that change in place: the lines of one person after the other, and the inverted index by skill."""

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.engine.columns import I32, I64, U64, Columns
from matching.engine.index import ORDER, WHO, Index

Number = TypeVar("Number", np.int32, np.uint64)
LAST = (1 << 31) - 1
ROOM = 1024  # lines more that a table has room for when it grows
SKILL_ROOM = 4


class Lines:
    """Lines sorted by owner, as `Columns` holds them, with room behind the last."""

    def __init__(self, start: I64, rows: I32) -> None:
        self.start = start.copy()
        self.held = with_room(rows, ROOM)

    @property
    def rows(self) -> I32:
        return self.held[: self.start[-1]]

    def of(self, owner: int) -> I32:
        return self.held[self.start[owner] : self.start[owner + 1]]

    def put(self, owner: int, lines: I32) -> None:
        """Instead of those that the owner had."""
        begin, end, used = (int(place) for place in self.start[[owner, owner + 1, -1]])
        more = len(lines) - (end - begin)
        if used + more > len(self.held):
            self.held = with_room(self.held[:used], more + max(ROOM, used // 8))
        if more:
            self.held[end + more : used + more] = self.held[end:used]
            self.start[owner + 1 :] += more
        self.held[begin : begin + len(lines)] = lines

    def add_owners(self, more: int) -> None:
        self.start = np.concatenate([self.start, np.full(more, self.start[-1])])


def with_room(rows: NDArray[Number], more: int) -> NDArray[Number]:
    return np.concatenate([rows, np.zeros((more, rows.shape[1]), dtype=rows.dtype)])


class Shelf:
    """One role's lines of the inverted index. Behind those of a skill lie a few that fit nobody: room for more."""

    def __init__(self, index: Index) -> None:
        self.fill(index.start, np.diff(index.start), index.entry, index.mask)

    def fill(self, start: I64, sizes: I64, entry: I32, mask: U64) -> None:
        self.filled = sizes.astype(np.int64)
        self.start = np.zeros(len(start), dtype=np.int64)
        np.cumsum(sizes + sizes // 16 + SKILL_ROOM, out=self.start[1:])
        self.entry = np.zeros((self.start[-1], 8), dtype=np.int32)
        self.entry[:, ORDER] = LAST
        self.mask = np.zeros((self.start[-1], 2), dtype=np.uint64)
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        here, there = np.repeat(start[:-1], sizes) + within, np.repeat(self.start[:-1], sizes) + within
        self.entry[there], self.mask[there] = entry[here], mask[here]

    def add_skills(self, more: int) -> None:
        start = np.concatenate([self.start, np.full(more, self.start[-1])])
        self.fill(start, np.concatenate([self.filled, np.zeros(more, dtype=np.int64)]), self.entry, self.mask)

    def put(self, skill: int, line: I32, bits: U64) -> None:
        if self.start[skill] + self.filled[skill] == self.start[skill + 1]:
            self.fill(self.start, self.filled, self.entry, self.mask)
        begin = int(self.start[skill])
        end = begin + int(self.filled[skill])
        slot = begin + int(np.searchsorted(self.entry[begin:end, ORDER], line[ORDER], side="right"))
        for table, new in ((self.entry, line), (self.mask, bits)):
            table[slot + 1 : end + 1] = table[slot:end]
            table[slot] = new
        self.filled[skill] += 1

    def take(self, person: int, skills: Iterable[int]) -> None:
        """A person's lines go; those of other skills are not looked at."""
        for skill in skills:
            begin = int(self.start[skill])
            end = begin + int(self.filled[skill])
            for slot in (begin + np.flatnonzero(self.entry[begin:end, WHO] == person)).tolist():
                for table in (self.entry, self.mask):
                    table[slot : end - 1] = table[slot + 1 : end]
                    table[end - 1] = 0
                self.entry[end - 1, ORDER] = LAST
                self.filled[skill] -= 1


def trimmed(c: Columns, people: int) -> Columns:
    """The columns of the first so many people alone."""
    return c._replace(
        person=c.person[:people],
        language=c.language[:people],
        tie=c.tie[:people],
        offer_start=c.offer_start[: people + 1],
        wish_start=c.wish_start[: people + 1],
        link_start=c.link_start[: people + 1],
    )
