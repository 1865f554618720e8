"""How far an import is: told to its page from inside the one transaction that does the work."""

import time
from types import TracebackType

from django.db import connection
from django.utils import timezone

from mentoring.models import PeopleImport

SECONDS_BETWEEN = 0.5
_TELL = """
    UPDATE mentoring_peopleimport SET phase = %s, percent = %s, heartbeat_at = %s WHERE id = %s AND attempt = %s
    RETURNING cancel_asked
"""


class Cancelled(Exception):  # noqa: N818  (an ending, not an error)
    """HR cancelled it."""


class Superseded(Exception):  # noqa: N818
    """Another worker has taken it up."""


class Progress:
    """Call it with a phase and a percentage. It speaks over a connection of its own, so that others see it at once.

    Raises Cancelled or Superseded where the import is no longer to be worked on.
    """

    def __init__(self, job: PeopleImport) -> None:
        self.job = job
        self._phase, self._told_at = "", 0.0

    def __enter__(self) -> "Progress":
        self._aside = connection.copy()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._aside.close()

    def __call__(self, phase: str, percent: float, *, is_copying: bool = False) -> None:
        """While rows are being copied, the connection that copies them answers nothing else."""
        now = time.monotonic()
        if phase == self._phase and now - self._told_at < SECONDS_BETWEEN:
            return
        self._phase, self._told_at = phase, now
        with self._aside.cursor() as cursor:
            cursor.execute(_TELL, (phase[:60], min(99, int(percent)), timezone.now(), self.job.pk, self.job.attempt))
            found = cursor.fetchone()
        if found is None and not is_copying:  # perhaps the job is younger than what others may see
            mine = PeopleImport.objects.filter(pk=self.job.pk, attempt=self.job.attempt).working()
            found = mine.values_list("cancel_asked").first()
            if found is None:
                raise Superseded
        if found is not None and found[0]:
            raise Cancelled
