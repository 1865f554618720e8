"""Ways to pair people, each run in a process of its own: ours from the columns on, the peers from all scores on.

    python -m benchmarks.matchers NAME SIZE SHAPE [FILE MEMORY]

FILE holds mentor, mentee and score of all eligible pairs, and the seats; MEMORY is how many bytes a peer may take.
Prints one line of JSON.
"""

import json
import resource
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

SEED = 5
AT_ONCE = 1_000_000  # pairs as Python's own numbers, which take much memory
ENOUGH = 0.001  # a million people are solved until no answer can be better by more than this share
REPEAT = 1.0  # seconds
Chosen = Any  # numbers of pairs


def main() -> None:
    name, size, shape, *more = sys.argv[1:]
    print(json.dumps(ours(int(size), shape) if name == "ours" else peer(name, *more)))


def measured(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What it found, and the seconds it took: the median of as many times as fit into `REPEAT` seconds, or once."""
    took: list[tuple[float, float]] = []
    while not took or sum(wall for wall, _ in took) < REPEAT:
        found = None  # what the last time left is not cleared away in this one's
        wall, cpu = time.perf_counter(), time.process_time()
        found = work()
        took.append((time.perf_counter() - wall, time.process_time() - cpu))
    return found, {"seconds": median(wall for wall, _ in took), "cpu": median(cpu for _, cpu in took)}


def ours(size: int, shape: str) -> dict[str, Any]:
    from matching.company import make_company  # noqa: PLC0415  (the peers' processes go without it)
    from matching.engine import Policy, solve  # noqa: PLC0415

    solve(make_company(300, seed=SEED, shape=shape), Policy())  # type: ignore[arg-type]  # reads what was compiled before
    people = make_company(size, seed=SEED, shape=shape)  # type: ignore[arg-type]
    enough = ENOUGH if size >= 1_000_000 else 0.0
    result, told = measured(lambda: all_told(solve(people, Policy(), enough=enough)))
    objective = result.objective
    return told | {
        "phases": dict(result.seconds), "memory": memory(), "placed": objective.placed, "total": objective.total,
        "certified": objective.certified, "gap": objective.gap,
    }  # fmt: skip


def all_told(result: Any) -> Any:
    """The answer, with every pair's reasons: of very many people they are told of as they are asked for."""
    deque(result.pairs, maxlen=0)
    return result


def memory() -> int:
    """The most that this process held, in MB. (A new process inherits the other figure from its parent on Linux.)"""
    status = Path("/proc/self/status")
    if status.exists():
        return (
            int(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))) // 1024
        )
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def write_instance(path: str, size: int, shape: str) -> int:
    """All eligible pairs of an instance, for the peers. Returns how many there are."""
    from matching.company import make_company  # noqa: PLC0415
    from matching.engine import Policy  # noqa: PLC0415
    from matching.engine.candidates import eligible_pairs  # noqa: PLC0415
    from matching.engine.columns import MENTEE_CAPACITY, MENTOR_CAPACITY, prepare  # noqa: PLC0415
    from matching.engine.criteria import weights_of  # noqa: PLC0415
    from matching.engine.value import scale_of  # noqa: PLC0415

    people = make_company(size, seed=SEED, shape=shape)  # type: ignore[arg-type]
    columns = prepare(people, Policy(), weights_of(Policy())).columns
    scale = scale_of(columns)
    arcs = eligible_pairs(columns, scale)
    seats = columns.person[:, [MENTOR_CAPACITY, MENTEE_CAPACITY]]
    np.savez(
        path, mentor=arcs.mentor, mentee=arcs.mentee, score=(arcs.value // scale.unit).astype(np.int32), seats=seats
    )
    return len(arcs.value)


def peer(name: str, path: str, most: str) -> dict[str, Any]:
    resource.setrlimit(resource.RLIMIT_AS, (int(most), int(most)))
    with np.load(path) as file:
        mentor, mentee, score, seats = (file[column] for column in ("mentor", "mentee", "score", "seats"))
    one = np.zeros(1, dtype=np.int32)
    PEERS[name](one, one + 1, one + 1, np.ones((2, 2), dtype=np.int32))  # what is imported is not measured
    chosen, told = measured(lambda: PEERS[name](mentor, mentee, score, seats))
    placed = sum(len(np.unique(side[chosen])) for side in (mentor, mentee))
    return told | {"memory": memory(), "placed": placed, "total": int(score[chosen].sum())}


def greedy(mentor: Any, mentee: Any, score: Any, seats: Any) -> Chosen:
    """The best pair that is still free, again and again."""
    left = seats.T.tolist()
    chosen = []
    best_first = np.argsort(-score, kind="stable")
    for order in np.split(best_first, range(AT_ONCE, len(best_first), AT_ONCE)):
        for arc, a, b in zip(order.tolist(), mentor[order].tolist(), mentee[order].tolist(), strict=True):
            if left[0][a] and left[1][b]:
                left[0][a] -= 1
                left[1][b] -= 1
                chosen.append(arc)
    return np.array(chosen, dtype=np.int64)


def or_tools(mentor: Any, mentee: Any, score: Any, seats: Any) -> Chosen:
    """A flow of least cost over all pairs."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415

    people = len(seats)
    source, sink = 2 * people, 2 * people + 1
    place = int(score.max(initial=1)) * int(seats.sum(axis=0).min()) + 1
    everybody = np.arange(people)
    flow = min_cost_flow.SimpleMinCostFlow()
    pairs = flow.add_arcs_with_capacity_and_unit_cost(mentor, people + mentee, np.ones(len(score)), -score)
    for node, side, outward in ((everybody, 0, True), (people + everybody, 1, False)):
        for capacity, cost in ((np.minimum(seats[:, side], 1), -place), (np.maximum(seats[:, side] - 1, 0), 0)):
            tails, heads = (np.full(people, source), node) if outward else (node, np.full(people, sink))
            flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, np.full(people, cost))
    supply = int(seats.sum(axis=0).max())
    flow.add_arc_with_capacity_and_unit_cost(source, sink, supply, 0)
    flow.set_node_supply(source, supply)
    flow.set_node_supply(sink, -supply)
    if flow.solve() != flow.OPTIMAL:
        raise SystemExit("no answer")
    return np.flatnonzero(flow.flows(pairs) > 0)


def scipy_dense(mentor: Any, mentee: Any, score: Any, seats: Any) -> Chosen:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    numbers, rows, columns = table(mentor, mentee)
    place = int(score.max()) * min(numbers.shape) + 1
    worth = np.zeros(numbers.shape)
    worth[rows, columns] = score + place
    picked = numbers[linear_sum_assignment(worth, maximize=True)]
    return picked[picked >= 0]


def table(mentor: Any, mentee: Any) -> tuple[Any, Any, Any]:
    """The number of each pair by mentor and mentee, −1 where there is none."""
    mentors, rows = np.unique(mentor, return_inverse=True)
    mentees, columns = np.unique(mentee, return_inverse=True)
    numbers = np.full((len(mentors), len(mentees)), -1, dtype=np.int64)
    numbers[rows, columns] = np.arange(len(mentor))
    return numbers, rows, columns


def scipy_sparse(mentor: Any, mentee: Any, score: Any, seats: Any) -> Chosen:
    """Beside each mentor stands a partner who means nobody: it asks for a full matching."""
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415

    mentors, rows = np.unique(mentor, return_inverse=True)
    mentees, columns = np.unique(mentee, return_inverse=True)
    place = int(score.max()) * min(len(mentors), len(mentees)) + 1
    alone = np.arange(len(mentors))
    cost = np.r_[int(score.max()) + 1 - score.astype(float), np.full(len(mentors), float(place))]
    where = (np.r_[rows, alone], np.r_[columns, len(mentees) + alone])
    row, column = min_weight_full_bipartite_matching(csr_array((cost, where)))
    paired = column < len(mentees)
    marks, picked = rows * len(mentees) + columns, row[paired] * len(mentees) + column[paired]
    order = np.argsort(marks)
    return order[np.searchsorted(marks, picked, sorter=order)]


def networkx(mentor: Any, mentee: Any, score: Any, seats: Any) -> Chosen:
    import networkx as nx  # noqa: PLC0415

    graph, people = nx.Graph(), len(seats)
    for arc, (a, b, weight) in enumerate(zip(mentor.tolist(), mentee.tolist(), score.tolist(), strict=True)):
        graph.add_edge(a, people + b, weight=weight, arc=arc)
    return np.array([graph.edges[two]["arc"] for two in nx.max_weight_matching(graph, maxcardinality=True)])


def mentor_match(mentor: Any, mentee: Any, score: Any, seats: Any) -> Chosen:
    """Its package is called as ours is: this process reads the installed one."""
    sys.path[:] = [path for path in sys.path if "site-packages" in path or "python3" in path]
    from matching.mentee import Mentee  # noqa: PLC0415
    from matching.mentor import Mentor  # noqa: PLC0415
    from matching.process import process_data  # noqa: PLC0415
    from matching.rules.rule import Disqualify, Generic  # noqa: PLC0415

    class Score(Generic):  # type: ignore[misc]
        def apply(self, match: Any) -> int:
            return by_pair.get((int(match.mentor.email), int(match.mentee.email)), 0)

    worth = score.astype(int) + int(score.max()) * min(len(np.unique(side)) for side in (mentor, mentee)) + 1
    by_pair = dict(zip(zip(mentor.tolist(), mentee.tolist(), strict=True), worth.tolist(), strict=True))
    number = {two: arc for arc, two in enumerate(by_pair)}
    rules = [
        Score({}, lambda match: True),
        Disqualify(lambda match: (int(match.mentor.email), int(match.mentee.email)) not in by_pair),
    ]
    givers = [Mentor(grade=1, email=str(person)) for person in np.unique(mentor)]
    takers = [Mentee(grade=1, email=str(person)) for person in np.unique(mentee)]
    process_data(givers, takers, [rules])
    return np.array([number[int(giver.email), int(taker.email)] for giver in givers for taker in giver.mentees])


PEERS: dict[str, Callable[..., Chosen]] = {
    "greedy": greedy,
    "mentor-match": mentor_match,
    "networkx": networkx,
    "scipy dense": scipy_dense,
    "scipy sparse": scipy_sparse,
    "OR-Tools": or_tools,
}
KNOW_SEATS = ("greedy", "OR-Tools")  # the others pair everybody once

if __name__ == "__main__":
    main()
