from hypothesis import assume, given

from matching.engine import PersonRow, Policy, Wish, gather, solve
from tests.matching.engine import reference
from tests.matching.engine.companies import companies, policies
from tests.matching.engine.test_engine import columns, slow


@slow
@given(companies(), policies())
def test_what_an_alternative_costs_is_what_the_best_answer_with_it_is_worth_less(company, policy):
    scores = reference.eligible_scores(company, policy)
    assume(len(scores) <= 10)
    people = columns(company)
    keys = people.keys.tolist()
    result = solve(people, policy)
    best = (result.objective.placed, result.objective.total)

    for pair in result.pairs:
        for other in pair.alternatives:
            forced = (keys[other.mentor], keys[other.mentee])
            placed, total = reference.best_by_trying(company, policy, always=forced)
            assert other.score == scores[forced]
            assert (other.placed_lost, other.points_lost) == (best[0] - placed, best[1] - total)


def test_a_near_tie_is_told_with_the_other_choice_and_its_cost():
    rows = [
        PersonRow(key=1, name="Ann", grade=1, department="IT", mentor_capacity=1, offers={"Python": 5}),
        PersonRow(key=2, name="Ben", grade=1, department="IT", mentor_capacity=1, offers={"Python": 5}),
        PersonRow(key=3, name="Cleo", grade=3, mentee_capacity=1, wishes=[Wish(skill="Python", wanted=5)]),
    ]

    (pair,) = solve(gather(rows), Policy()).pairs

    (other,) = pair.alternatives
    chosen = rows[other.mentor].name
    assert (other.role, other.placed_lost, other.points_lost) == ("mentee", 0, 0)
    assert other.sentence == f"The next best mentor for Cleo is {chosen}; choosing them would be as good for everyone."
    assert pair.near_tie


def test_an_alternative_that_leaves_somebody_out_says_so():
    rows = [
        PersonRow(key=1, name="Ann", grade=1, mentor_capacity=1, offers={"Python": 5, "Hiring": 5}),
        PersonRow(key=2, name="Ben", grade=1, mentor_capacity=1, offers={"Python": 5}),
        PersonRow(key=3, name="Cleo", grade=3, mentee_capacity=1, wishes=[Wish(skill="Python", priority=1, wanted=5)]),
        PersonRow(key=4, name="Dan", grade=3, mentee_capacity=1, wishes=[Wish(skill="Hiring", wanted=5)]),
    ]

    first, second = solve(gather(rows), Policy()).pairs

    assert [other.sentence for other in first.alternatives] == [
        "The next best mentee for Ann is Cleo; choosing them would leave 2 places fewer filled."
    ]
    assert not first.near_tie
    assert [other.role for other in second.alternatives] == ["mentee"]
