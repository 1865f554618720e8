"""The figures beside the total, against every answer there is."""

import math

from hypothesis import HealthCheck, assume, given, settings

from matching.company import make_company
from matching.engine import Policy, fairness, solve
from tests.matching.engine import reference
from tests.matching.engine.companies import companies, policies, without_lists
from tests.matching.engine.test_engine import columns

few = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@few
@given(companies(), policies())
def test_people_covered_the_weakest_pair_and_pairs_that_would_rather_swap_are_counted_right(company, policy):
    company = without_lists(company)
    scores = reference.eligible_scores(company, policy)
    assume(len(scores) <= 10)
    people = columns(company)
    keys = people.keys.tolist()
    result = solve(people, policy)
    fixed = [(a, b) for a, b, _ in company.fixed]
    answers = list(reference.all_answers(company, policy))

    told = fairness(people, policy, result)

    chosen = [(keys[pair.mentor], keys[pair.mentee]) for pair in result.pairs]
    assert told.covered == len({person for pair in chosen for person in pair})
    assert told.covered_bound == max(len({p for pair in [*fixed, *some] for p in pair}) for some, _, _ in answers)
    new = [scores[pair] for pair in chosen if pair not in fixed]
    best = result.objective
    if new:
        weakest, total = max(
            (min((scores[pair] for pair in some), default=-1), total)
            for some, placed, total in answers
            if placed == best.placed
        )
        assert (told.weakest, told.weakest_bound) == (min(new), weakest)
        assert told.weakest_costs == best.total - total
    assert told.swaps == sum(would_swap(company, policy, chosen, fixed, pair) for pair in scores if pair not in chosen)


def would_swap(company, policy, chosen, fixed, pair):
    """Both have all the partners they want in the role, and a weaker one among them whom they could give up."""
    score = reference.score(company, company[pair[0]], company[pair[1]], policy)
    for side, capacity in ((0, company[pair[0]].mentor_capacity), (1, company[pair[1]].mentee_capacity)):
        mine = [
            math.inf if (a, b) in fixed else reference.score(company, company[a], company[b], policy)
            for a, b in chosen
            if (a, b)[side] == pair[side]
        ]
        if len(mine) < capacity or min(mine) >= score:
            return False
    return True


def test_most_pairs_is_not_most_people():
    people = make_company(300, seed=3, skills=[f"Skill {number}" for number in range(60)])

    told = fairness(people, Policy(), solve(people, Policy()))

    assert told.covered < told.covered_bound <= 300
    assert told.weakest < told.weakest_bound
    assert told.weakest_costs > 0
    assert told.swaps > 0
