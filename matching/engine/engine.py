"""From columns to a certified, explained answer."""

import gc
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from matching.engine.arcs import no_arcs
from matching.engine.blocks import BlockMaker
from matching.engine.canonical import input_hash
from matching.engine.columns import I64, MENTEE_CAPACITY, MENTOR_CAPACITY, Problem, prepare
from matching.engine.criteria import weights_of
from matching.engine.explain import ALTERNATIVES_BELOW, tell_answer, tell_pairs
from matching.engine.live import LiveAnswer
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.result import Certificate, Objective, PairScore, Result
from matching.engine.rows import PersonRow, Wish, gather
from matching.engine.rules import FINE, first_broken
from matching.engine.run import certificate_of, chosen_couples, first_candidates, optimum, solving_of
from matching.engine.subset import only
from matching.engine.verify import proof, total_of
from matching.engine.visible import without_lists

Progress = Callable[[str, float], None]


class Phases:
    """Times the phases, and tells how far they are; what `progress` raises ends the run."""

    def __init__(self, progress: Progress | None) -> None:
        self.tell = progress or (lambda phase, fraction: None)
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[Callable[[float], None]]:
        begin = time.perf_counter()
        self.tell(name, 0.0)
        yield lambda fraction: self.tell(name, fraction)
        self.seconds[name] = time.perf_counter() - begin
        self.tell(name, 1.0)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Reasons are many small records in no circle: to look through them for one again and again takes long."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def solve(
    people: People,
    policy: Policy,
    *,
    progress: Progress | None = None,
    time_limit: float | None = None,
    enough: float = 0.0,
    blocks: BlockMaker | None = None,
) -> Result:
    """The best answer: as many people placed as possible, then the highest total score, then by keys.

    `progress(phase, fraction)` hears how far it is, and may raise to cancel. After `time_limit` seconds nothing better
    is looked for, nor once the gap is no more than `enough`: the answer is the best so far, and `Objective.gap` how
    much better one could be at most. `blocks` says who searches the blocks of people; the threads of this process do
    where nothing is said.
    """
    until = math.inf if time_limit is None else time.perf_counter() + time_limit
    phases = Phases(progress)
    with phases.phase("prepare"):
        problem = prepare(people, policy, weights_of(policy))
        mark = input_hash(problem.people, policy)
    with phases.phase("candidates"):
        solving = solving_of(problem, blocks)
        candidates = [first_candidates(solving)]
        known = candidates[0] if len(problem) < ALTERNATIVES_BELOW else no_arcs()
    with phases.phase("solve") as tell:
        state = optimum(solving, candidates.pop(), tell, until=until, enough=enough)
    with phases.phase("verify") as tell:
        chosen, prices = chosen_couples(state), certificate_of(solving, state)
        solved = state if len(problem) < ALTERNATIVES_BELOW else None
        del state  # of very many people it is too much to hold beside the proof
        placed_bound, bound, proven = proof(problem, chosen, prices, tell)
    with phases.phase("explain"), without_collecting():
        pairs, left_out = tell_answer(solving, solved, chosen, known, certified=proven)
    placed = places_asked_for(problem) - len(left_out)
    return Result(
        pairs=pairs,
        left_out=left_out,
        objective=Objective(placed, total_of(problem, chosen), placed_bound, bound, proven),
        certificate=Certificate(by_row(problem, prices.mentor_prices), by_row(problem, prices.mentee_prices)),
        input_hash=mark,
        seconds=phases.seconds | solving.seconds,
    )


def places_asked_for(problem: Problem) -> int:
    """Each person once in each role that they asked for."""
    return int((problem.columns.person[:, [MENTOR_CAPACITY, MENTEE_CAPACITY]] > 0).sum())


def by_row(problem: Problem, column: I64) -> I64:
    """A column by key order, by the rows that were given."""
    out = np.empty_like(column)
    out[problem.rows] = column
    return out


def score_pair(people: People, policy: Policy, mentor: int, mentee: int) -> PairScore:
    """Two people put together by hand: the rules they break and what they would score. Blind to rather-not lists."""
    few, (first, second) = only(people, (mentor, mentee))
    problem = without_lists(prepare(few, policy, weights_of(policy)))
    place = np.argsort(problem.rows)
    couple = np.array([[place[first], place[second]]], dtype=np.int64)
    (pair,) = tell_pairs(problem, couple, np.array([-1]), np.array([False]), [((), False)])
    rule = first_broken(problem.columns, couple[0, 0], couple[0, 1])
    return PairScore(
        eligible=rule == FINE,
        broken_rules=pair.broken_rules,
        skill=pair.skill,
        return_skill=pair.return_skill,
        score=pair.score,
        criteria=pair.criteria,
    )


def warm_up() -> None:
    """Compiles what is not kept on disk yet, so that the first real run need not wait for it."""
    rows = [
        PersonRow(key="a", name="A", grade=1, mentor_capacity=1, offers={"x": 5}, channels=("chat",), manager="b"),
        PersonRow(key="b", name="B", grade=3, mentee_capacity=1, wishes=(Wish(skill="x"),), channels=("chat",)),
        PersonRow(key="c", name="C", grade=2, mentor_capacity=1, mentee_capacity=1, past_partners=("a",)),
    ]
    solve(gather(rows), Policy(reporting_line=None))
    LiveAnswer(gather(rows), Policy(reporting_line=None)).leave("a")
