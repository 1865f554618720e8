"""Fairness in figures beside the total: most pairs is not most people, and a high total may hide a weak pair."""

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from matching.engine.by_score import count_swaps
from matching.engine.candidates import eligible_pairs
from matching.engine.columns import I64, MENTEE_CAPACITY, MENTOR_CAPACITY, Problem, prepare
from matching.engine.criteria import weights_of
from matching.engine.explain import EXACT_UP_TO
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.result import Fairness, Result
from matching.engine.run import chosen_couples, run
from matching.engine.value import scale_of
from matching.engine.verify import couples_of
from matching.engine.visible import seen, without_lists
from matching.engine.worst_off import highest_floor, lifted, scores_of

COVERED_UP_TO = 10_000  # people; the most that any plan can cover is worked out up to here


def fairness(people: People, policy: Policy, result: Result) -> Fairness:
    """Worked out without lists, as all that is told beside the pairs."""
    problem = prepare(people, lifted(policy, result.floor), weights_of(policy))
    open_problem = without_lists(problem)
    couples = couples_of(problem, tuple(pair for pair in result.pairs if not pair.fixed))
    weakest, cost = raised(problem, couples, result)
    return Fairness(
        covered=len({person for pair in result.pairs for person in (pair.mentor, pair.mentee)}),
        covered_bound=most_covered(open_problem) if len(problem) <= COVERED_UP_TO else None,
        weakest=min((pair.score for pair in result.pairs if not pair.fixed), default=None),
        weakest_bound=weakest,
        weakest_costs=cost,
        swaps=count_swaps(open_problem, couples),
    )


def most_covered(problem: Problem) -> int:
    """The most people who can have a partner, each counted once: a matching of people to seats of others.

    No plan covers more, for each of its people can be matched to the seat that one of their pairs takes of the other.
    And one plan covers as many: along the chains of people matched to each other's seats, drop every second pair.
    """
    c, fixed = problem.columns, problem.fixed[:, :2]
    arcs = eligible_pairs(c, scale_of(c))
    first, persons, seats, count = seats_of(problem)
    wants = [(arcs.mentee, arcs.mentor, 0), (arcs.mentor, arcs.mentee, 1)]
    for person, other, role in wants:
        for number in range(int(c.person[:, MENTOR_CAPACITY + role].max(initial=0))):
            there = number < first[role][1][other]
            persons.append(person[there])
            seats.append(first[role][0][other[there]] + number)
    placed = np.unique(fixed)
    who, seat = np.concatenate(persons), np.concatenate(seats)
    open_ = ~np.isin(who, placed)
    graph = csr_matrix((np.ones(int(open_.sum()), np.int8), (who[open_], seat[open_])), shape=(len(problem), count))
    return len(placed) + int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())


def seats_of(problem: Problem) -> tuple[list[tuple[I64, I64]], list[I64], list[I64], int]:
    """For each role where a person's seats begin and how many the fixed pairs leave; and the number of all seats."""
    found, begin = [], 0
    for side, column in ((0, MENTOR_CAPACITY), (1, MENTEE_CAPACITY)):
        taken = np.bincount(problem.fixed[:, side], minlength=len(problem))
        left = np.maximum(problem.columns.person[:, column] - taken, 0).astype(np.int64)
        found.append((begin + np.cumsum(left) - left, left))
        begin += int(left.sum())
    nobody = np.empty(0, dtype=np.int64)
    return found, [nobody], [nobody], begin


def raised(problem: Problem, couples: I64, result: Result) -> tuple[int | None, int | None]:
    """How strong the weakest pair could be with as many placed, and what that would cost in points."""
    if not result.objective.certified or len(problem) > EXACT_UP_TO or not len(couples):
        return None, None
    if result.floor is not None:
        return result.floor.score, 0
    known = seen(problem, couples)
    if known is None:
        return None, None
    people = replace(problem.people, rather_not=known.missing)
    floor = highest_floor(people, problem.policy)
    there, state = run(people, replace(problem.policy, least_score=floor.score))
    best = int(scores_of(problem, couples).sum())
    return floor.score, best - int(scores_of(there, chosen_couples(state)).sum())
