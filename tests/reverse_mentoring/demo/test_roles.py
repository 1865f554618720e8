from itertools import chain
from zoneinfo import ZoneInfo

from mentoring.taxonomy import load_taxonomy
from reverse_mentoring.demo.names import cultures
from reverse_mentoring.demo.roles import EXECUTIVE_LEVELS, NEWCOMER_LEVELS, company


def test_the_grade_scale_has_nine_levels_for_newcomers_leads_and_executives():
    assert list(company().grades) == [*NEWCOMER_LEVELS, 5, *EXECUTIVE_LEVELS]


def test_sites_lie_in_four_time_zones_that_exist():
    zones = {ZoneInfo(site.time_zone).key for site in company().sites}

    assert len(zones) == 4
    assert 6 <= len(company().sites) <= 8


def test_shares_add_up_to_the_whole_company():
    assert sum(site.share for site in company().sites) == 100
    assert sum(department.share for department in company().departments) == 100


def test_sites_know_the_cultures_that_names_are_drawn_from():
    assert set(chain.from_iterable(site.cultures for site in company().sites)) <= set(cultures())


def test_every_department_has_titles_for_every_grade_that_take_its_fields():
    for department in company().departments:
        assert list(department.titles) == list(company().grades)
        for title in chain.from_iterable(department.titles.values()):
            assert "{" not in title.format(field=department.fields[0])


def test_the_top_of_each_department_is_one_person():
    assert {len(department.titles[9]) for department in company().departments} == {1}
    assert not any("{field}" in department.titles[9][0] for department in company().departments)


def test_every_skill_of_the_company_is_in_the_taxonomy():
    named = {
        *company().newcomers_offer,
        *company().executives_offer,
        *company().newcomers_wish_beyond_supply,
        *company().executives_wish_beyond_supply,
        *chain.from_iterable(department.newcomers_offer for department in company().departments),
        *chain.from_iterable(department.executives_offer for department in company().departments),
    }

    assert named - {skill.name for skill in load_taxonomy().skills} == set()


def test_no_list_of_skills_names_one_twice():
    lists = [company().newcomers_offer, company().executives_offer]
    for department in company().departments:
        lists += [department.newcomers_offer, department.executives_offer]

    assert [skills for skills in lists if len(set(skills)) < len(skills)] == []
