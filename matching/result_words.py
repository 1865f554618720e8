"""A run's result in sentences for HR."""

from collections.abc import Mapping
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma

from matching.models import MatchingRun

Status = MatchingRun.Status


def lead(run: MatchingRun) -> str:
    who = run.started_by or "Somebody who has left"
    match run.status:
        case Status.QUEUED | Status.RUNNING:
            return f"{who} started it. You can leave this page; whoever started it gets a message when it is done."
        case Status.DONE:
            seconds = sum(run.summary.get("seconds", {}).values())
            return f"{who} started it; the engine took {_duration(seconds)}. Only HR knows of it so far."
        case Status.FAILED:
            return "Nothing was changed: the suggestions from before still stand."
    return "Nothing was changed."


def _duration(seconds: float) -> str:
    if seconds < 1:
        return "less than a second"
    if seconds < 90:
        return f"{seconds:.0f} second{'' if round(seconds) == 1 else 's'}"
    return f"{seconds / 60:.0f} minutes"


def proof(told: Mapping[str, Any]) -> list[str]:
    """What is proven about this answer, and what is not."""
    placed, most = told["placed"], told["placed_bound"]
    sentences = []
    if not told["asked"]:
        return ["Nobody is enrolled, so there was nobody to place."]
    if placed == most:
        sentences.append(
            f"{_count(placed, 'place')} of {intcomma(told['asked'])} that people asked for could be filled. "
            "No plan can fill more under this programme’s rules."
        )
    else:
        sentences.append(
            f"{_count(placed, 'place')} of {intcomma(told['asked'])} that people asked for could be filled; "
            f"the most that any plan could fill is {intcomma(most)}."
        )
    sentences.append(_total(told))
    if told["kept"]:
        sentences.append(
            f"{_count(told['kept'], 'pair')} stayed as {'it is' if told['kept'] == 1 else 'they are'}: "
            "running, being asked, or put together by HR or by the two themselves."
        )
    if told["dropped"]:
        sentences.append(
            f"{_count(told['dropped'], 'suggestion')} became impossible while the run worked, because somebody decided "
            "on something else meanwhile. Another run finds partners for these people."
        )
    return sentences


def _total(told: Mapping[str, Any]) -> str:
    if told["certified"]:
        return "Of all the plans that fill as many, this one has the highest total score. Both are proven, and checked."
    gap = (told["bound"] - told["total"]) / told["total"] if told["total"] else 0
    return f"Its total score is at most {gap:.2%} below the highest possible; to prove more, the time was too short."


def _count(number: int, word: str) -> str:
    return f"{intcomma(number)} {word}{'' if number == 1 else 's'}"


def figures(told: Mapping[str, Any]) -> dict[str, str]:
    """Notes beside the key figures."""
    kept = told.get("kept", 0)
    return {
        "of_asked": f"of {intcomma(told['asked'])} asked for" if told else "",
        "kept_note": f"and {_count(kept, 'pair')} kept" if kept else "for HR to decide on",
    }
