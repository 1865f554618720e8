"""What a run finds out beside its pairs: what would place those left out, how fair it is, what the programme lacks."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from django.utils.crypto import salted_hmac

from matching import engine
from matching.candidates import Candidates
from mentoring.models import Role

SECONDS = 20.0  # for the smallest changes; who waits comes first
SKILLS_SHOWN = 15
PEOPLE_SHOWN = 24


def look_into(
    found: Candidates, result: engine.Result, tell: Callable[[float], None]
) -> tuple[engine.Result, engine.Findings]:
    """The result with the smallest changes, and the findings. `tell` hears how far it is, and may raise to cancel."""
    secret = salted_hmac("matching.smallest_changes", "").digest()
    return engine.look_into(found.people, found.policy, result, seconds=SECONDS, secret=secret, progress=tell)


def in_record(found: Candidates, result: engine.Result, findings: engine.Findings) -> dict[str, Any]:
    """The findings as the run keeps them; people by their keys."""
    names = found.people.skill_names
    return {
        "fairness": asdict(findings.fairness),
        "skills": [
            {"skill": names[need.skill], "wanted": need.wanted, "offered": need.offered, "left_out": need.left_out}
            for need in findings.needs[:SKILLS_SHOWN]
        ],
        "next_mentors": {
            "offers": [{"skill": names[skill], "mentors": mentors} for skill, mentors in findings.next_mentors.offers],
            "placed": findings.next_mentors.placed,
        },
        "changed": _changed(found, result),
    }


def _changed(found: Candidates, result: engine.Result) -> dict[str, Any]:
    """What is new against the suggestions that stood before, and whom it touches; nothing where there were none."""
    if not found.suggested:
        return {}
    now = [(found.person_id(pair.mentor), found.person_id(pair.mentee)) for pair in result.pairs]
    before, after = _partners(found.suggested), _partners(now)
    fixed = {(found.person_id(mentor), found.person_id(mentee)) for mentor, mentee, _ in found.people.fixed.tolist()}
    new = set(now) - set(found.suggested) - fixed
    touched = sorted(
        {key for (key, role), two in before.items() if key in found.row_of and not two <= after.get((key, role), set())}
    )
    return {"new": len(new), "moved": len(touched), "people": touched[:PEOPLE_SHOWN]}


def _partners(couples: Iterable[tuple[int, int]]) -> dict[tuple[int, Role], set[int]]:
    """With whom each person is in each role."""
    found: dict[tuple[int, Role], set[int]] = defaultdict(set)
    for mentor, mentee in couples:
        found[mentor, Role.MENTOR].add(mentee)
        found[mentee, Role.MENTEE].add(mentor)
    return found
