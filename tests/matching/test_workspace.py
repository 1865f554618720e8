"""What HR sees beside a suggestion."""

import pytest

from matching.models import Suggestion
from matching.workspace import (
    BEST,
    CRITERIA,
    Table,
    counts_of,
    desks,
    rows_of,
    standing,
    tabs_of,
    without_partner,
)
from mentoring.models import Pair
from tests.builders import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_pair,
    make_person,
    make_programme,
    make_request,
    make_suggestion,
)

pytestmark = pytest.mark.django_db


def test_the_bar_of_a_perfect_pair_is_full_and_its_parts_stand_side_by_side() -> None:
    weights = {"skill_fit": 10, "exchange": 5, "grade_gap": 0, "bridge": 3, "channels": 2, "overlap": 0, "waiting": 0}
    programme = make_programme(**{f"weight_{name}": weight for name, weight in weights.items()})
    told = [{"name": name, "points": weight * BEST, "sentence": ""} for name, weight in weights.items()]

    suggestion = make_suggestion(programme=programme, criteria=told)

    parts = rows_of(programme, [suggestion.pk])[0].criteria

    assert [(part.x, part.width) for part in parts if part.width] == [(0, 50), (50, 25), (75, 15), (90, 10)]
    assert [part.name for part in parts][:2] == ["Skill fit", "What comes back"]
    assert [part.best for part in parts][:2] == [100, 50]


def test_a_row_tells_the_reasons_that_have_words() -> None:
    criteria = [
        {"name": "skill_fit", "points": 40, "sentence": "Alice knows it well."},
        {"name": "bridge", "points": 0, "sentence": ""},
    ]
    suggestion = make_suggestion(criteria=criteria)

    [row] = rows_of(suggestion.programme, [suggestion.pk])

    assert row.reasons == ["Alice knows it well."]


def test_exceptions_name_the_reporting_line_as_it_is_today() -> None:
    bob = make_bob()
    told = [{"rule": "reporting_line", "sentence": "as it was"}, {"rule": "overlap_hours", "sentence": "One hour."}]
    request = make_request(asked_by=make_alice(manager=bob), asked=bob, status="proposed", exceptions=told)

    [row] = rows_of(request.programme, [request.pk])

    assert row.exceptions == ["Alice reports to Bob.", "One hour."]
    assert row.needs_permission


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("asking_junior", "Being asked"),
        ("asking_senior", "Being asked"),
        ("declined", "Did not come about"),
        ("expired", "Did not come about"),
        ("withdrawn", "Did not come about"),
        ("active", "Active"),
    ],
)
def test_how_far_a_pair_is_says_nothing_of_who_answered(status: str, words: str) -> None:
    pair = make_pair(status=status)
    suggestion = make_suggestion(
        mentor=pair.mentor, mentee=pair.mentee, programme=pair.programme, status="approved", pair=pair
    )

    assert rows_of(suggestion.programme, [suggestion.pk])[0].pair_in_words == words


def test_a_person_stands_by_grade_and_department() -> None:
    assert standing(make_alice()) == "Grade 2 · Marketing"
    assert standing(make_person(department_id=None, grade=None)) == ""


def test_tabs_count_what_hr_knows_and_show_a_status_that_was_asked_for() -> None:
    programme = make_programme()
    make_suggestion(programme=programme)
    make_request(programme=programme)
    make_suggestion(programme=programme, mentor=make_charlie(), status=Suggestion.Status.REPLACED)

    tabs = {tab.name: tab.count for tab in tabs_of(counts_of(programme), "replaced")}

    assert tabs == {"Waiting": 1, "Approved": 0, "Rejected": 0, "All": 2, "Replaced": 1}


def test_who_has_another_pair_or_suggestion_needs_no_new_partner() -> None:
    programme = make_programme()
    freed = make_pair(programme=programme, status=Pair.Status.EXPIRED)
    busy = make_pair(programme=programme, mentor=make_charlie(), mentee=make_person(), status=Pair.Status.DECLINED)
    make_suggestion(programme=programme, mentor=busy.mentor, mentee=make_dana())
    make_pair(programme=programme, mentor=make_person(), mentee=busy.mentee)

    assert {found.pk for found in without_partner(programme)} == {person.pk for person in freed.people}


def test_desks_are_of_running_programmes_only() -> None:
    make_programme(status="closed")
    programme = make_suggestion().programme

    assert [(desk.pk, desk.waiting, desk.runs_done) for desk in desks()] == [(programme.pk, 1, 0)]


def test_the_legend_names_each_colour_that_the_bars_show_and_no_two_look_alike() -> None:
    parts = [(name, 10) for name in CRITERIA if name != "exchange"]
    told = [{"name": name, "points": points, "sentence": ""} for name, points in [*parts, ("exchange", 0)]]

    suggestion = make_suggestion(criteria=told)

    legend = Table(rows_of(suggestion.programme, [suggestion.pk])).legend

    assert [colour.name for colour in legend] == [name for key, name in CRITERIA.items() if key != "exchange"]
    assert len({(colour.series, colour.is_faint) for colour in legend}) == len(legend) == 7
