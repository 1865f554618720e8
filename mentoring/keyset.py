"""Pages of a long list by its keys: as quick on the last page as on the first, and no row is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class KeysetPage(Generic[M]):
    """`older` and `newer` are keys to go on from; None where there is nothing more."""

    rows: Sequence[M]
    older: int | None
    newer: int | None


def keyset_page(rows: QuerySet[M], asked: QueryDict, size: int) -> KeysetPage[M]:
    """The newest first; `before` or `after` in the address says from where."""
    before, after = _key(asked.get("before")), _key(asked.get("after"))
    if after is not None and before is None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        shown = found[:size][::-1]
        return KeysetPage(shown, shown[-1].pk if shown else None, shown[0].pk if len(found) > size else None)
    found = list((rows.filter(pk__lt=before) if before is not None else rows).order_by("-pk")[: size + 1])
    shown = found[:size]
    older = shown[-1].pk if len(found) > size else None
    return KeysetPage(shown, older, shown[0].pk if before is not None and shown else None)


def _key(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
