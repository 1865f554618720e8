"""Works that start at the same moment, each with a database connection of its own."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event, Thread

from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

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


@contextmanager
def another_session(takes: Callable[[], object]) -> Iterator[None]:
    """Another session has taken a lock and keeps it, so that whoever wants the same has to wait."""
    taken, free = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            takes()
            taken.set()
            free.wait(60)
        connections.close_all()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert taken.wait(10)
        yield
    finally:
        free.set()
        thread.join()
