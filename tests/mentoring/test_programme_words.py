import datetime as dt

import pytest

from mentoring.models import Programme
from mentoring.programme_words import hours_a_month, rhythm, rules, until

TODAY = dt.date(2026, 3, 2)


def programme(**fields: object) -> Programme:
    return Programme(**{"starts_on": TODAY, "ends_on": TODAY + dt.timedelta(days=182), **fields})


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "6 meetings of 45–60 minutes in 6 months: about one hour a month"),
        (
            {"meetings_planned": 1, "meeting_minutes_from": 30, "meeting_minutes_to": 30},
            "one meeting of 30 minutes in 6 months: about half an hour a month",
        ),
        ({"meetings_planned": 24}, "24 meetings of 45–60 minutes in 6 months: about 4 hours a month"),
        ({"ends_on": TODAY + dt.timedelta(days=5)}, "6 meetings of 45–60 minutes in one month: about 6 hours a month"),
        ({"meetings_planned": 9}, "9 meetings of 45–60 minutes in 6 months: about 1.5 hours a month"),
    ],
)
def test_rhythm_says_what_a_pair_takes_on(fields: dict[str, object], words: str) -> None:
    assert rhythm(programme(**fields)) == words


def test_hours_a_month_are_never_nothing() -> None:
    assert hours_a_month(programme(meetings_planned=1, meeting_minutes_from=10, meeting_minutes_to=10)) == 0.5


def test_rules_say_each_rule_that_is_on() -> None:
    assert rules(programme()) == [
        "The mentor stands at least one grade below the mentee.",
        "Nobody is paired with somebody they report to, or who reports to them.",
        "Both speak a language in common.",
        "Your working hours meet for at least two hours a day.",
        "You have 7 days to answer an invitation to a pair.",
        "You meet for half an hour before you commit; then each says privately whether to go on.",
        "Nothing starts before both of you have said yes, and a no needs no reason.",
    ]


def test_rules_that_are_off_are_left_out() -> None:
    free = programme(
        apply_grade_gap=False, no_reporting_line=False, shared_language=False, min_overlap_hours=0,
        has_introduction=False,
    )  # fmt: skip

    assert rules(free)[0] == "Grades do not matter: anybody may learn from anybody."
    assert len(rules(free)) == 3
    assert rules(programme(min_grade_gap=0))[0] == "The mentor stands no higher than the mentee."


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "until today"),
        (TODAY + dt.timedelta(days=1), "until tomorrow"),
        (dt.date(2026, 3, 9), "until 9 March"),
        (dt.date(2027, 3, 9), "until 9 March 2027"),
    ],
)
def test_until_is_said_as_people_say_it(day: dt.date, words: str) -> None:
    assert until(day, TODAY) == words
