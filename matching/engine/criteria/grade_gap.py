"""Grade gap: the more grades a pair bridges, the better."""

from matching.engine.columns import GRADE, Columns
from matching.engine.compiled import inlined
from matching.engine.view import Couple, View

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


def sentence(view: View, couple: Couple) -> str:
    junior, senior = view.facts[couple.mentor][GRADE], view.facts[couple.mentee][GRADE]
    if junior < 0 or senior <= junior:
        return ""
    gap = senior - junior
    grades = "one grade" if gap == 1 else f"{gap} grades"
    return f"{view.names[couple.mentor]} is {grades} below {view.names[couple.mentee]}."
