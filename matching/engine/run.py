"""The bare run, from columns to the solved network: no proof, no reasons.

It starts with a few candidates of each person, from both sides, and finds their best answer. At its prices it looks
through all eligible pairs for those that would improve on it, adds them, and solves on; once there are none, the answer
is the best of all pairs. They are looked at one by one and never kept.
"""

import math
import time
from dataclasses import dataclass, field

import numpy as np

from matching.engine.blocks import BlockMaker, Ground, MapBlocks, Search, cut, ground_of, in_threads, no_arcs, together
from matching.engine.columns import ALLOWED, I64, MENTEE_CAPACITY, MENTOR_CAPACITY, Problem, prepare
from matching.engine.criteria import weights_of
from matching.engine.network import INFINITY, Arcs, Seats, State, attach_all, make_state, seats_left
from matching.engine.partners import weigh_pairs
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.result import Role
from matching.engine.solver import enter
from matching.engine.start import OutOfTime, Tell, balance, best_of, highest_of
from matching.engine.value import scale_of

FEW = 8  # candidates of each person to start with, from each side
MORE = 12  # looked at for each person in a round; those that are chosen already (3 at most) are among them
SLACK = (15, 5, 0)  # points that a pair may be short of improving on the answer, by round: prices will move
ANEW = 0.1  # with so many pairs for each person that improve, bidding is quicker than mending the answer
quiet: Tell = lambda fraction: None  # noqa: E731


