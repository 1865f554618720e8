"""What a run finds out beside its pairs, and keeps."""

import pytest

from matching import engine
from matching.candidates import gather
from matching.findings import in_record, look_into
from mentoring.models import Programme
from tests.builders import make_offer, make_skill, make_suggestion, make_wish
from tests.matching.people import make_mentee, make_mentor

pytestmark = pytest.mark.django_db


def found_out(programme: Programme) -> tuple[engine.Result, dict[str, object]]:
    found = gather(programme)
    result, findings = look_into(found, engine.solve(found.people, found.policy), lambda fraction: None)
    return result, in_record(found, result, findings)


def test_who_is_left_out_what_is_short_and_what_the_next_mentors_should_offer(programme: Programme) -> None:
    make_mentor(programme, "Ann")
    make_mentee(programme, "Bo", grade=9)
    make_mentee(programme, "Cy", grade=5)

    result, told = found_out(programme)

    (left,) = result.left_out
    assert left.smallest_change is None or "Ann took 2 mentees" in left.smallest_change.sentence
    assert told["skills"] == [{"skill": "Social media", "wanted": 2, "offered": 1, "left_out": 1}]
    assert told["next_mentors"] == {"offers": [{"skill": "Social media", "mentors": 1}], "placed": 1}
    assert told["changed"] == {}
    fairness = told["fairness"]
    assert isinstance(fairness, dict)
    assert (fairness["covered"], fairness["covered_bound"], fairness["swaps"]) == (2, 2, 0)


def test_a_run_after_one_person_left_says_whom_it_touches(programme: Programme) -> None:
    ann, bo = make_mentor(programme, "Ann"), make_mentee(programme, "Bo")
    dan, eve = make_mentor(programme, "Dan"), make_mentee(programme, "Eve")
    make_suggestion(programme=programme, mentor=ann, mentee=bo)
    make_suggestion(programme=programme, mentor=dan, mentee=eve)

    _, same = found_out(programme)
    programme.enrolments.filter(person=eve).update(status="withdrawn")
    _, other = found_out(programme)

    assert same["changed"] == {"new": 0, "moved": 0, "people": []}
    assert other["changed"] == {"new": 0, "moved": 1, "people": [dan.pk]}


def test_skills_of_those_who_did_not_ask_for_the_role_are_not_counted(programme: Programme) -> None:
    budgets = make_skill(name="Budgets")
    ann = make_mentor(programme, "Ann")
    make_wish(person=ann, skill=budgets)  # but does not want to be a mentee here
    bo = make_mentee(programme, "Bo")
    make_offer(person=bo, skill=budgets)  # but does not want to be a mentor here

    _, told = found_out(programme)

    assert told["skills"] == [{"skill": "Social media", "wanted": 1, "offered": 1, "left_out": 0}]
