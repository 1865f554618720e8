"""Pairs that are told of as they are asked for: all sentences of a million people at once would fill the memory."""

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from matching.engine.result import SuggestedPair

PART = 4096  # pairs told of at once
Tell = Callable[[int, int], tuple[SuggestedPair, ...]]


class ToldLater(Sequence[SuggestedPair]):
    """So many pairs; `tell` makes those from one number to another, the same each time."""

    def __init__(self, size: int, tell: Tell) -> None:
        self._size, self._tell = size, tell

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[SuggestedPair]:
        for first in range(0, self._size, PART):
            yield from self._tell(first, min(first + PART, self._size))

    @overload
    def __getitem__(self, number: int) -> SuggestedPair: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[SuggestedPair, ...]: ...
    def __getitem__(self, number: int | slice) -> SuggestedPair | tuple[SuggestedPair, ...]:
        if isinstance(number, slice):
            return tuple(self[one] for one in range(self._size)[number])
        place = range(self._size)[number]
        return self._tell(place, place + 1)[0]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != self._size:
            return NotImplemented if not isinstance(other, Sequence) else False
        return all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it may hold as much as a list
