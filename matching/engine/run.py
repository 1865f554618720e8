"""The bare run, from columns to the solved network: no proof, no reasons.

It starts with a few candidates of each person, from both sides, and finds their best answer. At its prices it looks
through all eligible pairs for those that would improve on it, adds them, and solves on; once there are none, the answer
is the best of all pairs. They are looked at one by one and never kept. Of very many people it looks at samples first;
of few people all eligible pairs are candidates.
"""

import math
import time
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from matching.engine.arcs import find_near, marks_of, merged, no_arcs, not_in, together
from matching.engine.blocks import BlockMaker, Ground, MapBlocks, Search, cut, ground_of, in_threads
from matching.engine.bounds import Bound, arcs_of, bound_at, raised, worth_of
from matching.engine.candidates import eligible_pairs
from matching.engine.columns import ALLOWED, I64, MENTEE_CAPACITY, MENTOR_CAPACITY, Problem, prepare
from matching.engine.criteria import weights_of
from matching.engine.links import couples_linked
from matching.engine.network import INFINITY, Arcs, Seats, Side, State, attach_all, make_state, seats_left
from matching.engine.partners import weigh_pairs
from matching.engine.people import BoolArray, People
from matching.engine.policy import Policy
from matching.engine.result import Certificate, Role
from matching.engine.solver import enter
from matching.engine.start import OutOfTime, Tell, balance, best_of, highest_of
from matching.engine.value import scale_of

ALL_UP_TO = 3000  # people; up to here all eligible pairs are candidates, unless others search for them
FEW = 8  # candidates of each person to start with, from each side
MORE = 12  # looked at for each person in a round; those that are chosen already (3 at most) are among them
SLACK = (15, 5, 0)  # points that a pair may be short of improving on the answer, by round: prices will move
ANEW = 0.1  # with so many pairs for each person that improve, bidding is quicker than mending the answer
THIN_FROM = 300_000  # people; from here on samples of all pairs come first, and pairs far from improving are let go
THIN_FIRST, THIN = 200, 1000  # partners of each skill that the candidates are chosen from, and that a sample looks at
THIN_ROUNDS = 3  # at most
FAR = 60  # points
FEW_IMPROVE = 0.02  # as ANEW, of so many people
quiet: Tell = lambda fraction: None  # noqa: E731


class Look(NamedTuple):
    """How a round looks for pairs that improve."""

    slack: int  # points that they may be short of it
    most: int = MORE
    lines: int = 0  # of each skill, see `Search`
    turn: int = 0


