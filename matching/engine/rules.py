"""The hard rules: who may be paired with whom. Each is one small function; RULES names them."""

from typing import NamedTuple

from matching.engine.columns import (
    ALLOWED,
    BY_KEY,
    FORBIDDEN,
    GRADE,
    LINE_DEPTH,
    LINE_IN,
    LINE_OUT,
    LINKS,
    MENTEE_CAPACITY,
    MENTOR_CAPACITY,
    OUTSIDE,
    PAST,
    RATHER_NOT,
    RULE_EXTERNAL,
    RULE_GRADE_GAP,
    RULE_LANGUAGE,
    RULE_LEAST_SCORE,
    RULE_LINE,
    RULE_OVERLAP,
    RULE_PAST,
    TAKEN,
    Columns,
)
from matching.engine.compiled import inlined, kernel
from matching.engine.criteria import score, score_apart
from matching.engine.fit import best_fit
from matching.engine.hours import minutes_in_common, same_site
from matching.engine.links import link_bits

FINE, ROLE, SKILL, GRADE_GAP, LINE, LANGUAGE, OVERLAP, AGAIN, EXTERNAL, FORBIDDEN_BY_HR, TOGETHER, DIRECTION = range(12)


class Rule(NamedTuple):
    name: str
    can_be_allowed: bool  # HR may say yes to an exception


RULES = {
    ROLE: Rule("role", False),
    SKILL: Rule("skill", False),
    GRADE_GAP: Rule("grade_gap", True),
    LINE: Rule("reporting_line", True),
    LANGUAGE: Rule("shared_language", True),
    OVERLAP: Rule("overlap_hours", True),
    AGAIN: Rule("not_again", True),
    EXTERNAL: Rule("external_approval", True),
    FORBIDDEN_BY_HR: Rule("forbidden", False),
    TOGETHER: Rule("together", False),
    DIRECTION: Rule("direction", False),
}


@inlined
def breaks_grade_gap(c: Columns, mentor: int, mentee: int) -> bool:
    """Who has no grade is not held by it."""
    gap, junior, senior = c.rules[RULE_GRADE_GAP], c.person[mentor, GRADE], c.person[mentee, GRADE]
    return gap >= 0 and junior >= 0 and senior >= 0 and senior - junior < gap


@inlined
def breaks_line(c: Columns, mentor: int, mentee: int) -> bool:
    levels = c.rules[RULE_LINE]
    if levels < 0 or abs(c.person[mentor, LINE_DEPTH] - c.person[mentee, LINE_DEPTH]) > levels:
        return False
    one, other = c.person[mentor, LINE_IN], c.person[mentee, LINE_IN]
    return one <= other < c.person[mentor, LINE_OUT] or other <= one < c.person[mentee, LINE_OUT]


@inlined
def breaks_language(c: Columns, mentor: int, mentee: int) -> bool:
    if c.rules[RULE_LANGUAGE] <= 0:
        return False
    for word in range(c.language.shape[1]):  # noqa: SIM110  (compiled code knows no all())
        if c.language[mentor, word] & c.language[mentee, word]:
            return False
    return True


@inlined
def breaks_overlap(c: Columns, mentor: int, mentee: int) -> bool:
    least = c.rules[RULE_OVERLAP]
    return least > 0 and minutes_in_common(c, mentor, mentee) < least and not same_site(c, mentor, mentee)


@inlined
def breaks_external(c: Columns, mentor: int, mentee: int) -> bool:
    """A partner from outside needs HR's approval, and is paired with an employee."""
    if c.rules[RULE_EXTERNAL] <= 0:
        return False
    a, b = c.person[mentor, OUTSIDE], c.person[mentee, OUTSIDE]
    return a == 2 or b == 2 or (a > 0 and b > 0)


@inlined
def may_meet(c: Columns, mentor: int, mentee: int) -> bool:
    """All rules but the skill and the direction."""
    if c.person[mentor, MENTOR_CAPACITY] == 0 or c.person[mentee, MENTEE_CAPACITY] == 0 or mentor == mentee:
        return False
    bits = link_bits(c, mentor, mentee)
    if bits & (RATHER_NOT | FORBIDDEN | TAKEN):
        return False
    if bits & ALLOWED:
        return True
    if breaks_grade_gap(c, mentor, mentee) or breaks_line(c, mentor, mentee) or breaks_language(c, mentor, mentee):
        return False
    if breaks_overlap(c, mentor, mentee) or breaks_external(c, mentor, mentee):
        return False
    return not (c.rules[RULE_PAST] > 0 and bits & PAST)