@dataclass(slots=True)
class Solving:
    """The way to an answer: how long each part took, and how many pairs were looked at."""

    problem: Problem
    ground: Ground
    work: MapBlocks
    seconds: dict[str, float] = field(default_factory=dict)
    rounds: int = 0

    def time(self, name: str, begin: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin


def solving_of(problem: Problem, blocks: BlockMaker | None = None) -> Solving:
    ground = ground_of(problem)
    return Solving(problem, ground, (blocks or in_threads)(ground))


def seats_of(problem: Problem) -> Seats:
    asked = problem.columns.person[:, MENTOR_CAPACITY], problem.columns.person[:, MENTEE_CAPACITY]
    return seats_left(*asked, problem.fixed, scale_of(problem.columns))


def first_candidates(solving: Solving) -> Arcs:
    """The best of each person from both sides, and whom HR allows against the rules: the index passes over those."""
    people = len(solving.problem)
    anything, nothing = np.full(people, -INFINITY), np.zeros(people, dtype=np.int64)
    parts = [no_arcs(), allowed_pairs(solving.problem)]
    for role in ("mentee", "mentor"):
        parts += solving.work(Search(role, FEW, anything, nothing), cut(people))
    return together(parts, people)


def allowed_pairs(problem: Problem) -> Arcs:
    """The eligible pairs among HR's exceptions."""
    return open_arcs(problem, couples_linked(problem, ALLOWED))


def couples_linked(problem: Problem, bit: int) -> I64:
    """The two people of each link with this bit, from each side that has it."""
    c = problem.columns
    rows = np.flatnonzero(c.link[:, 1] & bit)
    return np.column_stack([np.searchsorted(c.link_start, rows, side="right") - 1, c.link[rows, 0]]).astype(np.int64)


def open_arcs(problem: Problem, couples: I64) -> Arcs:
    """Those of these couples, as mentor and mentee, that are eligible."""
    values = np.empty(len(couples), dtype=np.int64)
    weigh_pairs(problem.columns, scale_of(problem.columns), couples, values)
    fine = values > -INFINITY
    mentors, mentees = couples[fine].astype(np.int32).T
    return Arcs(np.ascontiguousarray(mentors), np.ascontiguousarray(mentees), values[fine])


def solve_network(problem: Problem, arcs: Arcs, tell: Tell, earlier: I64 | None = None) -> State:
    """The best answer that these pairs allow."""
    highest = highest_of(problem.columns.weights)
    return best_of(arcs, seats_of(problem), scale_of(problem.columns), highest, tell, earlier)


def improving(solving: Solving, state: State, slack: int) -> tuple[Arcs, int]:
    """For each mentee the best of all eligible pairs that would improve on the answer at its prices, and how many.

    With `slack`, those too that are so much short of it, and for each mentor as well. A chosen pair may keep a profit,
    where neither of the two has a seat for it to raise the price of.
    """
    people, mentors, mentees = len(solving.problem), state.mentors.price, state.mentees.price
    parts = [no_arcs(), *solving.work(Search("mentee", MORE, mentees - slack, mentors), cut(people))]
    if slack:
        parts += solving.work(Search("mentor", MORE, mentors - slack, mentees), cut(people))
    arcs = together(parts, people)
    known = marks_of(Arcs(state.mentors.end, state.mentees.end, state.value), people)
    new = ~np.isin(marks_of(arcs, people), known, assume_unique=True)
    arcs = Arcs(arcs.mentor[new], arcs.mentee[new], arcs.value[new])
    return arcs, int((arcs.value > mentors[arcs.mentor] + mentees[arcs.mentee]).sum())


def marks_of(arcs: Arcs, people: int) -> I64:
    """One number for each pair."""
    return arcs.mentor.astype(np.int64) * people + arcs.mentee


def optimum(solving: Solving, arcs: Arcs, tell: Tell = quiet, *, until: float = math.inf) -> State:
    """The best answer of all eligible pairs, from these candidates on; the best so far where the clock says `until`."""

    def tell_in_time(fraction: float) -> None:
        tell(fraction)
        if time.perf_counter() > until:
            raise OutOfTime

    begin = time.perf_counter()
    state = solve_network(solving.problem, arcs, tell_in_time)
    solving.time("solve", begin)
    slack = [points * scale_of(solving.problem.columns).unit for points in SLACK]
    while time.perf_counter() < until:
        begin = time.perf_counter()
        more, improve = improving(solving, state, slack[min(solving.rounds, len(slack) - 1)])
        solving.time("price", begin)
        if not improve:
            break
        begin = time.perf_counter()
        state = max(solved_on(solving, state, more, improve, tell_in_time), state, key=worth_of)
        solving.rounds += 1
        solving.time("solve", begin)
    return state


def worth_of(state: State) -> tuple[int, int]:
    """People placed beside those whom fixed pairs place, and the sum of the chosen pairs' values."""
    placed = sum(int(((side.degree > 0) & (side.first < 0)).sum()) for side in (state.mentors, state.mentees))
    return placed, int(state.value[state.used > 0].sum())


def solved_on(solving: Solving, state: State, more: Arcs, improve: int, tell: Tell) -> State:
    """The best answer with more pairs to choose from."""
    problem = solving.problem
    if improve > ANEW * len(problem):
        arcs = together([Arcs(state.mentors.end, state.mentees.end, state.value), more], len(problem))
        return solve_network(problem, arcs, tell, state.mentees.price if solving.rounds else None)
    state = widened(state, more, seats_of(problem))
    enter(state)
    balance(state, tell)
    return state


def widened(state: State, more: Arcs, seats: Seats) -> State:
    """The same answer and prices, with more pairs to choose from."""
    people = len(state.mentors.price)
    arcs = together([Arcs(state.mentors.end, state.mentees.end, state.value), more], people)
    wider = make_state(arcs, state.mentors.price, state.mentees.price, seats)
    couples = chosen_couples(state)
    attach_all(wider, np.searchsorted(marks_of(arcs, people), couples[:, 0] * people + couples[:, 1]))
    return wider


def run(people: People, policy: Policy) -> tuple[Problem, State]:
    problem = prepare(people, policy, weights_of(policy))
    solving = solving_of(problem)
    return problem, optimum(solving, first_candidates(solving))


def chosen_couples(state: State) -> I64:
    chosen = np.flatnonzero(state.used)
    return np.column_stack([state.mentors.end[chosen], state.mentees.end[chosen]]).astype(np.int64)


def placed_in(problem: Problem, state: State) -> dict[Role, set[int]]:
    """The given rows of those who have somebody in each role."""
    couples = np.concatenate([problem.fixed[:, :2], chosen_couples(state)])
    return {
        "mentor": set(problem.rows[couples[:, 0]].tolist()),
        "mentee": set(problem.rows[couples[:, 1]].tolist()),
    }