@dataclass(slots=True)
class Solving:
    """The way to an answer: how long each part took, what was looked at, and the lowest bound that was proven."""

    problem: Problem
    ground: Ground
    work: MapBlocks
    seconds: dict[str, float] = field(default_factory=lambda: {"solve": 0.0, "price": 0.0})
    rounds: int = 0
    samples: int = 0
    sampling: bool = False
    complete: bool = False  # the candidates are all eligible pairs
    bound: Bound | None = None

    def time(self, name: str, begin: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin

    def next_look(self) -> Look:
        if self.sampling:
            return Look(SLACK[0], FEW, THIN, self.rounds + 1)
        full = self.rounds - self.samples + min(self.samples, 1)
        return Look(SLACK[min(full, len(SLACK) - 1)])

    @property
    def is_near(self) -> bool:
        """Does the answer at hand end with the bids? From samples, until all pairs were looked at once.

        So long pairs may be let go; later, one that is let go and found again could go round in circles.
        """
        return 0 < self.samples >= self.rounds

    def note(self, bound: Bound) -> None:
        if self.bound is None or bound.worth < self.bound.worth:
            self.bound = bound


class Clock:
    """Hands on how far the run is, and says when its time is over."""

    def __init__(self, tell: Tell, until: float) -> None:
        self._tell, self._until, self._fraction = tell, until, 0.0

    @property
    def is_over(self) -> bool:
        return time.perf_counter() > self._until

    def tell(self, fraction: float) -> None:
        self._fraction = fraction
        self._tell(fraction)
        if self.is_over:
            raise OutOfTime

    def beat(self) -> None:
        """A sign of life, in the middle of something."""
        self.tell(self._fraction)


def solving_of(problem: Problem, blocks: BlockMaker | None = None) -> Solving:
    ground, sampling = ground_of(problem), len(problem) >= THIN_FROM
    complete = len(problem) <= ALL_UP_TO and not sampling and blocks is None
    return Solving(problem, ground, (blocks or in_threads)(ground), sampling=sampling, complete=complete)


def seats_of(problem: Problem) -> Seats:
    asked = problem.columns.person[:, MENTOR_CAPACITY], problem.columns.person[:, MENTEE_CAPACITY]
    return seats_left(*asked, problem.fixed, scale_of(problem.columns))


def first_candidates(solving: Solving) -> Arcs:
    """The best of each person from both sides, and whom HR allows against the rules: the index passes over those."""
    people = len(solving.problem)
    if solving.complete:
        return together([all_pairs(solving.problem)], people)
    anything, nothing = np.full(people, -INFINITY), np.zeros(people, dtype=np.int64)
    parts = [no_arcs(), allowed_pairs(solving.problem)]
    for role in ("mentee", "mentor"):
        parts += solving.work(Search(role, FEW, anything, nothing, THIN_FIRST if solving.sampling else 0), cut(people))
    return together(parts, people)


def all_pairs(problem: Problem) -> Arcs:
    return eligible_pairs(problem.columns, scale_of(problem.columns))


def allowed_pairs(problem: Problem) -> Arcs:
    """The eligible pairs among HR's exceptions."""
    return open_arcs(problem, couples_linked(problem.columns, ALLOWED))


def open_arcs(problem: Problem, couples: I64) -> Arcs:
    """Those of these couples, as mentor and mentee, that are eligible."""
    values = np.empty(len(couples), dtype=np.int64)
    weigh_pairs(problem.columns, scale_of(problem.columns), couples, values)
    fine = values > -INFINITY
    mentors, mentees = couples[fine].astype(np.int32).T
    return Arcs(np.ascontiguousarray(mentors), np.ascontiguousarray(mentees), values[fine])


def solve_network(
    problem: Problem, arcs: Arcs, tell: Tell, earlier: I64 | None = None, *, nearly: bool = False
) -> State:
    """The best answer that these pairs allow, or nearly so."""
    highest = highest_of(problem.columns.weights)
    return best_of(arcs, seats_of(problem), scale_of(problem.columns), highest, tell, earlier, nearly=nearly)


def improving(solving: Solving, state: State, look: Look, clock: Clock) -> tuple[Arcs, int]:
    """For each mentee the best of all eligible pairs that would improve on the answer at its prices, and how many.

    With `slack`, those too that are so much short of it, and for each mentor as well. A chosen pair may keep a profit,
    where neither of the two has a seat for it to raise the price of. Raises OutOfTime.
    """
    people, mentors, mentees = len(solving.problem), state.mentors.price, state.mentees.price
    slack = look.slack * scale_of(solving.problem.columns).unit
    searches = [Search("mentee", look.most, mentees - slack, mentors, look.lines, look.turn)]
    if slack:
        searches.append(Search("mentor", look.most, mentors - slack, mentees, look.lines, look.turn))
    parts = [no_arcs()]
    for part in (part for search in searches for part in solving.work(search, cut(people))):
        parts.append(not_in(state, part))
        clock.beat()
    arcs = together(parts, people)
    return arcs, int((arcs.value > mentors[arcs.mentor] + mentees[arcs.mentee]).sum())


def optimum(solving: Solving, arcs: Arcs, tell: Tell = quiet, *, until: float = math.inf, enough: float = 0.0) -> State:
    """The best answer of all eligible pairs, from these candidates on.

    The best so far where the clock says `until`, or where no other could be better by more than the share `enough`.
    """
    clock, begin = Clock(tell, until), time.perf_counter()
    state = solve_network(solving.problem, arcs, clock.tell, nearly=solving.sampling)
    del arcs  # of very many people they are too much to hold beside the next network
    solving.time("solve", begin)
    while not (solving.complete or clock.is_over):
        look, begin = solving.next_look(), time.perf_counter()
        try:
            more, improve = improving(solving, state, look, clock)
        except OutOfTime:
            break
        finally:
            solving.time("price", begin)
        if solving.sampling:
            solving.samples += 1
            solving.sampling = improve > FEW_IMPROVE * len(solving.problem) and solving.samples < THIN_ROUNDS
        elif not solving.is_near:
            solving.note(bound_at(state, raised(state, more)))
            if not improve or is_enough(solving, state, enough):
                break
        begin, network, found = time.perf_counter(), [state], [more]
        del state, more  # of very many people two at once are too much to hold
        network.append(solved_on(solving, network, found.pop(), improve, clock))
        solving.rounds += 1
        solving.time("solve", begin)
        state = with_places(solving, network, clock)
    return state


def is_enough(solving: Solving, state: State, share: float) -> bool:
    """Nobody can place more, and no total can be higher by more than this share."""
    if not share or solving.bound is None:
        return False
    scale, (placed, worth) = scale_of(solving.problem.columns), worth_of(state)
    most, left = divmod(solving.bound.worth, scale.place)
    return most == placed and left - worth <= share * worth


def solved_on(solving: Solving, network: list[State], more: Arcs, improve: int, clock: Clock) -> State:
    """The best answer with more pairs to choose from, or the one there was, where time is over before a better one.

    Takes the state out of the list, and lets all of it go that is not needed any more.
    """
    problem, state = solving.problem, network.pop()
    kept = worth_keeping(solving, state) if solving.is_near else slice(None)
    arcs, used = arcs_of(state, kept), state.used[kept] > 0
    prices, worth = prices_of(state), worth_of(state)
    del state
    arcs, place = merged(arcs, more)
    chosen = place[used].astype(np.int64)
    del more, place, used
    if improve > (FEW_IMPROVE if solving.samples else ANEW) * len(problem):
        # from samples the prices of some are too high to begin with
        earlier = prices.mentee_prices if solving.rounds and not solving.samples else None
        nearly = solving.rounds < solving.samples
        state = solve_network(problem, arcs, clock.tell, earlier, nearly=nearly)
    else:
        state = solve_from(problem, prices, arcs, chosen, clock.tell)
    return state if not clock.is_over or worth_of(state) >= worth else answer_with(problem, prices, arcs, chosen)


def with_places(solving: Solving, network: list[State], clock: Clock) -> State:
    """Of very many people: no pair is missing any more over which, as the prices tell, somebody could have a place.

    So few are looked at that it saves a look at all pairs. Takes the state out of the list.
    """
    while solving.samples and not solving.is_near and not clock.is_over:
        begin = time.perf_counter()
        try:
            more = missing_places(solving, network[0], clock)
        except OutOfTime:
            break
        finally:
            solving.time("price", begin)
        if not len(more.value):
            break
        begin = time.perf_counter()
        network.append(solved_on(solving, network, more, 0, clock))
        solving.time("solve", begin)
    return network.pop()


def missing_places(solving: Solving, state: State, clock: Clock) -> Arcs:
    """Pairs with a profit of about a place: few people of one of the sides have a price so low; else they can wait."""
    people, half = len(solving.problem), scale_of(solving.problem.columns).place // 2
    sides: dict[Role, tuple[Side, Side]] = {
        "mentor": (state.mentors, state.mentees),
        "mentee": (state.mentees, state.mentors),
    }
    low = {role: (own.capacity > 0) & (own.price < half) for role, (own, _) in sides.items()}
    role = min(sides, key=lambda role: int(low[role].sum()))
    if low[role].sum() > FEW_IMPROVE * people:
        return no_arcs()
    own, others = sides[role]
    parts = [no_arcs()]
    for part in solving.work(
        Search(role, MORE, np.where(low[role], own.price + half, INFINITY), others.price), cut(people)
    ):
        parts.append(not_in(state, part))
        clock.beat()
    return together(parts, people)


def prices_of(state: State) -> Certificate:
    return Certificate(state.mentors.price, state.mentees.price)


def answer_with(problem: Problem, prices: Certificate, arcs: Arcs, chosen: I64) -> State:
    state = make_state(arcs, prices.mentor_prices, prices.mentee_prices, seats_of(problem))
    attach_all(state, chosen)
    return state


def solve_from(problem: Problem, prices: Certificate, arcs: Arcs, chosen: I64, tell: Tell) -> State:
    """The best answer that these pairs allow, from the prices of another one and those of its pairs that are there."""
    state = answer_with(problem, prices, arcs, chosen)
    enter(state)
    balance(state, tell)
    return state


def worth_keeping(solving: Solving, state: State) -> BoolArray:
    """Pairs that are chosen, not far from improving on the answer, or allowed by HR: no search would find those."""
    arcs, people = arcs_of(state), len(solving.problem)
    far = FAR * scale_of(solving.problem.columns).unit
    near = np.empty(len(arcs.value), dtype=np.bool_)
    find_near(arcs, state.mentors.price - far, state.mentees.price, near)
    allowed = allowed_pairs(solving.problem)
    if len(allowed.value):
        marks = marks_of(arcs.mentor, arcs.mentee, people)
        near |= np.isin(marks, marks_of(allowed.mentor, allowed.mentee, people))
    return near | (state.used > 0)


def certificate_of(solving: Solving, state: State) -> Certificate:
    """Prices by key order that prove as much as is known."""
    bound = solving.bound
    return Certificate(bound.mentors, bound.mentees) if bound else prices_of(state)


def run(people: People, policy: Policy, *, until: float = math.inf, tell: Tell = quiet) -> tuple[Problem, State]:
    problem = prepare(people, policy, weights_of(policy))
    solving = solving_of(problem)
    return problem, optimum(solving, first_candidates(solving), tell, until=until)


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
