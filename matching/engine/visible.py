"""The problem as everybody may see it: what is told beside the pairs is worked out from it, and from nothing else.

Rather-not lists decide who is paired, and nothing more. To somebody who knows no list, some pairs of the best plan
without lists are missing from the answer; what kept them apart they cannot know. `seen` takes these pairs out, and then
those of the next best plan that are missing, until the answer is the best that is left. The outcome follows from the
columns without lists and from the answer alone: the same answer tells the same, whatever the lists that led to it.
"""

from dataclasses import dataclass, replace

import numpy as np

from matching.engine.candidates import eligible_pairs
from matching.engine.columns import I64, RATHER_NOT, Columns, Problem
from matching.engine.network import Arcs, State
from matching.engine.people import no_rows
from matching.engine.run import solve_network
from matching.engine.value import scale_of

ROUNDS = 60  # of taking pairs out; where the answer is still not the best then, costs are not told


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The problem without lists, the pairs that it holds, and the answer as its solved network."""

    problem: Problem
    arcs: Arcs
    missing: I64  # (rows, 2) by key order: pairs that no rule forbids and that the answer did without
    state: State


def without_lists(problem: Problem) -> Problem:
    """The same people, rules and score; nobody has a list."""
    return replace(
        problem,
        people=replace(problem.people, rather_not=no_rows(2)()),
        columns=unlisted(problem.columns),
    )


def unlisted(c: Columns) -> Columns:
    link = c.link.copy()
    link[:, 1] &= ~RATHER_NOT
    return c._replace(link=link)


def seen(problem: Problem, chosen: I64) -> Seen | None:
    """What the answer looks like to somebody who knows no list; None where it is not the best of anything simple."""
    open_problem = without_lists(problem)
    size = len(problem)
    arcs = eligible_pairs(open_problem.columns, scale_of(problem.columns))
    marks = marks_of(np.column_stack([arcs.mentor, arcs.mentee]), size)
    told = marks_of(chosen, size)
    missing = np.empty(0, dtype=np.int64)
    for _ in range(ROUNDS):
        state = solve_network(open_problem, arcs, lambda fraction: None)
        best = marks[state.used > 0]
        surplus = np.setdiff1d(best, told)
        if not len(surplus):
            return Seen(open_problem, arcs, np.column_stack(np.divmod(missing, size)), state)
        missing = np.union1d(missing, surplus)
        keep = ~np.isin(marks, surplus)
        arcs, marks = Arcs(arcs.mentor[keep], arcs.mentee[keep], arcs.value[keep]), marks[keep]
    return None


def marks_of(couples: I64, size: int) -> I64:
    """One number for each couple."""
    return couples[:, 0].astype(np.int64) * size + couples[:, 1]
