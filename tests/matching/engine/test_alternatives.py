import numpy as np
from hypothesis import assume, given

from matching.company import make_company
from matching.engine import PersonRow, Policy, Wish, explain, gather, solve
from matching.engine.alternatives import ROLES
from tests.matching.engine import reference
from tests.matching.engine.companies import companies, policies, without_lists
from tests.matching.engine.test_engine import columns, slow


@slow
@given(companies(), policies())
def test_an_alternative_is_the_pair_that_costs_least_and_its_cost_what_the_best_answer_with_it_is_worth_less(
    company, policy
):
    company = without_lists(company)
    scores = reference.eligible_scores(company, policy)
    assume(len(scores) <= 10)
    people = columns(company)
    keys = people.keys.tolist()
    result = solve(people, policy)
    chosen = {(keys[pair.mentor], keys[pair.mentee]) for pair in result.pairs}
    best = (result.objective.placed, result.objective.total)
    forced = {}  # the best answer with each pair
    for answer, *worth in reference.all_answers(company, policy):
        forced |= {couple: max(forced.get(couple, (0, 0)), tuple(worth)) for couple in answer if couple not in chosen}

    for pair in result.pairs:
        for other in pair.alternatives:
            couple = (keys[other.mentor], keys[other.mentee])
            side = ROLES.index(other.role)
            cheapest = max(found for others, found in forced.items() if others[side] == couple[side])
            assert other.score == scores[couple]
            assert forced[couple] == cheapest == (best[0] - other.placed_lost, best[1] - other.points_lost)


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


def test_somebody_whose_seats_fixed_pairs_hold_is_no_alternative_but_the_next_best_who_can_be_had_is(monkeypatch):
    rows = [
        PersonRow(key=1, name="Ann", grade=1, mentor_capacity=1, offers={"Python": 5}),
        PersonRow(key=2, name="Ben", grade=3, mentee_capacity=1, wishes=[Wish(skill="Python", wanted=5)]),
        PersonRow(key=3, name="Cleo", grade=3, mentee_capacity=1, wishes=[Wish(skill="Python", wanted=5)]),
        PersonRow(key=4, name="Dan", grade=1, mentor_capacity=1, offers={"Python": 4}),
        PersonRow(key=5, name="Eve", grade=1, mentor_capacity=1, offers={"Python": 3}),
    ]
    people = gather(rows, fixed=[(1, 2, "")])

    exact = solve(people, Policy()).pairs[-1]
    monkeypatch.setattr(explain, "EXACT_UP_TO", 1)
    by_score = solve(people, Policy()).pairs[-1]

    for pair in (exact, by_score):
        assert (rows[pair.mentor].name, rows[pair.mentee].name) == ("Dan", "Cleo")
        assert [rows[other.mentor].name for other in pair.alternatives] == ["Eve"]


def test_where_costs_are_not_worked_out_the_best_by_score_is_told_and_said_to_be_no_more_than_that(monkeypatch):
    people = make_company(60, seed=4, skills=[f"Skill {number}" for number in range(9)])
    exact = solve(people, Policy())

    monkeypatch.setattr(explain, "EXACT_UP_TO", 10)
    told = solve(people, Policy())

    others = [other for pair in told.pairs for other in pair.alternatives]
    assert [(pair.mentor, pair.mentee, pair.criteria) for pair in told.pairs] == [
        (pair.mentor, pair.mentee, pair.criteria) for pair in exact.pairs
    ]
    assert {(other.placed_lost, other.points_lost) for other in others} == {(None, None)}
    assert all(other.sentence.endswith("what it would cost is not worked out.") for other in others)
    couples = {(pair.mentor, pair.mentee) for pair in told.pairs}
    assert couples.isdisjoint((other.mentor, other.mentee) for other in others)
    assert len(others) > len(np.unique([pair.mentor for pair in told.pairs]))
