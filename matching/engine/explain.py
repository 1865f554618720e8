"""Tells a solution to people: the reasons of each pair, and what keeps each person out who is left out.

All of it is worked out from the problem as everybody may see it (`visible`), never from anybody's list.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matching.engine.alternatives import Others, limit_of, of_both, told_by_score, told_near, told_of
from matching.engine.blocks import Block, Ground, cut, in_parallel
from matching.engine.by_score import Choices, best_choices, with_listed
from matching.engine.columns import (
    GRADE,
    I32,
    I64,
    LINKS,
    MENTEE_CAPACITY,
    MENTOR_CAPACITY,
    RULE_GRADE_GAP,
    Columns,
    Problem,
)
from matching.engine.compiled import kernel
from matching.engine.criteria import ALL, explain, fulfilments
from matching.engine.fit import best_fit, find_cover
from matching.engine.index import CODE, LINKED, ORDER, WHO, Index
from matching.engine.near import seen_near
from matching.engine.network import NONE, Arcs, State
from matching.engine.people import BoolArray
from matching.engine.result import BrokenRule, LeftOut, Role, RuleCount, SuggestedPair, records
from matching.engine.rules import FINE, GRADE_GAP, ROLE, RULES, SKILL, TOGETHER, broken_rules, first_broken
from matching.engine.run import THIN_FROM, Solving
from matching.engine.sentences import broken_sentence, count_sentence
from matching.engine.told_later import ToldLater
from matching.engine.view import Couples
from matching.engine.visible import seen, without_lists

KINDS = len(RULES) + 1  # and FINE
EXACT_UP_TO = 3000  # people; costs are told whatever they are up to here, beyond only small ones
ALTERNATIVES_BELOW = THIN_FROM  # people; from here on the candidates are samples, and no alternative is told
TOLD_LATER_FROM = THIN_FROM


def tell_answer(
    solving: Solving, state: State | None, chosen: I64, known: Arcs, *, certified: bool
) -> tuple[Sequence[SuggestedPair], tuple[LeftOut, ...]]:
    """Every pair and everybody left out, with reasons.

    `chosen` are the new pairs by key order, `known` the candidates that the run began with; `state` is the solved
    network where alternatives are told.
    """
    problem = solving.problem
    open_problem = without_lists(problem)
    ground = replace(solving.ground, columns=open_problem.columns)
    others = tell_others(solving, open_problem, ground, state, chosen, known, certified=certified)
    couples = np.concatenate([problem.fixed[:, :2], chosen])
    filled = [np.bincount(couples[:, side], minlength=len(problem)) for side in (0, 1)]
    return explain_pairs(open_problem, chosen, others), explain_left_out(open_problem, ground, *filled)


def tell_others(
    solving: Solving,
    open_problem: Problem,
    ground: Ground,
    state: State | None,
    chosen: I64,
    known: Arcs,
    *,
    certified: bool,
) -> Others:
    """Of each chosen pair the best others. `open_problem` and `ground` are without lists."""
    problem, seen_so = solving.problem, None
    if certified and len(problem) <= EXACT_UP_TO:
        seen_so = seen(problem, chosen, state if solving.complete else None)
        if seen_so:
            return of_both(*told_of(seen_so, chosen))
    elif len(problem) >= ALTERNATIVES_BELOW:
        return [((), False)] * len(chosen)
    elif certified and state:
        seen_so = seen_near(problem, ground, state, limit_of(problem))

    def by_score(people: Sequence[I64]) -> tuple[Choices, Choices]:
        missing = seen_so.missing if seen_so else None
        return best_choices(ground, open_problem, chosen, with_listed(problem, open_problem, known), people, missing)

    if seen_so:
        return told_near(seen_so, chosen, by_score)
    nobody_near = np.zeros(len(chosen), dtype=np.bool_)
    return of_both(told_by_score(open_problem, chosen, by_score(list(chosen.T))), nobody_near)


def explain_pairs(problem: Problem, chosen: I64, others: Others) -> Sequence[SuggestedPair]:
    """The chosen and the fixed pairs by key, with their reasons; `others` has the alternatives of each chosen one.

    Of very many people they are told of later, as they are asked for.
    """
    couples = np.concatenate([problem.fixed[:, :2], chosen])
    skills = np.concatenate([problem.fixed[:, 2], np.full(len(chosen), NONE)])
    order = np.lexsort((couples[:, 1], couples[:, 0]))
    known: Others = [((), False)] * len(problem.fixed) + others
    known = [known[number] for number in order.tolist()]
    couples, skills, fixed = couples[order], skills[order], order < len(problem.fixed)

    def tell(first: int, last: int) -> tuple[SuggestedPair, ...]:
        part = slice(first, last)
        return tell_pairs(problem, couples[part], skills[part], fixed[part], known[part])

    size = len(couples)
    return tell(0, size) if len(problem) < TOLD_LATER_FROM else ToldLater(size, tell)


def tell_pairs(
    problem: Problem, couples: I64, skills: I64, fixed: BoolArray, others: Others
) -> tuple[SuggestedPair, ...]:
    points = np.zeros((len(couples), len(ALL)), dtype=np.int32)
    covers = np.zeros((len(couples), 2, 5), dtype=np.int32)
    broken = np.zeros(len(couples), dtype=np.int32)
    fulfilments(problem.columns, couples, points)
    find_covers(problem.columns, couples, skills, fixed, covers, broken)
    told = Couples(problem, couples, covers)
    rows, given_skill = problem.rows[couples], np.append(problem.skills, NONE)[covers[:, :, 0]]
    numbers = (rows[:, 0], rows[:, 1], given_skill[:, 0], given_skill[:, 1], points.sum(axis=1))
    columns = (
        *(column.tolist() for column in numbers),
        explain(told, points),
        fixed.tolist(),
        [tell_broken(told, number, bits) if bits else () for number, bits in enumerate(broken.tolist())],
        [alternatives for alternatives, _ in others],
        [near_tie for _, near_tie in others],
    )
    return tuple(records(SuggestedPair, *columns))


@kernel
def find_covers(c: Columns, couples: I64, skills: I64, fixed: BoolArray, covers: I32, broken: I32) -> None:
    """What goes forth and what comes back in each couple, and the rules that it breaks."""
    for number in range(len(couples)):
        mentor, mentee = couples[number, 0], couples[number, 1]
        skill = skills[number] if skills[number] >= 0 else best_fit(c, mentor, mentee)[1]
        find_cover(c, mentor, mentee, skill, covers[number, 0])
        find_cover(c, mentee, mentor, best_fit(c, mentee, mentor)[1], covers[number, 1])
        broken[number] = broken_rules(c, mentor, mentee)
        if fixed[number]:  # together already, and their seats taken: that is what fixed means
            broken[number] &= ~((1 << TOGETHER) | (1 << ROLE))


def tell_broken(told: Couples, number: int, bits: int) -> tuple[BrokenRule, ...]:
    return tuple(
        BrokenRule(known.name, broken_sentence(told, number, rule), known.can_be_allowed)
        for rule, known in RULES.items()
        if bits & (1 << rule)
    )


def explain_left_out(problem: Problem, ground: Ground, mentors: I64, mentees: I64) -> tuple[LeftOut, ...]:
    """Everybody who asked for a role and has nobody in it, by key. The columns count partners in each role."""
    c = problem.columns
    asks = {"mentor": c.person[:, MENTOR_CAPACITY] > 0, "mentee": c.person[:, MENTEE_CAPACITY] > 0}
    has = {"mentor": asks["mentor"] & (mentors > 0), "mentee": asks["mentee"] & (mentees > 0)}
    waits = ~(has["mentor"] | has["mentee"])
    found: list[tuple[int, LeftOut]] = []
    roles: tuple[Role, Role] = ("mentor", "mentee")
    for role in roles:
        out = np.flatnonzero(asks[role] & ~has[role])
        counts = count_rules(ground, out, role)
        for person, removed in zip(out.tolist(), counts.tolist(), strict=True):
            rules = tell_counts(removed, role)
            row = int(problem.rows[person])
            found.append((person, LeftOut(person=row, role=role, waits=bool(waits[person]), rules=rules)))
    return tuple(left for _, left in sorted(found, key=lambda entry: (entry[0], entry[1].role)))


def tell_counts(removed: list[int], role: Role) -> tuple[RuleCount, ...]:
    """The rules in their order, then those whom no rule removed."""
    told = [(known.name, rule) for rule, known in RULES.items()] + [("plan", FINE)]
    return tuple(
        RuleCount(name, removed[rule], count_sentence(rule, removed[rule], role))
        for name, rule in told
        if removed[rule]
    )


def count_rules(ground: Ground, people: I64, role: Role) -> I64:
    """For each of these people, how many possible partners each rule removed: counted under the first one."""
    counts = np.zeros((len(people), KINDS), dtype=np.int64)
    column = MENTEE_CAPACITY if role == "mentor" else MENTOR_CAPACITY
    asked = ground.columns.person[:, column] > 0
    counts[:, SKILL] = asked.sum() - asked[people]

    def part(block: Block) -> None:
        last = np.full(len(asked), NONE, dtype=np.int32)
        count_partners(
            ground.columns, ground.index(role), role == "mentor", people[block.first : block.last], last,
            counts[block.first : block.last],
        )  # fmt: skip

    list(in_parallel(part, cut(len(people))))
    return counts


@kernel
def count_partners(c: Columns, index: Index, as_mentor: bool, people: I64, last: I32, counts: I64) -> None:
    """Asks only those who offer what is wished for; all others stay counted under the rule on skills."""
    for number in range(len(people)):
        person = people[number]
        grade, has_links = c.person[person, GRADE], c.person[person, LINKS] > 0
        gap = c.rules[RULE_GRADE_GAP] if grade >= 0 else -1
        level = -grade if as_mentor else grade
        for own in range(index.own_start[person], index.own_start[person + 1]):
            fits = index.fit[index.own[own, 1]]
            for slot in range(index.start[index.own[own, 0]], index.start[index.own[own, 0] + 1]):
                entry = index.entry[slot]
                other = int(entry[WHO])
                if fits[entry[CODE]] < 0 or last[other] == number or other == person:
                    continue
                last[other] = number
                if gap >= 0 and level - entry[ORDER] < gap and not (has_links and entry[LINKED] > 0):
                    rule = GRADE_GAP
                else:
                    mentor, mentee = (person, other) if as_mentor else (other, person)
                    rule = first_broken(c, mentor, mentee)
                counts[number, rule] += 1
                counts[number, SKILL] -= 1
