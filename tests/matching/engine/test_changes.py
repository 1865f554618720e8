"""Each smallest change is applied and solved again: the person is placed."""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matching.company import make_company
from matching.engine import PersonRow, Policy, Wish, gather, smallest_changes, solve, worlds
from matching.engine.newcomers import joined
from tests.matching.engine.companies import companies, policies, without_lists
from tests.matching.engine.test_engine import columns

few = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))

ANN = PersonRow(key=1, name="Ann", grade=1, mentor_capacity=1, offers={"Python": 5})
BEN = PersonRow(key=2, name="Ben", grade=3, mentee_capacity=1, wishes=[Wish(skill="Python", priority=1, wanted=5)])


@pytest.fixture(params=["few", "many"])
def way(request, monkeypatch):
    """As few people are looked after, and as many."""
    if request.param == "many":
        monkeypatch.setattr(worlds, "UP_TO", 0)
    return request.param


def applied(people, policy, change):
    details = change.details
    if change.kind == "exception":
        row = np.array([[details["mentor"], details["mentee"]]])
        return replace(people, exceptions=np.concatenate([people.exceptions, row])), policy
    if change.kind == "capacity":
        name = f"{details['role']}_capacity"
        column = getattr(people, name).copy()
        column[details["person"]] = details["to"]
        return replace(people, **{name: column}), policy
    if change.kind == "rule":
        return people, replace(policy, **{details["rule"]: details["to"]})
    raise AssertionError(change.kind)


def placed(people, policy, left):
    """Whether the change of somebody left out places them: applied, and solved again from the start."""
    change = left.smallest_change
    if change.kind == "offer":
        as_mentor = change.details["role"] == "mentor"
        people = joined(people, left.person, change.details["skill"], as_mentor=as_mentor)
    else:
        people, policy = applied(people, policy, change)
    again = solve(people, policy)
    return (left.person, left.role) not in {(still.person, still.role) for still in again.left_out}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_change_places_the_person_it_is_for(seed, way):
    people = make_company(70, seed=seed, skills=[f"Skill {number}" for number in range(15)])

    result = smallest_changes(people, Policy(), solve(people, Policy()))

    found = [left for left in result.left_out if left.smallest_change]
    assert {left.smallest_change.kind for left in found} <= {"exception", "capacity", "rule", "offer"}
    assert len(found) > len(result.left_out) / 2
    assert all(placed(people, Policy(), left) for left in found)


@pytest.mark.parametrize(("policy", "kinds"), [(Policy(grade_gap=3, overlap_hours=5), 2), (Policy(grade_gap=None), 1)])
def test_each_change_places_the_person_under_other_rules_too(policy, kinds, way):
    """With two seats a person, chains of swaps and many past partners."""
    people = make_company(200, seed=9, skills=[f"Skill {number}" for number in range(40)])
    random = np.random.default_rng(1)
    people = replace(people, rather_not=random.integers(0, 200, (60, 2)), past=random.integers(0, 200, (60, 2)))

    result = smallest_changes(people, policy, solve(people, policy))

    found = [left for left in result.left_out if left.smallest_change]
    told = {left.smallest_change.kind for left in found}
    assert len(told) >= kinds
    assert way == "few" or "rule" not in told
    assert all(placed(people, policy, left) for left in found[:40])


@few
@given(companies(least=3, most=7), policies())
def test_each_change_is_true_whoever_is_on_whose_list(way, company, policy):
    people = columns(company)

    result = smallest_changes(people, policy, solve(people, policy))

    assert all(placed(people, policy, left) for left in result.left_out if left.smallest_change)


@few
@given(companies(least=3), policies())
def test_a_list_may_hide_a_change_but_never_puts_another_in_its_place(way, company, policy):
    open_company = without_lists(company)
    keys = [row.key for row in company.rows]
    known = defaultdict(lambda: defaultdict(set))

    for entry in [(), *combinations(keys, 2)]:
        rows = [replace(row, rather_not=[entry[1]]) if entry[:1] == (row.key,) else row for row in company.rows]
        people = columns(replace(open_company, rows=tuple(rows)) if entry else open_company)
        result = smallest_changes(people, policy, solve(people, policy))
        pairs = tuple((pair.mentor, pair.mentee) for pair in result.pairs)
        for left in result.left_out:
            known[pairs][left.person, left.role].add(left.smallest_change and left.smallest_change.sentence)

    for told in known.values():
        assert all(len(sentences - {None}) <= 1 for sentences in told.values())


def test_with_a_secret_no_change_is_told_of_one_person_in_eight_always_the_same():
    people = make_company(200, seed=9, skills=[f"Skill {number}" for number in range(40)])
    result = solve(people, Policy())

    everybody, some, again = (
        [left.smallest_change for left in smallest_changes(people, Policy(), result, secret=secret).left_out]
        for secret in (b"", b"a secret", b"a secret")
    )

    assert some == again
    hidden = sum(one is not None and other is None for one, other in zip(everybody, some, strict=True))
    assert 0 < hidden < len(everybody) / 3
    assert all(other in (one, None) for one, other in zip(everybody, some, strict=True))


def test_where_the_time_is_up_no_change_is_told():
    people = make_company(70, seed=1, skills=[f"Skill {number}" for number in range(15)])

    result = smallest_changes(people, Policy(), solve(people, Policy()), seconds=-1)

    assert {left.smallest_change for left in result.left_out} == {None}


def told(rows, **kwargs):
    people = gather(rows, **kwargs)
    result = smallest_changes(people, Policy(), solve(people, Policy()))
    return {
        (people.names[left.person], left.role): left.smallest_change and left.smallest_change.sentence
        for left in result.left_out
    }


def test_one_exception_is_told_with_its_rule():
    boss = replace(BEN, key=9, name="Boss")

    assert told([replace(ANN, manager=9), boss])["Boss", "mentee"] == (
        "If HR allowed Ann and Boss in spite of their reporting line."
    )


def test_one_more_seat_is_told_with_its_person():
    other = replace(BEN, key=3, name="Cleo", wishes=[Wish(skill="Python", priority=3)])

    assert told([ANN, BEN, other]) == {("Cleo", "mentee"): "If Ann took 2 mentees instead of 1."}


def test_one_more_mentor_is_told_with_the_skill():
    other = replace(BEN, key=3, name="Cleo", wishes=[Wish(skill="Hiring", priority=1)])

    assert told([ANN, BEN, other]) == {("Cleo", "mentee"): "If there were one more mentor who offered Hiring."}


def test_somebody_whom_only_a_rather_not_list_keeps_out_is_told_of_nobody():
    """No change names the one whom they would rather not meet, nor an exception for the two."""
    sentences = told([replace(ANN, rather_not=[2]), BEN])

    assert sentences["Ben", "mentee"] == "If there were one more mentor who offered Python."
    assert sentences["Ann", "mentor"] == "If there were one more mentee who wished for Python."
