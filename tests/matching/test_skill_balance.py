"""Supply against demand of skills."""

import pytest

from matching.candidates import gather
from matching.skill_balance import skill_balance
from tests.builders import make_enrolment, make_offer, make_person, make_programme, make_skill, make_wish

pytestmark = pytest.mark.django_db


def test_the_skills_most_short_of_mentors_come_first() -> None:
    programme = make_programme(min_offer_level=2)
    pinterest, budgets, unwanted = (make_skill(name=name) for name in ("Pinterest", "Budgets", "Juggling"))
    for number in range(3):
        learner, mentor = make_person(), make_person()
        make_enrolment(person=learner, programme=programme, mentor_capacity=0)
        make_enrolment(person=mentor, programme=programme, mentee_capacity=0)
        make_wish(person=learner, skill=pinterest)
        make_wish(person=mentor, skill=pinterest)  # but does not want to be a mentee here
        make_offer(person=mentor, skill=pinterest, level=1 if number else 5)
        make_offer(person=mentor, skill=budgets)
        make_offer(person=mentor, skill=unwanted)
        make_offer(person=learner, skill=pinterest)  # but does not want to be a mentor here
        if not number:
            make_wish(person=learner, skill=budgets)

    assert skill_balance(gather(programme)) == [
        {"skill": "Pinterest", "wanted": 3, "offered": 1},
        {"skill": "Budgets", "wanted": 1, "offered": 3},
    ]


def test_an_empty_programme_has_no_skills() -> None:
    assert skill_balance(gather(make_programme())) == []
