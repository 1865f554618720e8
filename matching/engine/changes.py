"""The smallest single change that would place somebody who is left out: tried by solving again, never guessed.

From small to large: HR's yes to one exception, one more seat of one person, a rule a step looser for everybody, one
more person with the right skill. The first that places them is told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.engine.columns import MENTEE_CAPACITY, MENTOR_CAPACITY, Problem, prepare
from matching.engine.criteria import weights_of
from matching.engine.people import MAX_CAPACITY, ONE_A_PERSON, UNKNOWN, IntArray, People
from matching.engine.policy import Policy
from matching.engine.result import Change, LeftOut, Result, Role
from matching.engine.rules import FINE, RULES, WAIVED, broken_rules, first_broken
from matching.engine.run import placed_in, run
from matching.engine.value import scale_of, value_of

TRIES = 3  # how many people are tried for each kind of change
Placed = dict[Role, set[int]]  # rows


@dataclass(frozen=True, slots=True)
class Trial:
    """A change, and the input with it."""

    change: Change
    people: People
    policy: Policy


def smallest_changes(
    people: People, policy: Policy, result: Result, *, progress: Callable[[float], None] | None = None
) -> Result:
    """The result with the smallest change of everybody who is left out, where there is one."""
    problem = prepare(people, policy, weights_of(policy))
    loosened = [(trial, run_placed(trial)) for trial in looser_rules(people, policy)]
    told = []
    for number, left in enumerate(result.left_out):
        told.append(replace(left, smallest_change=smallest_change(problem, people, result, left, loosened)))
        if progress:
            progress((number + 1) / len(result.left_out))
    return replace(result, left_out=tuple(told))


def smallest_change(
    problem: Problem, people: People, result: Result, left: LeftOut, loosened: list[tuple[Trial, Placed]]
) -> Change | None:
    policy = problem.policy
    for trial in (*exceptions(problem, people, result, left), *seats(problem, people, left)):
        if left.person in run_placed(trial)[left.role]:
            return trial.change
    for trial, placed in loosened:
        if left.person in placed[left.role]:
            return trial.change
    for trial in newcomers(people, policy, left):
        if left.person in run_placed(trial)[left.role]:
            return trial.change
    return None


def run_placed(trial: Trial) -> Placed:
    return placed_in(*run(trial.people, trial.policy))


def partners(problem: Problem, left: LeftOut) -> Iterator[tuple[int, int, int]]:
    """Everybody in the other role, as mentor and mentee by key order, and as given row."""
    place = int(np.flatnonzero(problem.rows == left.person)[0])
    column = MENTEE_CAPACITY if left.role == "mentor" else MENTOR_CAPACITY
    for other in np.flatnonzero(problem.columns.person[:, column] > 0).tolist():
        if other != place:
            row = int(problem.rows[other])
            yield (place, other, row) if left.role == "mentor" else (other, place, row)


def exceptions(problem: Problem, people: People, result: Result, left: LeftOut) -> list[Trial]:
    """HR's yes to one pair, the most promising ones at the present prices first."""
    c, scale = problem.columns, scale_of(problem.columns)
    found = []
    for mentor, mentee, row in partners(problem, left):
        bits = broken_rules(c, mentor, mentee)
        if bits and not bits & ~WAIVED:
            prices = result.certificate
            other = prices.mentee_prices[row] if left.role == "mentor" else prices.mentor_prices[row]
            found.append((int(other) - int(value_of(c, scale, mentor, mentee)), mentor, mentee, bits))
    trials = []
    for _, mentor, mentee, bits in sorted(found)[:TRIES]:
        names = [problem.people.names[mentor], problem.people.names[mentee]]
        broken = [known.name for rule, known in RULES.items() if bits & (1 << rule)]
        couple = [int(problem.rows[mentor]), int(problem.rows[mentee])]
        change = Change(
            "exception",
            f"If HR allowed {names[0]} and {names[1]} in spite of {listed([RULE_WORDS[name] for name in broken])}.",
            {"mentor": couple[0], "mentee": couple[1], "rules": ", ".join(broken)},
        )
        trials.append(Trial(change, replace(people, exceptions=with_row(people.exceptions, couple)), problem.policy))
    return trials


def seats(problem: Problem, people: People, left: LeftOut) -> list[Trial]:
    """One more seat of somebody who fits, the best fit first."""
    c, scale = problem.columns, scale_of(problem.columns)
    name = "mentee_capacity" if left.role == "mentor" else "mentor_capacity"
    capacity: IntArray = getattr(people, name)
    found = [
        (-int(value_of(c, scale, mentor, mentee)), row)
        for mentor, mentee, row in partners(problem, left)
        if capacity[row] < MAX_CAPACITY and first_broken(c, mentor, mentee) == FINE
    ]
    trials = []
    for _, row in sorted(found)[:TRIES]:
        more = capacity.copy()
        more[row] += 1
        kind = "mentor" if left.role == "mentor" else "mentee"
        change = Change(
            "capacity",
            f"If {people.names[row]} took {counted(int(more[row]), kind)} instead of {int(capacity[row])}.",
            {"person": row, "role": "mentee" if left.role == "mentor" else "mentor", "to": int(more[row])},
        )
        trials.append(Trial(change, replace(people, **{name: more}), problem.policy))  # type: ignore[arg-type]
    return trials


