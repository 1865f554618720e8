"""What each pair gave up: the next best partner of either, and what choosing them would cost everyone.

Choosing a pair that the best answer leaves out costs its loss at the present prices, and besides what it costs the two
to give up something else: the cheapest chain of swaps that leads from one to the other, or from each to somebody who
can give or take a seat. That is exact, for the network of `visible.seen` holds all pairs that may be told of. The next
best is the one that costs least so, whatever the prices. Of many people the network holds all that cost less than a
limit (`near`), which are told as exactly; where there is none, the best by score is, and that it would cost more.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import compress, repeat
from operator import add
from typing import NamedTuple

import numpy as np

from matching.engine.blocks import Block, in_parallel
from matching.engine.by_score import Choices
from matching.engine.columns import I32, I64, Problem
from matching.engine.compiled import inlined, kernel
from matching.engine.network import INFINITY, NONE, Side, State, grouped, step
from matching.engine.people import BoolArray, IntArray
from matching.engine.result import Alternative, Role
from matching.engine.solver import Work, forget, make_work, pop, reach
from matching.engine.value import Scale, scale_of
from matching.engine.visible import Seen

NEAR = 5  # a pair is a near tie where another would cost no more points than this, and place as many
UP_TO, MANY_UP_TO = 50, 5  # points; where not all costs are worked out they are told exactly up to here
MANY = 10_000  # people
A_PART, PARTS = 1024, 8  # pairs that are looked after at once at least, and in how many parts
ROLES: tuple[Role, Role] = ("mentor", "mentee")


class Losses(NamedTuple):
    """The other choice of everybody who has a partner, in one role."""

    arc: I64  # (N,) the next best candidate pair; NONE where there is none
    cost: I64  # (N,)


class Ways(NamedTuple):
    """The pairs that are not chosen, by the people of one side: of each person those that lose least first."""

    start: I64  # (N+1,)
    other: I32
    loss: I64
    arc: I32


class Cycle(NamedTuple):
    """The cheapest chain of swaps by which two give each other up, in one place each."""

    cost: I64
    first: I64  # the pair that the mentor takes instead
    last: I64  # the pair that the mentee takes instead


Others = list[tuple[tuple[Alternative, ...], bool]]
Told = list[tuple[Alternative, ...]]  # of one side, for each pair
Lost = tuple[int | None, int | None]  # people placed and points; without people: more than so many points, or unknown


def sure_up_to(people: int) -> int:
    return UP_TO if people <= MANY else MANY_UP_TO


def limit_of(problem: Problem) -> int:
    """What costs less costs no place and so many points at most."""
    unit = scale_of(problem.columns).unit
    return sure_up_to(len(problem)) * unit + unit - unit // 2


def told_of(known: Seen, chosen: I64, limit: int = INFINITY) -> tuple[list[Told], BoolArray]:
    """For each chosen pair its alternatives that cost less than the limit, by side, and whether it is a near tie."""
    state, scale = known.state, scale_of(known.problem.columns)
    told, near = [], np.zeros(len(chosen), dtype=np.bool_)
    for side, losses in enumerate(next_best(state, np.flatnonzero(state.used), limit)):
        arc = losses.arc[chosen[:, side]]
        there = arc != NONE
        placed, points = split(losses.cost[chosen[:, side]], scale)
        near |= there & (placed == 0) & (points <= NEAR)
        others = Choice(there, state.mentors.end[arc], state.mentees.end[arc], state.value[arc] // scale.unit)
        told.append(tell(known.problem, ROLES[side], others, zip(placed.tolist(), points.tolist(), strict=True)))
    return told, near


def of_both(told: Iterable[Told], near: BoolArray) -> Others:
    """Of each pair what is told of both sides."""
    return list(zip(map(add, *told), near.tolist(), strict=True))


def told_near(known: Seen, chosen: I64, by_score: Callable[[Sequence[I64]], tuple[Choices, Choices]]) -> Others:
    """Where the network holds no more than is near: `by_score(people)` are the choices of those who have none there."""
    told, near = told_of(known, chosen, limit_of(known.problem))
    alone = [chosen[[not there for there in side], number] for number, side in enumerate(told)]
    others = told_by_score(known.problem, chosen, by_score(alone), sure_up_to(len(known.problem)))
    return of_both(
        [[one or two for one, two in zip(*sides, strict=True)] for sides in zip(told, others, strict=True)], near
    )


def next_best(state: State, chosen: I64, limit: int = INFINITY) -> tuple[Losses, Losses]:
    """Of mentors and of mentees, what costs less than the limit."""
    people = len(state.mentors.price)
    mentors, mentees = (Losses(np.full(people, NONE), np.full(people, limit)) for _ in ROLES)
    exits, work = np.empty((2, people), dtype=np.int64), make_work(people)
    find_exits(state, state.mentees, state.mentors, work, limit, exits[0])
    find_exits(state, state.mentors, state.mentees, work, limit, exits[1])
    apart(state, exits, mentors, mentees)
    most = max(int(side.cost[side.cost < INFINITY].max(initial=0)) for side in (mentors, mentees))
    forth, back = ways(state, most)

    def part(block: Block) -> tuple[Losses, Losses]:
        mine = Losses(*map(np.copy, mentors)), Losses(*map(np.copy, mentees))
        cycle = Cycle(*np.empty((3, 1), dtype=np.int64))
        two = make_work(people), make_work(people)
        find_cycles(state, forth, back, *two, chosen[block.first : block.last], cycle, *mine)
        return mine

    size = max(A_PART, -(-len(chosen) // PARTS))
    for found in in_parallel(part, [Block(first, first + size) for first in range(0, len(chosen), size)]):
        for side, other in zip((mentors, mentees), found, strict=True):
            better = other.cost < side.cost
            side.arc[better], side.cost[better] = other.arc[better], other.cost[better]
    return mentors, mentees


@kernel
def apart(state: State, exits: I64, mentors: Losses, mentees: Losses) -> None:
    """For everybody the pair that costs least where the two go their own ways to make room for it.

    Where fixed pairs hold all seats of one, they cannot be had.
    """
    for arc in range(len(state.value)):
        mentor, mentee = state.mentors.end[arc], state.mentees.end[arc]
        if state.used[arc] or state.mentors.capacity[mentor] == 0 or state.mentees.capacity[mentee] == 0:
            continue
        cost = exits[0, mentor] + exits[1, mentee] - profit_of(state, arc)
        if state.mentors.degree[mentor] > 0 and cost < mentors.cost[mentor]:
            mentors.cost[mentor], mentors.arc[mentor] = cost, arc
        if state.mentees.degree[mentee] > 0 and cost < mentees.cost[mentee]:
            mentees.cost[mentee], mentees.arc[mentee] = cost, arc


def ways(state: State, most: int) -> tuple[Ways, Ways]:
    """Of mentors and of mentees, between people who have partners to give up: those that lose less than that."""
    ends = state.mentors.end, state.mentees.end
    loss = state.mentors.price[ends[0]] + state.mentees.price[ends[1]] - state.value
    swaps: BoolArray = (state.used == 0) & (loss < most)
    for side in (state.mentors, state.mentees):
        swaps &= side.degree[side.end] > 0
    arcs = np.flatnonzero(swaps)
    arcs = arcs[np.argsort(loss[arcs], kind="stable")]
    found = []
    for own, other in (ends, ends[::-1]):
        start, order = grouped(own[arcs], len(state.mentors.price))
        mine = arcs[order]
        found.append(Ways(start, other[mine], loss[mine], mine.astype(np.int32)))
    return found[0], found[1]


@kernel
def find_cycles(
    state: State, forth: Ways, back: Ways, ahead: Work, behind: Work, chosen: I64, cycle: Cycle,
    mentors: Losses, mentees: Losses,
) -> None:  # fmt: skip
    """Where a chain of swaps leads from one of two to the other, it may cost less than that they go their own ways."""
    for arc in chosen:
        mentor, mentee = state.mentors.end[arc], state.mentees.end[arc]
        if mentors.cost[mentor] == INFINITY or mentees.cost[mentee] == INFINITY:
            continue
        profit = profit_of(state, arc)
        cycle.cost[0] = max(mentors.cost[mentor], mentees.cost[mentee]) - profit
        cycle.first[0], cycle.last[0] = NONE, NONE
        find_cycle(state, forth, back, ahead, behind, mentor, mentee, cycle)
        cost = cycle.cost[0] + profit
        if cycle.first[0] != NONE and cost < mentors.cost[mentor]:
            mentors.cost[mentor], mentors.arc[mentor] = cost, cycle.first[0]
        if cycle.last[0] != NONE and cost < mentees.cost[mentee]:
            mentees.cost[mentee], mentees.arc[mentee] = cost, cycle.last[0]


@inlined
def profit_of(state: State, arc: int) -> int:
    mentor, mentee = state.mentors.end[arc], state.mentees.end[arc]
    return state.value[arc] - state.mentors.price[mentor] - state.mentees.price[mentee]


@kernel
def find_exits(state: State, lowered: Side, raised: Side, work: Work, limit: int, out: I64) -> None:
    """For everybody of the raised side the cheapest way to make room for one more partner, whoever has to move.

    Where none costs less than the limit, that stands for it. All ways end at somebody who can give or take a seat, so
    they are followed back from there, all at once.
    """
    people = len(lowered.price)
    work.sizes[0], work.sizes[1] = 0, 0
    for person in range(people):
        bound = step(raised, person, raised.degree[person] + 1)
        out[person] = limit
        if bound < INFINITY:
            reach_near(work, people + person, max(0, bound - raised.price[person]), NONE, limit)
        if lowered.degree[person] > 0:
            free = lowered.price[person] - step(lowered, person, lowered.degree[person])
            reach_near(work, person, max(0, free), NONE, limit)
    while work.sizes[0]:
        node = pop(work)
        distance = work.distance[node]
        if node < people:
            arc = lowered.head[node]
            while arc != NONE:
                reach_near(work, people + raised.end[arc], distance + profit_of(state, arc), arc, limit)
                arc = lowered.following[arc]
        else:
            person = node - people
            out[person] = distance
            for slot in range(raised.start[person], raised.start[person + 1]):
                arc = raised.arcs[slot]
                if not state.used[arc] and lowered.degree[lowered.end[arc]] > 0:
                    reach_near(work, lowered.end[arc], distance - profit_of(state, arc), arc, limit)
    forget(work)


@inlined
def reach_near(work: Work, node: int, distance: int, arc: int, limit: int) -> None:
    if distance < limit:
        reach(work, node, distance, arc)


@inlined
def find_cycle(
    state: State, forth: Ways, back: Ways, ahead: Work, behind: Work, mentor: int, mentee: int, cycle: Cycle
) -> None:
    """The cheapest chain from a mentor who takes another mentee to this mentee, who is taken by another mentor.

    It goes from one mentor who is left to the next. Looked for from both ends until no chain between those whom either
    has reached can be cheaper.
    """
    for work in (ahead, behind):
        work.sizes[0], work.sizes[1] = 0, 0
    reach(ahead, mentor, 0, NONE)
    go_back(back, ahead, behind, mentee, 0, NONE, cycle)
    while ahead.sizes[0] > 0 and behind.sizes[0] > 0:
        if ahead.distance[ahead.heap[0]] + behind.distance[behind.heap[0]] >= cycle.cost[0]:
            break
        if ahead.sizes[0] <= behind.sizes[0]:
            go_on(state, forth, ahead, behind, cycle)
        else:
            node = pop(behind)
            arc = state.mentors.head[node]
            while arc != NONE:
                distance = behind.distance[node] + profit_of(state, arc)
                go_back(back, ahead, behind, state.mentees.end[arc], distance, behind.parent[node], cycle)
                arc = state.mentors.following[arc]
    forget(ahead)
    forget(behind)


@inlined
def go_on(state: State, forth: Ways, ahead: Work, behind: Work, cycle: Cycle) -> None:
    """From a mentor to the mentees whom they could take, and on to the mentors who lose these.

    What is left of a chain costs no less than to the nearest whom the other end has reached and not gone on from.
    """
    node, least = pop(ahead), behind.distance[behind.heap[0]]
    distance, first = ahead.distance[node], ahead.parent[node]
    for slot in range(forth.start[node], forth.start[node + 1]):
        taken = distance + forth.loss[slot]
        if taken + least >= cycle.cost[0]:
            break
        begin = forth.arc[slot] if first == NONE else first
        arc = state.mentees.head[forth.other[slot]]
        while arc != NONE:
            other, further = state.mentors.end[arc], taken + profit_of(state, arc)
            if further + least < cycle.cost[0]:
                reach(ahead, other, further, begin)
                if behind.place[other] != -1 and further + behind.distance[other] < cycle.cost[0]:
                    cycle.cost[0] = further + behind.distance[other]
                    cycle.first[0], cycle.last[0] = begin, behind.parent[other]
            arc = state.mentees.following[arc]


@inlined
def go_back(back: Ways, ahead: Work, behind: Work, mentee: int, distance: int, last: int, cycle: Cycle) -> None:
    """From a mentee to the mentors who could take them; see `go_on`."""
    least = ahead.distance[ahead.heap[0]]
    for slot in range(back.start[mentee], back.start[mentee + 1]):
        further, arc, other = distance + back.loss[slot], back.arc[slot], back.other[slot]
        if further + least >= cycle.cost[0]:
            break
        end = arc if last == NONE else last
        reach(behind, other, further, end)
        if ahead.place[other] != -1 and further + ahead.distance[other] < cycle.cost[0]:
            cycle.cost[0] = further + ahead.distance[other]
            cycle.first[0], cycle.last[0] = arc if ahead.parent[other] == NONE else ahead.parent[other], end


class Choice(NamedTuple):
    """Of each chosen pair another one that one of the two could have, by key order."""

    there: BoolArray
    mentor: IntArray
    mentee: IntArray
    score: I64


def told_by_score(
    problem: Problem, chosen: I64, choices: tuple[Choices, Choices], more_than: int | None = None
) -> list[Told]:
    """The best partner by score that each gave up, for those in the chosen pairs, and what all cost more than."""
    unit, told = scale_of(problem.columns).unit, []
    for side, best in enumerate(choices):
        person = chosen[:, side]
        two = [person, best.partner[person]]
        mentor, mentee = two if ROLES[side] == "mentor" else two[::-1]
        others = Choice(best.partner[person] != NONE, mentor, mentee, best.value[person] // unit)
        told.append(tell(problem, ROLES[side], others, repeat((None, more_than), len(chosen))))
    return told


def split(cost: I64, scale: Scale) -> tuple[I64, I64]:
    """Losses as people placed and points; where people lose their place, the points may be a gain."""
    placed = (cost + scale.place // 2) // scale.place
    rest = cost - placed * scale.place
    return placed, (rest + scale.unit // 2) // scale.unit


def tell(problem: Problem, role: Role, others: Choice, lost: Iterable[Lost]) -> Told:
    """For each pair one alternative or none."""
    names, words, there = problem.people.names, dict[Lost, tuple[str, str, str]](), np.flatnonzero(others.there)
    mentors, mentees = others.mentor[there], others.mentee[there]
    chooser, other = (mentors, mentees) if role == "mentor" else (mentees, mentors)
    columns = (there, chooser, other, problem.rows[mentors], problem.rows[mentees], others.score[there])
    told: Told = [()] * len(others.there)
    for number, person, partner, mentor, mentee, score, loss in zip(
        *(column.tolist() for column in columns), compress(lost, others.there.tolist()), strict=True
    ):
        first, then, last = words.get(loss) or words.setdefault(loss, sentence_of(role, *loss))
        sentence = f"{first}{names[person]}{then}{names[partner]}{last}"
        placed, points = loss if loss[0] is not None else (None, None)
        told[number] = (Alternative(role, mentor, mentee, score, placed, points, sentence),)
    return told


def sentence_of(role: Role, placed: int | None, points: int | None) -> tuple[str, str, str]:
    """What stands before, between and behind the names of who chooses and of the other one."""
    kind = "mentee" if role == "mentor" else "mentor"
    if placed is None:
        cost = "what it would cost is not worked out"
        if points is not None:
            cost = f"choosing them would cost everyone a place or more than {points} points"
        return f"The best other {kind} for ", " by score is ", f"; {cost}."
    if placed:
        cost = f"leave {'one place fewer' if placed == 1 else f'{placed} places fewer'} filled"
    elif points:
        cost = f"cost everyone {'one point' if points == 1 else f'{points} points'}"
    else:
        cost = "be as good for everyone"
    return f"The next best {kind} for ", " is ", f"; choosing them would {cost}."
