import pytest

from insights.figures import SkillBalance, skill_balance
from tests.builders import make_enrolment, make_offer, make_person, make_programme, make_skill, make_wish

pytestmark = pytest.mark.django_db


def test_balance_counts_wishes_of_mentees_and_useful_offers_of_mentors() -> None:
    programme = make_programme(min_offer_level=3)
    social, data = make_skill(name="Social media"), make_skill(name="Data tools")
    for priority in (1, 2, 3):
        person = make_person()
        make_enrolment(person=person, programme=programme)
        make_wish(person=person, skill=social, priority=priority)
    make_wish(person=person, skill=data)
    mentor = make_person()
    make_enrolment(person=mentor, programme=programme)
    make_offer(person=mentor, skill=social, level=3)
    make_offer(person=person, skill=social, level=2)

    balance = skill_balance(programme)

    assert balance == [
        SkillBalance("Social media", wanted=3, highly=1, offered=1),
        SkillBalance("Data tools", wanted=1, highly=1, offered=0),
    ]


def test_balance_leaves_out_who_is_not_enrolled_in_the_role() -> None:
    programme, social = make_programme(), make_skill()
    outsider, mentee = make_person(), make_person()
    make_wish(person=outsider, skill=social)
    make_enrolment(person=mentee, programme=programme, mentor_capacity=0)
    make_offer(person=mentee, skill=social, level=5)
    make_wish(person=mentee, skill=social)

    balance = skill_balance(programme)

    assert balance == [SkillBalance("Social media", wanted=1, highly=1, offered=0)]
