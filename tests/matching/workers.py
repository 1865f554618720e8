"""Real workers for the tests of matching."""

from collections.abc import Callable

from django.db import connection

from reverse_mentoring.embedded import processes

QUEUE = "of-this-test"  # no other worker takes what is put there
SILENT = 3
StartWorker = Callable[[str], processes.Child]
WAITING_FOR_A_LOCK = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def is_waiting_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING_FOR_A_LOCK)
        return bool(cursor.fetchone()[0])