@inlined
def both_ways(c: Columns, mentor: int, mentee: int) -> bool:
    """A quick look at whether the other direction may be open too; it seldom is."""
    if c.person[mentee, MENTOR_CAPACITY] == 0 or c.person[mentor, MENTEE_CAPACITY] == 0:
        return False
    if c.rules[RULE_GRADE_GAP] <= 0 or c.person[mentor, LINKS] > 0:
        return True
    return c.person[mentor, GRADE] < 0 or c.person[mentee, GRADE] < 0


@kernel
def better_reversed(c: Columns, mentor: int, mentee: int) -> bool:
    """Two people are one pair at most: where both directions are open, the one with the higher score counts.

    At a tie the lower grade is the mentor, then the lower key.
    """
    if not may_meet(c, mentee, mentor) or best_fit(c, mentee, mentor)[0] == 0:
        return False
    here, there = score(c, mentor, mentee), score(c, mentee, mentor)
    if here != there:
        return there > here
    one, other = c.person[mentor, GRADE], c.person[mentee, GRADE]
    return other < one or (one == other and c.person[mentee, BY_KEY] < c.person[mentor, BY_KEY])


@inlined
def eligible_score(c: Columns, mentor: int, mentee: int) -> int:
    """What an eligible pair scores; −1 for another."""
    if not may_meet(c, mentor, mentee):
        return -1
    forth = best_fit(c, mentor, mentee)[0]
    if forth == 0:
        return -1
    points = c.weights[0] * forth + c.weights[1] * best_fit(c, mentee, mentor)[0] + score_apart(c, mentor, mentee)
    if points < c.rules[RULE_LEAST_SCORE] or (both_ways(c, mentor, mentee) and better_reversed(c, mentor, mentee)):
        return -1
    return points


@inlined
def eligible(c: Columns, mentor: int, mentee: int) -> bool:
    return eligible_score(c, mentor, mentee) >= 0


@inlined
def broken_rules(c: Columns, mentor: int, mentee: int) -> int:  # noqa: C901  (one question for each rule)
    """The rules that the two break, as bits by number. Blind to rather-not lists."""
    bits, found = link_bits(c, mentor, mentee), 0
    if c.person[mentor, MENTOR_CAPACITY] == 0 or c.person[mentee, MENTEE_CAPACITY] == 0 or mentor == mentee:
        found |= 1 << ROLE
    if best_fit(c, mentor, mentee)[0] == 0:
        found |= 1 << SKILL
    if breaks_grade_gap(c, mentor, mentee):
        found |= 1 << GRADE_GAP
    if breaks_line(c, mentor, mentee):
        found |= 1 << LINE
    if breaks_language(c, mentor, mentee):
        found |= 1 << LANGUAGE
    if breaks_overlap(c, mentor, mentee):
        found |= 1 << OVERLAP
    if breaks_external(c, mentor, mentee):
        found |= 1 << EXTERNAL
    if c.rules[RULE_PAST] > 0 and bits & PAST:
        found |= 1 << AGAIN
    if bits & FORBIDDEN:
        found |= 1 << FORBIDDEN_BY_HR
    if bits & TAKEN:
        found |= 1 << TOGETHER
    return found


# What an exception that HR allows sets aside.
WAIVED = (1 << GRADE_GAP) | (1 << LINE) | (1 << LANGUAGE) | (1 << OVERLAP) | (1 << AGAIN) | (1 << EXTERNAL)


@inlined
def first_broken(c: Columns, mentor: int, mentee: int) -> int:
    """The first rule that keeps two people apart, or FINE. Blind to rather-not lists."""
    found = broken_rules(c, mentor, mentee)
    if link_bits(c, mentor, mentee) & ALLOWED:
        found &= ~WAIVED
    for rule in range(ROLE, DIRECTION):
        if found & (1 << rule):
            return rule
    return DIRECTION if both_ways(c, mentor, mentee) and better_reversed(c, mentor, mentee) else FINE
