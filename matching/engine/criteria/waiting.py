"""Waiting: people who went without a partner in earlier runs come sooner."""

from matching.engine.columns import WAITING, Columns
from matching.engine.compiled import inlined
from matching.engine.view import Couple, View

NAME = "waiting"
TITLE = "Waiting"
WEIGHT = 3
FIRST = 1000  # runs: who comes first, whatever others have waited; no sentence tells of it


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    """Two for each run that either has waited, at most 10."""
    return min(10, 2 * (c.person[mentor, WAITING] + c.person[mentee, WAITING]))


def sentence(view: View, couple: Couple) -> str:
    waits = [(view.names[person], view.facts[person][WAITING]) for person in couple[:2]]
    told = [
        f"{name} has waited {'one run' if runs == 1 else f'{runs} runs'}" for name, runs in waits if 0 < runs < FIRST
    ]
    return f"{' and '.join(told)}." if told else ""
