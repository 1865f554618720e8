"""The criteria of a pair's score: one file each, with NAME, TITLE, WEIGHT, `fulfilment` (0 to 10) and `sentences`.

A new criterion is one more file, its lines in ALL and in `score` below, its words in docs/matching.md, and its test.
"""

from types import ModuleType

import numpy as np

from matching.engine.columns import I32, I64, Columns
from matching.engine.compiled import inlined, kernel
from matching.engine.criteria import bridge, channels, exchange, grade_gap, kept, overlap, skill_fit, waiting
from matching.engine.people import InputError
from matching.engine.policy import MAX_WEIGHT, Policy
from matching.engine.result import Criterion, records
from matching.engine.view import Couples

ALL: tuple[ModuleType, ...] = (skill_fit, exchange, grade_gap, bridge, channels, overlap, waiting, kept)
DEFAULT_WEIGHTS: dict[str, int] = {module.NAME: module.WEIGHT for module in ALL if module is not kept}
TITLES: dict[str, str] = {module.NAME: module.TITLE for module in ALL}

give, give_back, climb, link, meet, share, wait, stay = (module.fulfilment for module in ALL)


@inlined
def score_apart(c: Columns, mentor: int, mentee: int) -> int:
    """What a pair scores beside the skills of the two."""
    w = c.weights
    total = w[2] * climb(c, mentor, mentee) + w[3] * link(c, mentor, mentee) + w[4] * meet(c, mentor, mentee)
    return total + w[5] * share(c, mentor, mentee) + w[6] * wait(c, mentor, mentee) + w[7] * stay(c, mentor, mentee)


@inlined
def score(c: Columns, mentor: int, mentee: int) -> int:
    """The sum of weight × fulfilment over the criteria."""
    skills = c.weights[0] * give(c, mentor, mentee) + c.weights[1] * give_back(c, mentor, mentee)
    return skills + score_apart(c, mentor, mentee)


def weights_of(policy: Policy) -> I32:
    """The weight of each criterion, in the order of ALL."""
    for name, weight in policy.weights.items():
        if name not in DEFAULT_WEIGHTS:
            raise InputError(f"There is no criterion “{name}”. There are: {', '.join(DEFAULT_WEIGHTS)}.")
        if not 0 <= weight <= MAX_WEIGHT:
            raise InputError(f"The weight of {name} must be 0 to {MAX_WEIGHT}.")
    if not 0 <= policy.stability <= 10 * MAX_WEIGHT:
        raise InputError(f"stability must be 0 to {10 * MAX_WEIGHT}.")
    weights = {**DEFAULT_WEIGHTS, **policy.weights, kept.NAME: policy.stability}
    return np.array([weights[module.NAME] for module in ALL], dtype=np.int32)


def max_score(weights: I32) -> int:
    """No pair can score more."""
    return int(weights[:-1].sum()) * 10 + int(weights[-1])


@kernel
def fulfilments(c: Columns, couples: I64, out: I32) -> None:
    """Points of every criterion for each couple, in the order of ALL."""
    for number in range(len(couples)):
        mentor, mentee = couples[number, 0], couples[number, 1]
        out[number, 0] = c.weights[0] * give(c, mentor, mentee)
        out[number, 1] = c.weights[1] * give_back(c, mentor, mentee)
        out[number, 2] = c.weights[2] * climb(c, mentor, mentee)
        out[number, 3] = c.weights[3] * link(c, mentor, mentee)
        out[number, 4] = c.weights[4] * meet(c, mentor, mentee)
        out[number, 5] = c.weights[5] * share(c, mentor, mentee)
        out[number, 6] = c.weights[6] * wait(c, mentor, mentee)
        out[number, 7] = c.weights[7] * stay(c, mentor, mentee)


def explain(couples: Couples, points: I32) -> list[tuple[Criterion, ...]]:
    """Each criterion's points and sentence for each couple; what HR weighs 0 is not told."""
    weights = couples.problem.columns.weights.tolist()
    told = [
        records(Criterion, [module.NAME] * len(couples), points[:, number].tolist(), module.sentences(couples))
        for number, module in enumerate(ALL)
        if weights[number]
    ]
    return list(zip(*told, strict=True)) if told else [()] * len(couples)
