"""Counts of what grows with the company: exact while they are small, a minute old where they are not."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.core.cache import caches

COUNTED = 1000  # rows that are counted anew for each page
A_MINUTE = 60
C = TypeVar("C", bound=int | Mapping[str, int])


def seldom_counted(key: str, count: Callable[[], C]) -> C:
    """`count()`, kept for a minute where it counts more than COUNTED."""
    cache = caches["process"]
    found: C | None = cache.get(f"counted:{key}")
    if found is None:
        found = count()
        if (sum(found.values()) if isinstance(found, Mapping) else found) > COUNTED:
            cache.set(f"counted:{key}", found, A_MINUTE)
    return found
