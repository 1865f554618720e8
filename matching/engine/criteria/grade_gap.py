"""Grade gap: the more grades a pair bridges, the better."""

import numpy as np

from matching.engine.columns import GRADE, Columns
from matching.engine.compiled import inlined
from matching.engine.view import Couples

NAME = "grade_gap"
TITLE = "Grades bridged"
WEIGHT = 3


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    """Two for each grade that the mentor is below the mentee, at most 10."""
    junior, senior = c.person[mentor, GRADE], c.person[mentee, GRADE]
    if junior < 0 or senior < 0:
        return 0
    return max(0, min(10, 2 * (senior - junior)))


def sentences(couples: Couples) -> list[str]:
    junior, senior = couples.facts(GRADE)
    gaps = np.where(junior >= 0, senior - junior, 0).tolist()
    return [
        f"{mentor} is {'one grade' if gap == 1 else f'{gap} grades'} below {mentee}." if gap > 0 else ""
        for mentor, mentee, gap in zip(couples.mentors, couples.mentees, gaps, strict=True)
    ]
