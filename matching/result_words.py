"""A run's result in sentences for HR."""

from collections.abc import Mapping
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma

from matching.models import MatchingRun
from matching.workspace import CRITERIA

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
    return f"{seconds / 60:.0f} minute{'' if round(seconds / 60) == 1 else 's'}"


def proof(told: Mapping[str, Any]) -> list[str]:
    """What is proven about this answer, and what is not."""
    placed, most = told["placed"], told["placed_bound"]
    sentences = []
    if not told["asked"]:
        return ["Nobody is enrolled, so there was nobody to place."]
    if not most:
        return [
            f"None of the {_count(told['asked'], 'place')} that people asked for could be filled, and no plan can fill "
            "one under this programme’s rules. Below stands what would help."
        ]
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


def fairness(told: Mapping[str, Any]) -> list[str]:
    """The figures beside the total, in sentences."""
    if not (fair := told.get("fairness")) or not fair["covered"]:
        return []
    covered, most = fair["covered"], fair["covered_bound"]
    people = f"{intcomma(covered)} {'person has' if covered == 1 else 'people have'} at least one partner"
    sentences = [f"{people}."]
    if most is not None and most <= covered:
        sentences = [f"{people}; no plan could give one to more."]
    elif most is not None:
        sentences = [
            f"{people}; a plan that fills fewer places could give one to {intcomma(most)} at most, each counted once."
        ]
    return [*sentences, *_weakest(fair), _swaps(fair["swaps"])]


def _weakest(fair: Mapping[str, Any]) -> list[str]:
    weakest, most, cost = fair["weakest"], fair["weakest_bound"], fair["weakest_costs"]
    if weakest is None:
        return []
    score = f"The weakest pair scores {intcomma(weakest)}"
    if most is None:
        return [f"{score}."]
    if most <= weakest:
        return [f"{score}; no plan that fills as many places does better by it."]
    price = f"for {_count(cost, 'point')} of the total" if cost else "at no cost to the total"
    return [f"{score}; with as many places filled it could score {intcomma(most)}, {price}."]


def _swaps(swaps: int) -> str:
    if not swaps:
        return "There are no two people who would both score higher with each other than with a partner they have."
    return (
        f"For {_count(swaps, 'pair')} that {'is' if swaps == 1 else 'are'} not suggested, both people would score "
        "higher than with a partner they have; it would cost others more."
    )


def next_mentors(told: Mapping[str, Any]) -> str:
    """What the next mentors would do for those who are left out."""
    needed = told.get("next_mentors") or {}
    if not needed.get("offers"):
        return ""
    number = sum(offer["mentors"] for offer in needed["offers"])
    who = f"The next {intcomma(number)} mentors should" if number > 1 else "The next mentor should"
    if needed["placed"] is None:
        return f"{who} offer:"
    more = f"{intcomma(needed['placed'])} more {'person' if needed['placed'] == 1 else 'people'}"
    return f"{who} offer the following; {more} would then have a mentor:"


def policy(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The rules and weights that the run was given."""
    words = {
        "grade_gap": "Grades below, at least", "reporting_line": "Reporting line, levels",
        "overlap_hours": "Hours in common", "shared_language": "Shared language",
        "not_again": "No past partners", "external_approval": "Partners approved",
        "offer_level": "Least level of an offer", "stability": "Points for a pair that stays",
        "worst_off_first": "Worst-off first",
    }  # fmt: skip
    rules = [(word, _value(told[name])) for name, word in words.items() if name in told]
    weights = told.get("weights", {})
    return rules + [(f"Weight: {CRITERIA.get(name, name).lower()}", str(weight)) for name, weight in weights.items()]


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "off" if value is None else str(value)


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
