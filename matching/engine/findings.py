"""What is found out beside the pairs: what would place those left out, how fair it is, what the programme lacks."""

from collections.abc import Callable
from dataclasses import dataclass

from matching.engine.changes import SECONDS, smallest_changes
from matching.engine.fairness import fairness
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.result import Fairness, NextMentors, Result, SkillNeed
from matching.engine.supply import next_mentors, skill_needs
from matching.engine.worlds import worlds_of


@dataclass(frozen=True, slots=True)
class Findings:
    fairness: Fairness
    needs: tuple[SkillNeed, ...]
    next_mentors: NextMentors


def look_into(
    people: People,
    policy: Policy,
    result: Result,
    *,
    seconds: float = SECONDS,
    secret: bytes = b"",
    progress: Callable[[float], None] | None = None,
) -> tuple[Result, Findings]:
    """The result with the smallest changes, looked for so many seconds, and the findings.

    `progress` hears how far it is, and may raise to cancel.
    """
    worlds = worlds_of(people, policy, result) if result.left_out else None
    if worlds:
        result = smallest_changes(
            people, policy, result, seconds=seconds, secret=secret, progress=progress, worlds=worlds
        )
    return result, Findings(
        fairness=fairness(people, policy, result),
        needs=skill_needs(people, policy, result),
        next_mentors=next_mentors(people, policy, result, worlds=worlds),
    )
