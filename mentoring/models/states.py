"""What every model with a life of its own shares: a status that moves only along its map."""

from collections.abc import Mapping
from typing import ClassVar


class TransitionError(Exception):
    """This move is not on the map. The message is fit to be shown to the person who tried it."""


class Stateful:
    """Mixin for a model with `status` and TRANSITIONS, a map from each status to those that may follow it."""

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]]
    status: str

    def can_become(self, status: str) -> bool:
        return status in self.TRANSITIONS[self.status]

    def move_to(self, status: str) -> None:
        """Sets the status, without saving. Raises TransitionError where the map has no such move."""
        if not self.can_become(status):
            name = type(self).__name__.lower()
            raise TransitionError(
                f"This {name} is “{self.get_status_display().lower()}” by now, so that is no longer possible. "  # type: ignore[attr-defined]
                "Reload the page to see where it stands."
            )
        self.status = status
