"""A large answer as everybody may see it, with all pairs that are nearly as good as those that were chosen.

At whatever prices prove an answer the best, a way to another one that costs less than some limit goes over no pair
that loses as much. So of all pairs these few are enough: what costs less than the limit is found exactly, and what is
not found costs more. Both follow from the answer and the problem without lists alone, as with all pairs (`visible`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.engine.arcs import joined, marks_of, merged, no_arcs, not_in, of_these, together
from matching.engine.blocks import Block, Ground, Search, cut, in_threads
from matching.engine.bounds import arcs_of
from matching.engine.columns import I64, Problem
from matching.engine.network import INFINITY, Arcs, State
from matching.engine.people import BoolArray
from matching.engine.result import Certificate, Role
from matching.engine.run import allowed_pairs, open_arcs, prices_of, quiet, solve_from
from matching.engine.visible import Seen, listed_pairs, without_lists, without_surplus

MOST = 64  # partners of each person; where there are more, eight times as many
FEW = 64  # people are looked at one by one


@dataclass(slots=True)
class Fringe:
    """Looks for the pairs that lose less than the limit."""

    problem: Problem  # as all that is here without lists
    ground: Ground
    limit: int
    mentors: I64  # prices at which all of them are known
    mentees: I64

    def completed(self, state: State, missing: I64) -> State:
        """The best answer of all pairs but those missing, with all that lose so little at its prices."""
        while True:
            more = self.look(state)
            if len(missing):
                more = of_these(more, ~np.isin(marks_of(more.mentor, more.mentee, len(self.problem)), missing))
            if not len(more.value):
                return state
            arcs, place = merged(arcs_of(state), more)
            chosen = place[state.used > 0].astype(np.int64)
            state = solve_from(self.problem, prices_of(state), arcs, chosen, quiet)

    def look(self, state: State) -> Arcs:
        """Those that the state does not hold yet: one of the two has become cheaper since all were known."""
        mentors, mentees = state.mentors.price, state.mentees.price
        parts = [no_arcs()]
        parts += self.found("mentor", mentors < self.mentors, mentors, mentees)
        parts += self.found("mentee", mentees < self.mentees, mentees, mentors)
        self.mentors, self.mentees = mentors.copy(), mentees.copy()
        return not_in(state, together(parts, len(mentors)))

    def found(self, role: Role, which: BoolArray, own: I64, others: I64) -> Iterator[Arcs]:
        people, most = np.flatnonzero(which), MOST
        while len(people):
            prices = np.full(len(own), INFINITY)
            prices[people] = own[people] - self.limit
            blocks = cut(len(own)) if len(people) > FEW else [Block(person, person + 1) for person in people.tolist()]
            arcs = joined(in_threads(self.ground)(Search(role, most, prices, others), blocks))
            partners = np.bincount(arcs.mentor if role == "mentor" else arcs.mentee, minlength=len(own))
            yield arcs
            people, most = np.flatnonzero(partners == most), 8 * most


def places_in(arcs: Arcs, couples: I64, people: int) -> I64:
    """Which of these pairs are those couples."""
    return np.flatnonzero(
        np.isin(marks_of(arcs.mentor, arcs.mentee, people), marks_of(couples[:, 0], couples[:, 1], people))
    )


def seen_near(problem: Problem, ground: Ground, solved: State, limit: int, *, is_known: bool = False) -> Seen | None:
    """As `seen`, with the pairs alone that lose less than the limit. `ground` is without lists.

    Those of the problem with lists may be known already: `solved` holds them.
    """
    open_problem, people = without_lists(problem), len(problem)
    loss = solved.mentors.price[solved.mentors.end] + solved.mentees.price[solved.mentees.end] - solved.value
    chosen = arcs_of(solved, solved.used > 0)
    listed, allowed = listed_pairs(problem, open_problem), allowed_pairs(open_problem)
    arcs = together([arcs_of(solved, loss < limit), chosen, listed, allowed], people)
    couples = np.column_stack([chosen.mentor, chosen.mentee]).astype(np.int64)
    state = solve_from(open_problem, prices_of(solved), arcs, places_in(arcs, couples, people), quiet)
    mentees = solved.mentees.price if is_known else np.full(people, INFINITY)
    fringe = Fringe(open_problem, ground, limit, solved.mentors.price, mentees)
    return without_surplus(open_problem, state, couples, fringe.completed)


def solved_near(problem: Problem, ground: Ground, chosen: I64, prices: Certificate, limit: int) -> State:
    """A proven answer and its prices, both by key order, with the pairs that lose less than the limit."""
    arcs = together([open_arcs(problem, chosen), allowed_pairs(problem)], len(problem))
    state = solve_from(problem, prices, arcs, places_in(arcs, chosen, len(problem)), quiet)
    fringe = Fringe(problem, ground, limit, state.mentors.price, np.full(len(problem), INFINITY))
    return fringe.completed(state, np.empty(0, dtype=np.int64))
