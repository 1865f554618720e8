"""A run's result in sentences."""

from typing import Any

import pytest

from matching.models import MatchingRun
from matching.result_words import fairness, figures, lead, proof
from mentoring.models import Person

TOLD: dict[str, Any] = {
    "placed": 960, "placed_bound": 960, "asked": 1000, "total": 1000, "bound": 1000, "certified": True, "kept": 0,
    "dropped": 0,
}  # fmt: skip
MOST = "960 places of 1,000 that people asked for could be filled. No plan can fill more under this programme’s rules."
BEST = "Of all the plans that fill as many, this one has the highest total score. Both are proven, and checked."


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({}, [MOST, BEST]),
        ({"asked": 0}, ["Nobody is enrolled, so there was nobody to place."]),
        (
            {"asked": 2, "placed": 0, "placed_bound": 0},
            [
                "None of the 2 places that people asked for could be filled, and no plan can fill one under this "
                "programme’s rules. Below stands what would help."
            ],
        ),
        (
            {"placed": 1, "certified": False, "bound": 1004},
            [
                "1 place of 1,000 that people asked for could be filled; the most that any plan could fill is 960.",
                "Its total score is at most 0.40% below the highest possible; to prove more, the time was too short.",
            ],
        ),
        (
            {"kept": 1, "dropped": 2},
            [
                MOST,
                BEST,
                "1 pair stayed as it is: running, being asked, or put together by HR or by the two themselves.",
                "2 suggestions became impossible while the run worked, because somebody decided on something else "
                "meanwhile. Another run finds partners for these people.",
            ],
        ),
    ],
)
def test_what_is_proven_and_what_is_not(changes: dict[str, Any], sentences: list[str]) -> None:
    assert proof({**TOLD, **changes}) == sentences


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        ({}, "less than a second"),
        ({"solve": 0.7, "explain": 0.4}, "1 second."),
        ({"solve": 41.2}, "41 seconds"),
        ({"solve": 200}, "3 minutes"),
    ],
)
def test_the_lead_says_who_started_it_and_how_long_it_took(seconds: dict[str, float], words: str) -> None:
    run = MatchingRun(status="done", summary={"seconds": seconds}, started_by=Person(name="Dana"))

    assert lead(run).startswith("Dana started it; the engine took ")
    assert words in lead(run)


def test_somebody_who_has_left_is_not_named() -> None:
    assert lead(MatchingRun(status="running")).startswith("Somebody who has left started it.")


def test_where_nobody_has_a_partner_nothing_is_said_of_fairness() -> None:
    nobody = {
        "covered": 0,
        "covered_bound": 0,
        "weakest": None,
        "weakest_bound": None,
        "weakest_costs": None,
        "swaps": 0,
    }

    assert fairness({**TOLD, "fairness": nobody}) == []


def test_notes_beside_the_figures() -> None:
    assert figures({**TOLD, "kept": 2}) == {"of_asked": "of 1,000 asked for", "kept_note": "and 2 pairs kept"}
    assert figures(TOLD)["kept_note"] == "for HR to decide on"
