"""What somebody can learn of a rather-not list who knows everything but the lists: who is paired, and nothing more.

The attacker holds two answers of the engine for the same people, and no list. If the pairs are the same, all the rest
must be the same to the letter: reasons, counts, alternatives with their costs, near ties.
"""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matching.company import make_company
from matching.engine import PersonRow, Policy, Wish, alternatives, explain, gather, run, score_pair, solve
from tests.matching.engine.companies import companies, policies, without_lists
from tests.matching.engine.test_engine import columns

few = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
ANN = PersonRow(key=1, name="Ann", grade=1, mentor_capacity=1, offers={"Python": 5})
BEN = PersonRow(key=2, name="Ben", grade=3, mentee_capacity=1, wishes=[Wish(skill="Python", priority=1, wanted=5)])


def with_entry(company, person, other):
    rows = tuple(replace(row, rather_not=[other]) if row.key == person else row for row in company.rows)
    return replace(company, rows=rows)


def who(result):
    return tuple((pair.mentor, pair.mentee) for pair in result.pairs)


@pytest.fixture(params=[None, 0, 10, 50])
def costs_up_to(request, monkeypatch):
    """As few people are looked after, and as many: costs are told up to so many points."""
    if request.param is not None:
        monkeypatch.setattr(explain, "EXACT_UP_TO", 0)
        monkeypatch.setattr(run, "ALL_UP_TO", 0)
        monkeypatch.setattr(alternatives, "UP_TO", request.param)


def told(people, policy):
    """All that anybody is told of an answer."""
    result = solve(people, policy)
    return who(result), (result.pairs, result.left_out, result.objective)


@few
@given(companies(least=3), policies())
def test_two_answers_with_the_same_pairs_tell_the_same_whoever_is_on_whose_list(costs_up_to, company, policy):
    open_company = without_lists(company)
    keys = [row.key for row in company.rows]
    lists = [open_company, *(with_entry(open_company, one, other) for one, other in combinations(keys, 2))]
    seen = defaultdict(list)

    for known in lists:
        pairs, rest = told(columns(known), policy)
        seen[pairs].append(rest)

    for answers in seen.values():
        assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("seed", [3, 11, 24, 29])  # where one pair would fit better the other way round
def test_a_pair_that_no_list_forbids_in_one_answer_and_a_list_in_the_other_is_counted_under_the_same_rule(
    seed, costs_up_to
):
    people = make_company(8, seed=seed, skills=["Hiring", "Pinterest", "Python"])
    seen = defaultdict(list)

    for entry in [[], *([two] for two in combinations(range(8), 2))]:
        known = replace(people, rather_not=np.array(entry, dtype=np.int64).reshape(-1, 2))
        pairs, rest = told(known, Policy(grade_gap=None))
        seen[pairs].append(rest)

    assert all(answer == answers[0] for answers in seen.values() for answer in answers)


@pytest.mark.parametrize("shape", ["everybody", "executives"])
def test_lists_between_people_who_would_not_be_paired_change_nothing_that_is_told_of_many(shape, costs_up_to):
    """Candidates, prices and the pairs that are looked at differ; what the answer did without may not."""
    people, random = make_company(250, seed=6, shape=shape), np.random.default_rng(1)
    couples = np.array(who(solve(people, Policy())))
    biting = replace(people, rather_not=np.concatenate([people.rather_not, couples[::5]]))
    pairs, _ = told(biting, Policy())
    apart = [
        two for two in random.integers(0, 250, (6000, 2)).tolist() if not {tuple(two), tuple(two[::-1])} & {*pairs}
    ]

    more = replace(biting, rather_not=np.concatenate([biting.rather_not, apart]))

    assert told(more, Policy()) == told(biting, Policy())


@few
@given(companies(least=3), policies())
def test_who_is_put_together_by_hand_is_told_the_same_whoever_is_on_whose_list(company, policy):
    open_company = without_lists(company)
    one, other = (row.key for row in company.rows[:2])

    answers = {
        str(score_pair(columns(known), policy, 0, 1))
        for known in (open_company, with_entry(open_company, one, other), with_entry(open_company, other, one))
    }

    assert len(answers) == 1


def test_two_who_fit_and_are_both_free_are_told_what_everybody_is_told_whose_partners_are_elsewhere():
    kept_apart = solve(gather([replace(ANN, rather_not=[2]), BEN]), Policy())
    elsewhere = solve(gather([ANN, BEN, replace(BEN, key=3, name="Cleo")]), Policy())

    (sentence,) = {rule.sentence for left in kept_apart.left_out for rule in left.rules}
    assert sentence == "1 person fits by the rules but is paired elsewhere or not available."
    assert [rule.sentence for left in elsewhere.left_out for rule in left.rules] == [sentence]
