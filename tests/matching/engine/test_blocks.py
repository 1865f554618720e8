"""The search over the inverted index finds what a look at every eligible pair finds."""

import numpy as np
import pytest

from matching.company import make_company
from matching.engine import Policy
from matching.engine.blocks import Search, cut, in_threads
from matching.engine.candidates import eligible_pairs
from matching.engine.columns import prepare
from matching.engine.criteria import weights_of
from matching.engine.run import solving_of
from matching.engine.value import scale_of

MOST = 5


def best_of_all(arcs, role, own, others):
    """For each person the best partners that leave a profit above their own price, the best first."""
    mine, theirs = (arcs.mentor, arcs.mentee) if role == "mentor" else (arcs.mentee, arcs.mentor)
    profit = arcs.value - others[theirs]
    order = np.lexsort((-profit, mine))
    found = {}
    for arc in order[profit[order] > own[mine[order]]].tolist():
        found.setdefault(int(mine[arc]), []).append((int(theirs[arc]), int(arcs.value[arc])))
    return {person: partners[:MOST] for person, partners in found.items()}


@pytest.mark.parametrize("policy", [Policy(), Policy(grade_gap=None, shared_language=False, least_score=90)])
@pytest.mark.parametrize("role", ["mentor", "mentee"])
@pytest.mark.parametrize("spread", [0, 200])
def test_the_search_finds_the_best_partners_at_any_prices(role, policy, spread):
    people = make_company(2600, seed=3, skills=[f"Skill {number}" for number in range(90)])
    problem = prepare(people, policy, weights_of(policy))
    scale, ground = scale_of(problem.columns), solving_of(problem).ground
    own, others = np.random.default_rng(4).integers(-spread, spread + 1, (2, len(problem))) * scale.unit

    found = {}
    for arcs in in_threads(ground, 2)(Search(role, MOST, own, others), cut(len(problem))):
        mine, theirs = (arcs.mentor, arcs.mentee) if role == "mentor" else (arcs.mentee, arcs.mentor)
        for person, partner, value in zip(mine.tolist(), theirs.tolist(), arcs.value.tolist(), strict=True):
            found.setdefault(person, []).append((partner, value))

    assert len(found) > 500
    assert found == best_of_all(eligible_pairs(problem.columns, scale), role, own, others)
