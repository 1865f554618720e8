"""Each smallest change is applied and solved again: the person is placed."""

from dataclasses import replace

import numpy as np
import pytest

from matching.company import make_company
from matching.engine import PersonRow, Policy, Wish, gather, smallest_changes, solve
from matching.engine.changes import joined

ANN = PersonRow(key=1, name="Ann", grade=1, mentor_capacity=1, offers={"Python": 5})
BEN = PersonRow(key=2, name="Ben", grade=3, mentee_capacity=1, wishes=[Wish(skill="Python", priority=1, wanted=5)])


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


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_change_places_the_person_it_is_for(seed):
    people = make_company(70, seed=seed, skills=[f"Skill {number}" for number in range(15)])
    policy = Policy()

    result = smallest_changes(people, policy, solve(people, policy))

    found = set()
    for left in result.left_out:
        change = left.smallest_change
        if change is None:
            continue
        found.add(change.kind)
        if change.kind == "offer":
            as_mentor = change.details["role"] == "mentor"
            other = joined(people, policy, left.person, change.details["skill"], as_mentor=as_mentor), policy
        else:
            other = applied(people, policy, change)
        again = solve(*other)
        assert (left.person, left.role) not in {(still.person, still.role) for still in again.left_out}
    assert found == {"exception"}


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
