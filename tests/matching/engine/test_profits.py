"""The proof's look at the pairs that may have a profit finds what a look at every eligible pair finds."""

from dataclasses import replace

import numpy as np
import pytest

from matching.company import make_company
from matching.engine import Certificate, Policy
from matching.engine.candidates import eligible_pairs
from matching.engine.columns import prepare
from matching.engine.criteria import weights_of
from matching.engine.profits import all_profits
from matching.engine.value import scale_of

SIZE = 2400  # people: enough for threads
POLICIES = {
    "usual": Policy(),
    "open": Policy(grade_gap=None, shared_language=False, stability=40),
    "nothing comes back": Policy(weights={"exchange": 0, "waiting": 9}),
}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("middle", [0, 60, 110])
def test_all_positive_profits_are_summed(policy, middle):
    random = np.random.default_rng(middle)
    people = replace(
        make_company(SIZE, seed=3, skills=[f"Skill {number}" for number in range(40)]),
        exceptions=random.integers(0, SIZE, (400, 2)),
        previous=random.integers(0, SIZE, (400, 2)),
    )
    columns = prepare(people, policy, weights_of(policy)).columns
    scale, pairs = scale_of(columns), eligible_pairs(columns, scale_of(columns))
    mentors, mentees = random.integers(middle - 30, middle + 30, (2, SIZE)) * scale.unit

    profits = pairs.value - mentors[pairs.mentor] - mentees[pairs.mentee]

    expected = sum(profits[profits > 0].tolist())
    assert expected > 0
    assert all_profits(columns, scale, Certificate(mentors, mentees)) == expected
