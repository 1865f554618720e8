"""The figures of a dashboard, worked out once for each count and each set of filters."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, TypeVar, cast

from django.core.cache import caches

from insights import panels, pictures
from insights.figures.catalog import FIGURES
from insights.figures.endings import causes
from insights.figures.selection import Selection
from insights.figures.values import values_of
from insights.scope import Counted

T = TypeVar("T")
AN_HOUR = 3600


def once_for(found: Sequence[Counted], what: Hashable, work_out: Callable[[], T]) -> T:
    """`work_out()`, which reads what these roll-ups hold and follows from it and from `what` alone; kept until they are
    counted anew.
    """
    if not found:
        return work_out()
    cache, key = caches["process"], blake2b(repr((found, what)).encode(), digest_size=20).hexdigest()
    kept = cache.get(key)
    if kept is None:
        kept = (work_out(),)
        cache.set(key, kept, AN_HOUR)
    return cast(T, kept[0])


@dataclass(frozen=True)
class Board:
    """What the roll-ups hold of a selection, as cards and charts. They are read where they are drawn."""

    selection: Selection
    found: tuple[Counted, ...]

    def drawn_by(self) -> Hashable:
        return repr((self.selection, self.found))

    @cached_property
    def facts(self) -> dict[str, Any]:
        return once_for(self.found, self.selection, self._work_out)

    def _work_out(self) -> dict[str, Any]:
        return {
            **panels.dashboard(values_of(FIGURES, self.selection)),
            "flow": pictures.flow_picture(self.selection),
            "causes": causes(self.selection.programmes),
        }
