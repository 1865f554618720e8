"""What each pair gave up: the next best partner of either, and what choosing them would cost everyone.

Choosing a pair that the best answer leaves out costs its loss at the present prices, and besides what it costs the two
to give up something else: the cheapest chain of swaps that leads from one to the other, or from each to somebody who
can give or take a seat. That is exact, for the network of `visible.seen` holds all pairs that may be told of. Where
there are too many people for it, the best by score is told, and that its cost is not worked out.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.by_score import Choices
from matching.engine.columns import I64, Problem
from matching.engine.compiled import inlined, kernel
from matching.engine.network import INFINITY, NONE, Side, State, step
from matching.engine.result import Alternative, Role
from matching.engine.solver import Work, forget, make_work, pop, reach
from matching.engine.value import Scale, scale_of
from matching.engine.view import View
from matching.engine.visible import Seen, marks_of

NEAR = 5  # a pair is a near tie where another would cost no more points than this, and place as many
ROLES: tuple[Role, Role] = ("mentor", "mentee")


class Losses(NamedTuple):
    """For each chosen pair, by the mentor's other choice and the mentee's."""

    arc: I64  # (P, 2) the next best candidate pair; -1 none
    cost: I64  # (P, 2)


Others = list[tuple[tuple[Alternative, ...], bool]]


def told_of(known: Seen, chosen: I64) -> Others:
    """For each chosen pair its alternatives and whether it is a near tie. People by key order."""
    state, view = known.state, View(known.problem)
    used, size = np.flatnonzero(state.used), len(known.problem)
    told = told_alternatives(view, state, scale_of(known.problem.columns), next_best(state, used))
    couples = np.column_stack([state.mentors.end[used], state.mentees.end[used]]).astype(np.int64)
    place = dict(zip(marks_of(couples, size).tolist(), told, strict=True))
    return [place[mark] for mark in marks_of(chosen, size).tolist()]


def next_best(state: State, chosen: I64) -> Losses:
    people = len(state.mentors.price)
    losses = Losses(np.full((len(chosen), 2), NONE), np.zeros((len(chosen), 2), dtype=np.int64))
    mentors, mentees, work = np.empty(people, dtype=np.int64), np.empty(people, dtype=np.int64), make_work(people)
    find_exits(state, state.mentees, state.mentors, work, mentors)
    find_exits(state, state.mentors, state.mentees, work, mentees)
    find_next_best(state, work, make_work(people), chosen, mentors, mentees, losses.arc, losses.cost)
    return losses


@kernel
def find_next_best(
    state: State, ahead: Work, behind: Work, chosen: I64, mentor_exits: I64, mentee_exits: I64, arcs: I64, costs: I64
) -> None:
    for number in range(len(chosen)):
        mentor, mentee = state.mentors.end[chosen[number]], state.mentees.end[chosen[number]]
        arcs[number, 0] = least_loss(state, state.mentors, state.mentees, mentor)
        arcs[number, 1] = least_loss(state, state.mentees, state.mentors, mentee)
        for role in range(2):
            arc = arcs[number, role]
            if arc != NONE:
                giver, taker = state.mentors.end[arc], state.mentees.end[arc]
                apart = mentor_exits[giver] + mentee_exits[taker]
                costs[number, role] = giving_up(state, ahead, behind, taker, giver, apart) - profit_of(state, arc)


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


@inlined
def profit_of(state: State, arc: int) -> int:
    mentor, mentee = state.mentors.end[arc], state.mentees.end[arc]
    return state.value[arc] - state.mentors.price[mentor] - state.mentees.price[mentee]


@kernel
def find_exits(state: State, lowered: Side, raised: Side, work: Work, out: I64) -> None:
    """For everybody of the raised side the cheapest way to make room for one more partner, whoever has to move.

    All ways end at somebody who can give or take a seat, so they are followed back from there, all at once.
    """
    people = len(lowered.price)
    work.sizes[0], work.sizes[1] = 0, 0
    for person in range(people):
        bound = step(raised, person, raised.degree[person] + 1)
        out[person] = INFINITY
        if bound < INFINITY:
            reach(work, people + person, max(0, bound - raised.price[person]), NONE)
        if lowered.degree[person] > 0:
            reach(work, person, max(0, lowered.price[person] - step(lowered, person, lowered.degree[person])), NONE)
    while work.sizes[0]:
        node = pop(work)
        distance = work.distance[node]
        if node < people:
            arc = lowered.head[node]
            while arc != NONE:
                other = raised.end[arc]
                reach(work, people + other, distance + profit_of(state, arc), arc)
                arc = lowered.following[arc]
        else:
            person = node - people
            out[person] = distance
            for slot in range(raised.start[person], raised.start[person + 1]):
                arc = raised.arcs[slot]
                if not state.used[arc] and lowered.degree[lowered.end[arc]] > 0:
                    reach(work, lowered.end[arc], distance - profit_of(state, arc), arc)
    forget(work)


@kernel
def giving_up(state: State, ahead: Work, behind: Work, mentee: int, mentor: int, best: int) -> int:
    """The cheapest chain of swaps by which a mentee makes room and a mentor fills it; `best` where none is cheaper.

    Looked for from both ends until no chain between what either has reached can be cheaper.
    """
    people = len(state.mentors.price)
    for work in (ahead, behind):
        work.sizes[0], work.sizes[1] = 0, 0
    reach(ahead, people + mentee, 0, NONE)
    reach(behind, mentor, 0, NONE)
    while ahead.sizes[0] > 0 and behind.sizes[0] > 0:
        if ahead.distance[ahead.heap[0]] + behind.distance[behind.heap[0]] >= best:
            break
        if ahead.sizes[0] <= behind.sizes[0]:
            best = go_on(state, ahead, behind, pop(ahead), best)
        else:
            best = go_back(state, ahead, behind, pop(behind), best)
    forget(ahead)
    forget(behind)
    return best


@inlined
def go_on(state: State, ahead: Work, behind: Work, node: int, best: int) -> int:
    """From a mentor to the mentees whom they could take; from a mentee to the mentors whom they could give up."""
    people, distance = len(state.mentors.price), ahead.distance[node]
    if node < people:
        for slot in range(state.mentors.start[node], state.mentors.start[node + 1]):
            arc = state.mentors.arcs[slot]
            other = state.mentees.end[arc]
            if not state.used[arc] and state.mentees.degree[other] > 0:
                best = meet(ahead, behind, people + other, distance - profit_of(state, arc), best)
    else:
        arc = state.mentees.head[node - people]
        while arc != NONE:
            best = meet(ahead, behind, state.mentors.end[arc], distance + profit_of(state, arc), best)
            arc = state.mentees.following[arc]
    return best


@inlined
def go_back(state: State, ahead: Work, behind: Work, node: int, best: int) -> int:
    """The same steps the other way round."""
    people, distance = len(state.mentors.price), behind.distance[node]
    if node < people:
        arc = state.mentors.head[node]
        while arc != NONE:
            best = meet(behind, ahead, people + state.mentees.end[arc], distance + profit_of(state, arc), best)
            arc = state.mentors.following[arc]
    else:
        for slot in range(state.mentees.start[node - people], state.mentees.start[node - people + 1]):
            arc = state.mentees.arcs[slot]
            other = state.mentors.end[arc]
            if not state.used[arc] and state.mentors.degree[other] > 0:
                best = meet(behind, ahead, other, distance - profit_of(state, arc), best)
    return best


@inlined
def meet(work: Work, far: Work, node: int, distance: int, best: int) -> int:
    """Reaches a node, and with it what was reached from the other end."""
    if distance < best:
        reach(work, node, distance, NONE)
        if far.place[node] != -1:
            best = min(best, distance + far.distance[node])
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


def told_by_score(problem: Problem, chosen: I64, choices: tuple[Choices, Choices]) -> Others:
    """The best partner by score that each gave up, for those in the chosen pairs."""
    view, unit = View(problem), scale_of(problem.columns).unit
    partners = [side.partner.tolist() for side in choices]
    scores = [(side.value // unit).tolist() for side in choices]
    told: Others = []
    for couple in chosen.tolist():
        found = []
        for number, (role, person) in enumerate(zip(ROLES, couple, strict=True)):
            other = partners[number][person]
            if other != NONE:
                mentor, mentee = (person, other) if role == "mentor" else (other, person)
                sentence = alternative_sentence(view, role, (mentor, mentee))
                found.append(Alternative(role, mentor, mentee, scores[number][person], None, None, sentence))
        told.append((tuple(found), False))
    return told


def split(cost: int, scale: Scale) -> tuple[int, int]:
    """A loss as people placed and points; where people lose their place, the points may be a gain."""
    placed = (cost + scale.place // 2) // scale.place
    rest = cost - placed * scale.place
    return placed, (rest + scale.unit // 2) // scale.unit


def alternative_sentence(
    view: View, role: Role, couple: tuple[int, int], placed: int | None = None, points: int | None = None
) -> str:
    mentor, mentee = view.names[couple[0]], view.names[couple[1]]
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
