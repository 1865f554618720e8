"""What each pair gave up: the next best partner of either, and what choosing them would cost everyone.

Choosing a pair that the best answer leaves out costs its loss at the present prices, and besides what it costs the two
to give up something else: the cheapest chain of swaps that leads from one to the other, or from each to somebody who
can give or take a seat. That is exact, for the network of `visible.seen` holds all pairs that may be told of. Where
there are too many people for it, the best by score is told, and that its cost is not worked out.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.candidates import Row, make_row, scan
from matching.engine.columns import I32, I64, MENTEE_CAPACITY, MENTOR_CAPACITY, Columns, Problem
from matching.engine.compiled import kernel
from matching.engine.network import INFINITY, NONE, Side, State, step
from matching.engine.result import Alternative, Role
from matching.engine.solver import Work, forget, make_work, pop, reach
from matching.engine.value import Scale, scale_of, value_of
from matching.engine.view import View
from matching.engine.visible import Seen, marks_of, without_lists

NEAR = 5  # a pair is a near tie where another would cost no more points than this, and place as many
ROLES: tuple[Role, Role] = ("mentor", "mentee")


class Losses(NamedTuple):
    """For each chosen pair, by the mentor's other choice and the mentee's."""

    arc: I64  # (P, 2) the next best candidate pair; -1 none
    cost: I64  # (P, 2)


Others = list[tuple[tuple[Alternative, ...], bool]]


def told_of(problem: Problem, chosen: I64, known: Seen | None) -> Others:
    """For each chosen pair its alternatives and whether it is a near tie. People by key order."""
    if known is None:
        return by_score(without_lists(problem), chosen)
    state, view = known.state, View(known.problem)
    used = np.flatnonzero(state.used)
    told = told_alternatives(view, state, scale_of(problem.columns), next_best(state, make_work(len(problem)), used))
    couples = np.column_stack([state.mentors.end[used], state.mentees.end[used]]).astype(np.int64)
    place = dict(zip(marks_of(couples, len(problem)).tolist(), told, strict=True))
    return [place[mark] for mark in marks_of(chosen, len(problem)).tolist()]


def next_best(state: State, work: Work, chosen: I64) -> Losses:
    losses = Losses(np.full((len(chosen), 2), NONE), np.zeros((len(chosen), 2), dtype=np.int64))
    find_next_best(state, work, chosen, losses.arc, losses.cost)
    return losses


@kernel
def find_next_best(state: State, work: Work, chosen: I64, arcs: I64, costs: I64) -> None:
    for number in range(len(chosen)):
        mentor, mentee = state.mentors.end[chosen[number]], state.mentees.end[chosen[number]]
        arcs[number, 0] = least_loss(state, state.mentors, state.mentees, mentor)
        arcs[number, 1] = least_loss(state, state.mentees, state.mentors, mentee)
        for role in range(2):
            if arcs[number, role] != NONE:
                costs[number, role] = cost_of(state, work, arcs[number, role])


@kernel
def least_loss(state: State, side: Side, far: Side, person: int) -> int:
    """The candidate pair of somebody that is not chosen and loses least at the present prices.

    Where fixed pairs hold all seats of the other one, they cannot be had.
    """
    best, found = -INFINITY, NONE
    for slot in range(side.start[person], side.start[person + 1]):
        arc = side.arcs[slot]
        if not state.used[arc] and far.capacity[far.end[arc]] > 0:
            profit = profit_of(state, arc)
            if profit > best:
                best, found = profit, arc
    return found


@kernel
def profit_of(state: State, arc: int) -> int:
    mentor, mentee = state.mentors.end[arc], state.mentees.end[arc]
    return state.value[arc] - state.mentors.price[mentor] - state.mentees.price[mentee]


@kernel
def cost_of(state: State, work: Work, arc: int) -> int:
    """What the best answer with this pair is worth less than the best of all."""
    mentor, mentee = state.mentors.end[arc], state.mentees.end[arc]
    alone = giving_up(state, state.mentees, state.mentors, work, mentor, NONE, 0)
    return giving_up(state, state.mentors, state.mentees, work, mentee, mentor, alone) - profit_of(state, arc)


@kernel
def giving_up(state: State, lowered: Side, raised: Side, work: Work, start: int, goal: int, otherwise: int) -> int:
    """The cheapest way for somebody of the raised side to make room for one more partner.

    It ends at `goal`, or, at a cost of `otherwise`, at anybody who can give or take a seat. Changes nothing.
    """
    people = len(lowered.price)
    work.sizes[0], work.sizes[1] = 0, 0
    reach(work, people + start, 0, NONE)
    best = INFINITY
    while work.sizes[0] and work.distance[work.heap[0]] < best:
        node = pop(work)
        distance = work.distance[node]
        if node == goal:
            best = min(best, distance)
        elif node < people:
            price = lowered.price[node]
            best = min(best, otherwise + distance + max(0, price - step(lowered, node, lowered.degree[node])))
            for slot in range(lowered.start[node], lowered.start[node + 1]):
                arc = lowered.arcs[slot]
                if not state.used[arc]:
                    other = raised.end[arc]
                    further = distance + price + raised.price[other] - state.value[arc]
                    if further < best:
                        reach(work, people + other, further, arc)
        else:
            person = node - people
            price = raised.price[person]
            bound = step(raised, person, raised.degree[person] + 1)
            if bound < INFINITY:
                best = min(best, otherwise + distance + max(0, bound - price))
            arc = raised.head[person]
            while arc != NONE:
                other = lowered.end[arc]
                further = distance + state.value[arc] - price - lowered.price[other]
                if further < best:
                    reach(work, other, further, arc)
                arc = raised.following[arc]
    forget(work)
    return best


def told_alternatives(view: View, state: State, scale: Scale, losses: Losses) -> Others:
    mentors, mentees, values = state.mentors.end.tolist(), state.mentees.end.tolist(), state.value
    told = []
    for arcs, costs in zip(losses.arc.tolist(), losses.cost.tolist(), strict=True):
        found = []
        for role, arc, cost in zip(ROLES, arcs, costs, strict=True):
            if arc != NONE:
                placed, points = split(cost, scale)
                couple = (mentors[arc], mentees[arc])
                score = int(values[arc]) // scale.unit
                sentence = alternative_sentence(view, role, couple, placed, points)
                found.append(Alternative(role, *couple, score, placed, points, sentence))
        near = any(other.placed_lost == 0 and (other.points_lost or 0) <= NEAR for other in found)
        told.append((tuple(found), near))
    return told


class Standing(NamedTuple):
    """How people stand in the answer, in one role."""

    seats: I64  # (N,) left over
    least: I64  # (N,) the value of the weakest pair beside the fixed ones; INFINITY where there is none
    best: I64  # (N,) the value of the best pair that they are not in; -1 none
    partner: I64  # (N,) with whom


def by_score(problem: Problem, chosen: I64) -> Others:
    """The best partner by score that each gave up, for those in the chosen pairs."""
    mentors, mentees, _ = compared(problem, chosen)
    view, unit = View(problem), scale_of(problem.columns).unit
    told: Others = []
    for couple in chosen.tolist():
        found = []
        for role, person, side in zip(ROLES, couple, (mentors, mentees), strict=True):
            other = int(side.partner[person])
            if other != NONE:
                mentor, mentee = (person, other) if role == "mentor" else (other, person)
                score = int(side.best[person]) // unit
                sentence = alternative_sentence(view, role, (mentor, mentee))
                found.append(Alternative(role, mentor, mentee, score, None, None, sentence))
        told.append((tuple(found), False))
    return told


def compared(problem: Problem, chosen: I64) -> tuple[Standing, Standing, int]:
    """How people stand in both roles, the best that each gave up, and how many pairs would both rather swap."""
    c, scale = problem.columns, scale_of(problem.columns)
    couples = np.concatenate([problem.fixed[:, :2], chosen]).astype(np.int64)
    values = np.full(len(couples), INFINITY)  # what is fixed is given up for nothing
    weigh(c, scale, chosen, values[len(problem.fixed) :])
    mentors = standing(couples[:, 0], values, c.person[:, MENTOR_CAPACITY])
    mentees = standing(couples[:, 1], values, c.person[:, MENTEE_CAPACITY])
    order = np.argsort(couples[:, 1], kind="stable")
    start = np.searchsorted(couples[order, 1], np.arange(len(problem) + 1))
    swaps = compare(c, scale, start, couples[order, 0], mentors, mentees, make_row(len(problem)))
    return mentors, mentees, int(swaps)


def standing(people: I64, values: I64, capacity: I32) -> Standing:
    """`people` are those of the pairs on one side, `values` what the pairs are worth."""
    count = len(capacity)
    least = np.full(count, INFINITY)
    np.minimum.at(least, people, values)
    return Standing(
        seats=capacity - np.bincount(people, minlength=count),
        least=least,
        best=np.full(count, NONE),
        partner=np.full(count, NONE),
    )


@kernel
def weigh(c: Columns, scale: Scale, couples: I64, values: I64) -> None:
    for number in range(len(couples)):
        values[number] = value_of(c, scale, couples[number, 0], couples[number, 1])


@kernel
def compare(c: Columns, scale: Scale, start: I64, partner: I64, mentors: Standing, mentees: Standing, row: Row) -> int:
    """Looks at every eligible pair that is not in the answer. Returns how many both of the two would rather be in."""
    swaps = 0
    for mentee in range(len(c.person)):
        for slot in range(scan(c, scale, mentee, row)):
            mentor, value = row.mentor[slot], row.value[slot]
            together = False
            for number in range(start[mentee], start[mentee + 1]):
                together |= partner[number] == mentor
            if together:
                continue
            mentor_free, mentee_free = mentors.seats[mentor] > 0, mentees.seats[mentee] > 0
            if (not mentor_free and mentors.least[mentor] == INFINITY) or (
                not mentee_free and mentees.least[mentee] == INFINITY
            ):
                continue  # fixed pairs hold all their seats
            more_for_mentor = value // scale.unit > mentors.least[mentor] // scale.unit
            more_for_mentee = value // scale.unit > mentees.least[mentee] // scale.unit
            if not mentor_free and not mentee_free and more_for_mentor and more_for_mentee:
                swaps += 1
            if (mentor_free and (mentee_free or more_for_mentee)) or (mentee_free and more_for_mentor):
                continue  # not a choice that the answer had
            if value > mentees.best[mentee]:
                mentees.best[mentee], mentees.partner[mentee] = value, mentor
            if value > mentors.best[mentor]:
                mentors.best[mentor], mentors.partner[mentor] = value, mentee
    return swaps


def split(cost: int, scale: Scale) -> tuple[int, int]:
    """A loss as people placed and points; where people lose their place, the points may be a gain."""
    placed = (cost + scale.place // 2) // scale.place
    rest = cost - placed * scale.place
    return placed, (rest + scale.unit // 2) // scale.unit


def alternative_sentence(
    view: View, role: Role, couple: tuple[int, int], placed: int | None = None, points: int | None = None
) -> str:
    mentor, mentee = (view.names[person] for person in couple)
    chooser, other, kind = (mentor, mentee, "mentee") if role == "mentor" else (mentee, mentor, "mentor")
    if placed is None:
        return f"The best other {kind} for {chooser} by score is {other}; what it would cost is not worked out."
    if placed:
        cost = f"leave {'one place fewer' if placed == 1 else f'{placed} places fewer'} filled"
    elif points:
        cost = f"cost everyone {'one point' if points == 1 else f'{points} points'}"
    else:
        cost = "be as good for everyone"
    return f"The next best {kind} for {chooser} is {other}; choosing them would {cost}."
