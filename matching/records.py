"""What proves a run's answer, kept sealed with it, and checked again where what the run was given is still the same."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matching import engine
from matching.candidates import Candidates, gather
from matching.engine.columns import I64
from matching.engine.packing import compressed, unpacked
from matching.models import MatchingRun, RunRecord

ROLES: tuple[engine.Role, engine.Role] = ("mentor", "mentee")


@dataclass(frozen=True)
class Verdict:
    """What a second look at a run came to."""

    same: bool  # as what the run was given; what has changed is not said, it may be private
    faults: tuple[str, ...] = ()
    objective: engine.Objective | None = None


def sealed_record(found: Candidates, result: engine.Result) -> bytes:
    """Pairs, those left out, counts and prices; and marks of what the run was given."""
    floor, people = result.floor, found.people
    told = {
        "mark": engine.mark_of_input(people, found.policy),
        "objective": result.objective._asdict(),
        "floor": {"score": floor.score, "highest": floor.highest} if floor else None,
    }
    proofs = {"answer": result.certificate, "without": floor and floor.without, "above": floor and floor.above}
    prices = {
        f"{name}.{role}": getattr(proof, f"{role}_prices") for name, proof in proofs.items() if proof for role in ROLES
    }
    return compressed(
        told=np.frombuffer(json.dumps(told).encode(), dtype=np.uint8),
        keys=people.keys,
        pairs=table([(pair.mentor, pair.mentee, pair.score, pair.fixed) for pair in result.pairs], 4),
        left_out=table([(one.person, ROLES.index(one.role)) for one in result.left_out], 2),
        previous=people.previous,
        **prices,
    )


def table(rows: Sequence[tuple[int, ...]], columns: int) -> I64:
    return np.array(rows, dtype=np.int64).reshape(-1, columns)


def verify_again(run: MatchingRun) -> Verdict | None:
    """Gathers what the run was given, and checks its answer against it. None where no record was kept."""
    kept = RunRecord.objects.filter(run=run).first()
    if kept is None:
        return None
    arrays = unpacked(kept.content)
    told = json.loads(arrays["told"].tobytes())
    found = gather(run.programme)
    if not np.array_equal(found.people.keys, arrays["keys"]):
        return Verdict(same=False)
    people = replace(found.people, previous=arrays["previous"])  # by now the run's own suggestions stand there
    if engine.mark_of_input(people, found.policy) != told["mark"]:
        return Verdict(same=False)
    result = result_of(arrays, told)
    return Verdict(True, engine.verify(people, found.policy, result), result.objective)


def result_of(arrays: Mapping[str, Any], told: Mapping[str, Any]) -> engine.Result:
    """The answer without its reasons: as much of it as the proof is about."""
    pairs = [
        engine.SuggestedPair(mentor, mentee, -1, -1, score, (engine.Criterion("all", score, ""),), fixed=bool(fixed))
        for mentor, mentee, score, fixed in arrays["pairs"].tolist()
    ]
    certificate = certificate_of(arrays, "answer")
    floor = told["floor"]
    if certificate is None:
        raise ValueError("the record holds no prices")
    return engine.Result(
        pairs=pairs,
        left_out=tuple(engine.LeftOut(row, ROLES[role], False, ()) for row, role in arrays["left_out"].tolist()),
        objective=engine.Objective(**told["objective"]),
        certificate=certificate,
        input_hash=told["mark"],
        floor=engine.Floor(
            floor["score"], certificate_of(arrays, "without"), certificate_of(arrays, "above"), floor["highest"]
        )
        if floor
        else None,
    )


def certificate_of(arrays: Mapping[str, Any], name: str) -> engine.Certificate | None:
    if f"{name}.mentor" not in arrays:
        return None
    return engine.Certificate(arrays[f"{name}.mentor"], arrays[f"{name}.mentee"])
