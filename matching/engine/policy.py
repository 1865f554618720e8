"""HR's rules and weights, as the engine takes them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from matching.engine.people import InputError

MAX_WEIGHT = 10


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Every hard rule with its switch (None or False: off) and parameter, and the weight of each criterion.

    Capacity, consent (a capacity above 0), a wanted skill covered, rather-not lists, and pairs that HR forbade hold
    always: they have no switch.
    """

    grade_gap: int | None = 1  # the mentor is at least this many grades below the mentee
    reporting_line: int | None = 10  # neither stands above the other within this many levels
    shared_language: bool = True  # they have a language in common
    overlap_hours: float | None = 2  # working hours in common on a day, unless they share a site
    not_again: bool = True  # they were not paired before
    external_approval: bool = True  # a partner from outside needs HR's approval
    offer_level: int = 2  # an offer below this level is not counted

    weights: Mapping[str, int] = field(default_factory=dict)  # by criterion, 0–10; the others keep their default
    stability: int = 0  # extra points for a pair that is in People.previous

    worst_off_first: bool = False  # the score of the weakest pair comes before the total
    least_score: int = 0  # no new pair scores below this; worst_off_first finds the highest

    def __post_init__(self) -> None:
        """Refuses what can mean nothing, in plain words."""
        for name, value, least, most in (
            ("grade_gap", self.grade_gap, 0, 1000),
            ("reporting_line", self.reporting_line, 0, 1000),
            ("overlap_hours", self.overlap_hours, 0, 24),
            ("offer_level", self.offer_level, 1, 5),
        ):
            if value is not None and not least <= value <= most:
                raise InputError(f"{name} must be {least} to {most}, not {value}.")

    def as_dict(self) -> dict[str, Any]:
        """For JSON; `Policy(**policy.as_dict())` is the same policy."""
        return asdict(self) | {"weights": dict(sorted(self.weights.items()))}
