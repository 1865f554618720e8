"""How far a run is, told to its page while it works, outside of the transaction that writes the result."""

import time

from django.utils import timezone

from matching.models import MatchingRun

SECONDS_BETWEEN = 0.3
# The engine's phases: what the page says, and from which percentage to which.
PHASES = {
    "floor": ("Finding how strong the weakest pair can be", 5, 8),
    "prepare": ("Preparing the columns", 8, 10),
    "candidates": ("Finding who could be paired with whom", 10, 30),
    "solve": ("Finding the best plan", 30, 55),
    "price": ("Looking for anybody who would make it better", 55, 60),
    "verify": ("Proving that no plan is better", 60, 65),
    "explain": ("Writing down the reasons", 65, 70),
}
FINDINGS = ("Trying what would place those left out", 75, 95)


class Cancelled(Exception):  # noqa: N818  (an ending, not an error)
    """HR cancelled the run."""


class Superseded(Exception):  # noqa: N818
    """Another worker has taken the run up."""


class Progress:
    """Call it with a phase and a percentage: the page sees both, the run shows that its worker is alive.

    Raises Cancelled or Superseded where the run is no longer to be worked on.
    """

    def __init__(self, run: MatchingRun) -> None:
        self.run = run
        self._phase, self._percent, self._told_at = "", 0.0, 0.0

    def __call__(self, phase: str, percent: float) -> None:
        now = time.monotonic()
        if phase == self._phase and now - self._told_at < SECONDS_BETWEEN:
            return
        self._phase, self._percent, self._told_at = phase, percent, now
        mine = MatchingRun.objects.filter(pk=self.run.pk, attempt=self.run.attempt, status=MatchingRun.Status.RUNNING)
        told = mine.filter(cancel_asked=False).update(
            phase=phase[:60], percent=min(99, int(percent)), heartbeat_at=timezone.now()
        )
        if not told:
            raise Cancelled if mine.exists() else Superseded

    def beat(self) -> None:
        """A sign of life in the middle of a phase."""
        self(self._phase, self._percent)

    def of_engine(self, phase: str, fraction: float) -> None:
        """The same for a phase of the engine, which tells its own fraction."""
        words, start, end = PHASES.get(phase, (phase.capitalize(), 5, 70))
        self(words, start + (end - start) * fraction)

    def of_findings(self, fraction: float) -> None:
        words, start, end = FINDINGS
        self(words, start + (end - start) * fraction)
