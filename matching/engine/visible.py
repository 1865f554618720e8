"""The problem as everybody may see it: what is told beside the pairs is worked out from it, and from nothing else.

Rather-not lists decide who is paired, and nothing more. To somebody who knows no list, some pairs of the best plan
without lists are missing from the answer; what kept them apart they cannot know. `seen` takes these pairs out, and then
those of the next best plan that are missing, until the answer is the best that is left. The outcome follows from the
columns without lists and from the answer alone: the same answer tells the same, whatever the lists that led to it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.engine.arcs import marks_of, merged, of_these, together
from matching.engine.bounds import arcs_of
from matching.engine.columns import I64, RATHER_NOT, Columns, Problem
from matching.engine.links import couples_linked
from matching.engine.network import Arcs, State
from matching.engine.people import no_rows, with_columns
from matching.engine.run import all_pairs, open_arcs, prices_of, quiet, solve_from, solve_network

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
        people=with_columns(problem.people, rather_not=no_rows(2)()),
        columns=unlisted(problem.columns),
    )


def unlisted(c: Columns) -> Columns:
    link = c.link.copy()
    link[:, 1] &= ~RATHER_NOT
    return c._replace(link=link)


def seen(problem: Problem, chosen: I64, solved: State | None = None) -> Seen | None:
    """What the answer looks like to somebody who knows no list; None where it is not the best of anything simple.

    From where all eligible pairs are `solved` already it is found sooner. The pairs and what each costs are the same;
    the prices may follow from the lists then, and nothing that is told may follow from these.
    """
    open_problem, size = without_lists(problem), len(problem)
    if solved is None:
        state = solve_network(open_problem, together([all_pairs(open_problem)], size), quiet)
    else:
        state = with_listed_pairs(problem, open_problem, solved)
    return without_surplus(open_problem, state, chosen, lambda there, missing: there)


def without_surplus(
    problem: Problem, state: State, chosen: I64, completed: Callable[[State, I64], State]
) -> Seen | None:
    """Takes out what the best plan has and the answer has not, again and again, until the answer is the best plan.

    `completed(state, missing)` is the state with all pairs that matter at its prices, but for the marks in `missing`.
    """
    size, missing = len(problem), np.empty(0, dtype=np.int64)
    told = marks_of(chosen[:, 0], chosen[:, 1], size)
    for _ in range(ROUNDS):
        state = completed(state, missing)
        arcs, used = arcs_of(state), np.flatnonzero(state.used)
        marks = marks_of(arcs.mentor, arcs.mentee, size)
        surplus = np.setdiff1d(marks[used], told)
        if not len(surplus):
            return Seen(problem, arcs, np.column_stack(np.divmod(missing, size)), state)
        missing = np.union1d(missing, surplus)
        keep = ~np.isin(marks, surplus)
        used = np.flatnonzero(state.used[keep])
        state = solve_from(problem, prices_of(state), of_these(arcs, keep), used, quiet)
    return None


def with_listed_pairs(problem: Problem, open_problem: Problem, solved: State) -> State:
    """The best answer with the pairs, too, that nothing but a list keeps apart."""
    listed = listed_pairs(problem, open_problem)
    if not len(listed.value):
        return solved
    arcs, place = merged(arcs_of(solved), listed)
    return solve_from(open_problem, prices_of(solved), arcs, place[solved.used > 0].astype(np.int64), quiet)


def listed_pairs(problem: Problem, open_problem: Problem) -> Arcs:
    """Those that nothing but a list keeps apart."""
    return open_arcs(open_problem, couples_linked(problem.columns, RATHER_NOT))
