from matching.company import make_company
from matching.engine import PersonRow, Policy, Wish, gather, next_mentors, skill_needs, solve

ANN = PersonRow(key="1", name="Ann", grade=1, mentor_capacity=1, offers={"Python": 5, "Hiring": 1})


def wanting(key, skills, priority=1):
    wishes = [Wish(skill=skill, priority=priority, wanted=5) for skill in skills]
    return PersonRow(key=key, name=f"Person {key}", grade=3, mentee_capacity=1, wishes=wishes)


def test_skills_that_people_left_out_wish_for_come_first_with_supply_and_demand():
    people = gather([ANN, wanting("2", ["Python"]), wanting("3", ["Python", "Hiring"]), wanting("4", ["Hiring"])])

    needs = skill_needs(people, Policy(), solve(people, Policy()))

    told = [(people.skill_names[need.skill], *need[1:]) for need in needs]
    assert told == [("Hiring", 2, 0, 2), ("Python", 2, 1, 1)]


def test_the_next_mentors_offer_what_most_of_those_left_out_wish_for():
    people = gather([ANN, wanting("2", ["Python"]), wanting("3", ["Python", "Hiring"]), wanting("4", ["Hiring"])])

    told = next_mentors(people, Policy(), solve(people, Policy()))

    assert [(people.skill_names[skill], number) for skill, number in told.offers] == [("Hiring", 2)]
    assert told.placed == 2


def test_ten_mentors_place_up_to_ten_more_and_the_number_is_found_by_solving():
    people = make_company(300, seed=2, shape="executives")

    told = next_mentors(people, Policy(), result := solve(people, Policy()))

    out = sum(left.role == "mentee" for left in result.left_out)
    assert sum(number for _, number in told.offers) == min(10, out)
    assert 0 < told.placed <= min(10, out)


def test_where_everybody_has_a_mentor_no_more_are_asked_for():
    people = gather([ANN, wanting("2", ["Python"])])

    assert next_mentors(people, Policy(), solve(people, Policy())) == ((), 0)