def looser_rules(people: People, policy: Policy) -> list[Trial]:
    """Each rule one step looser, for everybody."""
    steps: list[tuple[str, int | float | None, str]] = []
    if policy.grade_gap is not None and policy.grade_gap > 0:
        less = policy.grade_gap - 1
        steps.append(("grade_gap", less, f"If mentors needed to be only {less} grades below instead of {less + 1}."))
    if policy.overlap_hours:
        hours = max(0, policy.overlap_hours - 1)
        steps.append(("overlap_hours", hours, f"If {hours:g} working hours in common were enough."))
    if policy.offer_level > 1:
        level = policy.offer_level - 1
        steps.append(("offer_level", level, f"If offers counted from level {level} on."))
    if policy.not_again:
        steps.append(("not_again", False, "If past partners could be paired again."))
    if policy.reporting_line:
        steps.append(
            ("reporting_line", 1 if policy.reporting_line > 1 else None, LINE_WORDS[policy.reporting_line > 1])
        )
    if policy.shared_language:
        steps.append(("shared_language", False, "If a shared language were not asked for."))
    return [
        Trial(Change("rule", sentence, {"rule": name, "to": value}), people, replace(policy, **{name: value}))  # type: ignore[arg-type]
        for name, value, sentence in steps
    ]


def newcomers(people: People, policy: Policy, left: LeftOut) -> Iterator[Trial]:
    """One more person who could teach a wish, or who wishes for an offer; much like the one who is left out."""
    row, as_mentor = left.person, left.role == "mentee"
    lines = people.wishes[people.wishes[:, 0] == row] if as_mentor else people.offers[people.offers[:, 0] == row]
    order = np.argsort(lines[:, 2] if as_mentor else -lines[:, 2], kind="stable")
    for line in lines[order][:TRIES]:
        skill = int(line[1])
        kind, verb = ("mentor", "offered") if as_mentor else ("mentee", "wished for")
        change = Change(
            "offer",
            f"If there were one more {kind} who {verb} {people.skill_names[skill]}.",
            {"skill": skill, "role": kind},
        )
        yield Trial(change, joined(people, policy, row, skill, as_mentor=as_mentor), policy)


def joined(people: People, policy: Policy, row: int, skill: int, *, as_mentor: bool) -> People:
    """People and one more, alike but for the department, the grade that the rule asks for, and the skill."""
    columns: dict[str, object] = {}
    for name in ONE_A_PERSON:
        column = getattr(people, name)
        columns[name] = [*column, column[row]] if name == "names" else np.concatenate([column, column[row : row + 1]])
    new = len(people)
    numbers = people.keys.dtype.kind in "iu"
    key = np.array([people.keys.max() + 1]) if numbers else np.array([f"{people.keys.max()}+"])
    columns["keys"] = np.concatenate([people.keys, key])
    for name, value in (
        ("managers", UNKNOWN),
        ("departments", UNKNOWN),
        ("grades", UNKNOWN),
        ("external", 0),
        ("waiting", 0),
        ("mentor_capacity", int(as_mentor)),
        ("mentee_capacity", int(not as_mentor)),
    ):
        column = columns[name]
        assert isinstance(column, np.ndarray)
        column[-1] = value
    if as_mentor:
        columns["offers"] = with_row(people.offers, [new, skill, 5])
    else:
        columns["wishes"] = with_row(people.wishes, [new, skill, 1, 0, 5])
    spoken = people.languages[people.languages[:, 0] == row].copy()
    spoken[:, 0] = new
    columns["languages"] = np.concatenate([people.languages, spoken])
    return replace(people, **columns)  # type: ignore[arg-type]


def with_row(table: IntArray, row: list[int]) -> IntArray:
    return np.concatenate([table.astype(np.int64), np.array([row], dtype=np.int64)])


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


RULE_WORDS = {
    "grade_gap": "their grades",
    "reporting_line": "their reporting line",
    "shared_language": "having no language in common",
    "overlap_hours": "few hours in common",
    "not_again": "having been partners before",
    "external_approval": "the rule on partners from outside",
}
LINE_WORDS = {
    True: "If only somebody’s own manager counted as a reporting line.",
    False: "If people of one reporting line could be paired.",
}
