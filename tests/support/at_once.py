"""Works that start at the same moment, each with a database connection of its own."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connection

from mentoring.models import TransitionError

AT_ONCE = 25


def all_at_once(works: list[Callable[[], object]]) -> Counter[str]:
    """Does them in threads that start together; how they ended, by name."""
    together = min(AT_ONCE, len(works))
    gate = Barrier(together, timeout=30)

    def do(number: int, work: Callable[[], object]) -> str:
        try:
            if number < together:
                gate.wait()
            work()
        except (ValidationError, TransitionError) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(do, range(len(works)), works))
