from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given

from matching.company import make_company
from matching.engine import PersonRow, Policy, Wish, alternatives, explain, gather, near, run, solve
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


@pytest.fixture
def as_of_many(monkeypatch):
    """Few people are looked after as many are."""
    monkeypatch.setattr(explain, "EXACT_UP_TO", 1)
    monkeypatch.setattr(run, "ALL_UP_TO", 1)


def with_biting_lists(people, policy):
    """Every seventh pair of the best answer is kept apart by a list."""
    couples = np.array([(pair.mentor, pair.mentee) for pair in solve(people, policy).pairs if not pair.fixed])
    return replace(people, rather_not=np.concatenate([people.rather_not, couples[::7]]))


def is_sure(other):
    return other.placed_lost == 0 and other.points_lost <= alternatives.UP_TO


@pytest.mark.parametrize(
    ("size", "shape", "gap"), [(60, "everybody", 1), (400, "executives", 1), (900, "everybody", None)]
)
def test_of_many_people_small_costs_and_near_ties_are_those_of_all_pairs_and_the_rest_is_said_to_cost_more(
    size, shape, gap, monkeypatch, request
):
    policy = Policy(grade_gap=gap)
    people = with_biting_lists(make_company(size, seed=4, shape=shape), policy)
    exact = solve(people, policy)
    request.getfixturevalue("as_of_many")
    monkeypatch.setattr(near, "MOST", 2)  # more are looked for where there are more

    large = solve(people, policy)

    assert [(pair.mentor, pair.mentee, pair.near_tie) for pair in large.pairs] == [
        (pair.mentor, pair.mentee, pair.near_tie) for pair in exact.pairs
    ]
    told = [{other.role: other for other in pair.alternatives} for pair in large.pairs]
    known = [{other.role: other for other in pair.alternatives} for pair in exact.pairs]
    sure = [{role: other for role, other in two.items() if is_sure(other)} for two in known]
    assert sure == [{role: other for role, other in two.items() if other.points_lost is not None} for two in told]
    rest = [(role, other) for two, same in zip(told, sure, strict=True) for role, other in two.items() - same.items()]
    assert rest
    assert all(
        (other.placed_lost, other.points_lost) == (None, None)
        and other.sentence.endswith("by score is " + people.names[getattr(other, others_role(role))] + MORE)
        for role, other in rest
    )
    assert all(two.keys() <= same.keys() for two, same in zip(told, known, strict=True))


MORE = "; choosing them would cost everyone a place or more than 50 points."


def others_role(role):
    return "mentee" if role == "mentor" else "mentor"


def test_of_very_many_people_only_smaller_costs_are_told(as_of_many, monkeypatch):
    monkeypatch.setattr(alternatives, "MANY", 1)

    result = solve(make_company(300, seed=4, shape="everybody"), Policy())

    costs = [other.points_lost for pair in result.pairs for other in pair.alternatives]
    assert max(cost for cost in costs if cost is not None) <= alternatives.MANY_UP_TO
    assert None in costs


def test_the_number_of_threads_changes_no_cost(monkeypatch):
    people = make_company(300, seed=4, shape="everybody")
    whole = solve(people, Policy())

    monkeypatch.setattr(alternatives, "A_PART", 1)

    assert solve(people, Policy()).pairs == whole.pairs


def test_where_the_answer_is_not_proven_the_best_by_score_is_told_and_said_to_be_no_more_than_that(as_of_many):
    people = make_company(400, seed=4, shape="everybody")

    told = solve(people, Policy(), time_limit=1e-9)

    others = [other for pair in told.pairs for other in pair.alternatives]
    assert not told.objective.certified
    assert {(other.placed_lost, other.points_lost) for other in others} == {(None, None)}
    assert all(other.sentence.endswith("what it would cost is not worked out.") for other in others)
    assert not any(pair.near_tie for pair in told.pairs)
    couples = {(pair.mentor, pair.mentee) for pair in told.pairs}
    assert couples.isdisjoint((other.mentor, other.mentee) for other in others)
    assert len(others) > len(np.unique([pair.mentor for pair in told.pairs]))
