"""Waiting: people who went without a partner in earlier runs come sooner."""

from matching.engine.columns import WAITING, Columns
from matching.engine.compiled import inlined
from matching.engine.view import Couples

NAME = "waiting"
TITLE = "Waiting"
WEIGHT = 3
FIRST = 1000  # runs: who comes first, whatever others have waited; no sentence tells of it


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    """Two for each run that either has waited, at most 10."""
    return min(10, 2 * (c.person[mentor, WAITING] + c.person[mentee, WAITING]))


def sentences(couples: Couples) -> list[str]:
    facts = (column.tolist() for column in couples.facts(WAITING))
    told = zip(couples.mentors, couples.mentees, *facts, strict=True)
    return [waited((mentor, mine), (mentee, theirs)) if mine or theirs else "" for mentor, mentee, mine, theirs in told]


def waited(*people: tuple[str, int]) -> str:
    told = [
        f"{name} has waited {'one run' if runs == 1 else f'{runs} runs'}" for name, runs in people if 0 < runs < FIRST
    ]
    return f"{' and '.join(told)}." if told else ""
