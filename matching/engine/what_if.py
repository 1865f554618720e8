"""Two answers side by side: who would be placed, who would lose their place, who would change partner."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matching.engine.columns import I64, Problem, prepare
from matching.engine.criteria import weights_of
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.result import Role
from matching.engine.run import chosen_couples, run
from matching.engine.worst_off import highest_floor, lifted, scores_of

Couple = tuple[int, int]  # rows of mentor and mentee
Place = tuple[int, Role]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer without its reasons and its proof. People are rows."""

    couples: frozenset[Couple]
    placed: frozenset[Place]  # those who asked for a role and have somebody in it
    total: int
    weakest: int | None  # the score of the weakest pair beside the fixed ones

    def partners(self) -> dict[Place, set[int]]:
        found: dict[Place, set[int]] = {}
        for mentor, mentee in self.couples:
            found.setdefault((mentor, "mentor"), set()).add(mentee)
            found.setdefault((mentee, "mentee"), set()).add(mentor)
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What another answer would change."""

    gained: tuple[Place, ...]  # placed only then
    lost: tuple[Place, ...]  # placed only now
    moved: tuple[Place, ...]  # placed in both, with other partners
    kept: int  # pairs that are in both
    new: int  # pairs that are only in the other


def what_if(people: People, policy: Policy) -> Outcome:
    """The best answer, quickly: solved exactly, without reasons. Nothing is written anywhere."""
    policy = lifted(policy, highest_floor(people, policy) if policy.worst_off_first else None)
    problem, state = run(people, policy)
    couples = np.concatenate([problem.fixed[:, :2], chosen_couples(state)])
    return outcome(people, problem, couples)


def standing(people: People, policy: Policy, couples: Iterable[Couple]) -> Outcome:
    """An answer that is there already: its pairs besides the fixed ones, scored by this policy."""
    problem = prepare(people, policy, weights_of(policy))
    rows = np.array(sorted({*couples, *map(tuple, people.fixed[:, :2].tolist())}), dtype=np.int64).reshape(-1, 2)
    return outcome(people, problem, np.argsort(problem.rows)[rows])


def outcome(people: People, problem: Problem, couples: I64) -> Outcome:
    """`couples` by key order, the fixed ones with them."""
    asked = {"mentor": people.mentor_capacity > 0, "mentee": people.mentee_capacity > 0}
    rows: list[Couple] = [(mentor, mentee) for mentor, mentee in problem.rows[couples].tolist()]
    sides: list[Place] = [place for mentor, mentee in rows for place in ((mentor, "mentor"), (mentee, "mentee"))]
    scores = scores_of(problem, np.ascontiguousarray(couples, dtype=np.int64))
    fixed = {(mentor, mentee) for mentor, mentee in people.fixed[:, :2].tolist()}
    new = [score for score, couple in zip(scores.tolist(), rows, strict=True) if couple not in fixed]
    return Outcome(
        couples=frozenset(rows),
        placed=frozenset((row, role) for row, role in sides if asked[role][row]),
        total=int(scores.sum()),
        weakest=min(new, default=None),
    )


def compare(now: Outcome, then: Outcome) -> Difference:
    before, after = now.partners(), then.partners()
    both = now.placed & then.placed
    return Difference(
        gained=tuple(sorted(then.placed - now.placed)),
        lost=tuple(sorted(now.placed - then.placed)),
        moved=tuple(sorted(place for place in both if before[place] != after[place])),
        kept=len(now.couples & then.couples),
        new=len(then.couples - now.couples),
    )
