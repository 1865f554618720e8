"""The rules and the score of docs/matching.md once more, plainly, a pair at a time; and the best answer by trying.

Shares no code with the engine beyond the record of a person.
"""

from dataclasses import dataclass
from itertools import combinations

from matching.engine import PersonRow, Policy

WEIGHTS = {"skill_fit": 10, "exchange": 6, "grade_gap": 3, "bridge": 4, "channels": 2, "overlap": 2, "waiting": 3}


@dataclass(frozen=True)
class Company:
    rows: tuple[PersonRow, ...]
    fixed: tuple[tuple[int, int, str], ...] = ()
    forbidden: tuple[tuple[int, int], ...] = ()
    exceptions: tuple[tuple[int, int], ...] = ()
    previous: tuple[tuple[int, int], ...] = ()

    def __getitem__(self, key):
        return next(row for row in self.rows if row.key == key)


def fit(giver: PersonRow, taker: PersonRow, policy: Policy) -> int:
    best = 0
    for wish in taker.wishes:
        level = giver.offers.get(wish.skill, 0)
        if level >= policy.offer_level and level > wish.present and wish.wanted > wish.present:
            way = wish.wanted - wish.present
            covered = min(level, wish.wanted) - wish.present
            best = max(best, {1: 7, 2: 4, 3: 1}[wish.priority] + 3 * covered // way)
    return best


def minutes(a: PersonRow, b: PersonRow) -> int:
    if not a.work_days & b.work_days:
        return 0
    mine = {minute % 1440 for minute in range(a.work_starts - a.utc_offset, a.work_ends - a.utc_offset)}
    theirs = {minute % 1440 for minute in range(b.work_starts - b.utc_offset, b.work_ends - b.utc_offset)}
    return len(mine & theirs)


def above(company: Company, person: PersonRow) -> list[int]:
    line = []
    while person.manager is not None:
        line.append(person.manager)
        person = company[person.manager]
    return line


def in_one_line(company: Company, a: PersonRow, b: PersonRow, levels: int) -> bool:
    return a.key in above(company, b)[:levels] or b.key in above(company, a)[:levels]


def breaks_a_rule_hr_may_waive(company: Company, a: PersonRow, b: PersonRow, policy: Policy) -> bool:
    graded = a.grade >= 0 and b.grade >= 0
    if policy.grade_gap is not None and graded and b.grade - a.grade < policy.grade_gap:
        return True
    if policy.reporting_line is not None and in_one_line(company, a, b, policy.reporting_line):
        return True
    if policy.shared_language and not set(a.languages) & set(b.languages):
        return True
    same_site = a.site and a.site == b.site
    if policy.overlap_hours is not None and not same_site and minutes(a, b) < policy.overlap_hours * 60:
        return True
    if policy.not_again and (a.key in b.past_partners or b.key in a.past_partners):
        return True
    unapproved = any(person.external and not person.approved for person in (a, b))
    return policy.external_approval and (unapproved or (a.external and b.external))


def open_to(company: Company, a: PersonRow, b: PersonRow, policy: Policy) -> bool:
    """Mentor a, mentee b: every rule but the direction."""
    if a is b or not a.mentor_capacity or not b.mentee_capacity or not fit(a, b, policy):
        return False
    if a.key in b.rather_not or b.key in a.rather_not:
        return False
    if a.key in b.running_partners or b.key in a.running_partners:
        return False
    couple = {a.key, b.key}
    if any(couple == {x, y} for x, y in company.forbidden) or any(couple == {x, y} for x, y, _ in company.fixed):
        return False
    return (a.key, b.key) in company.exceptions or not breaks_a_rule_hr_may_waive(company, a, b, policy)


def score(company: Company, a: PersonRow, b: PersonRow, policy: Policy) -> int:
    weights = WEIGHTS | dict(policy.weights)
    grade_gap = max(0, min(10, 2 * (b.grade - a.grade))) if a.grade >= 0 and b.grade >= 0 else 0
    bridge = 6 * bool(a.department and b.department and a.department != b.department)
    bridge += 4 * bool(a.site and b.site and a.site != b.site)
    same_site = bool(a.site) and a.site == b.site
    channels = [
        10 - 2 * (list(a.channels).index(channel) + list(b.channels).index(channel))
        for channel in set(a.channels) & set(b.channels)
        if same_site or channel != "in_person"
    ]
    points = {
        "skill_fit": fit(a, b, policy),
        "exchange": fit(b, a, policy),
        "grade_gap": grade_gap,
        "bridge": bridge,
        "channels": max([0, *channels]),
        "overlap": min(10, minutes(a, b) // 60),
        "waiting": min(10, 2 * (a.waiting_runs + b.waiting_runs)),
    }
    kept = policy.stability if (a.key, b.key) in company.previous else 0
    return sum(weights[name] * number for name, number in points.items()) + kept


def eligible(company: Company, a: PersonRow, b: PersonRow, policy: Policy) -> bool:
    if not open_to(company, a, b, policy):
        return False
    if not open_to(company, b, a, policy):
        return True
    here, there = score(company, a, b, policy), score(company, b, a, policy)
    return (here, -a.grade, -a.key) > (there, -b.grade, -b.key)


def eligible_scores(company: Company, policy: Policy) -> dict[tuple[int, int], int]:
    return {
        (a.key, b.key): score(company, a, b, policy)
        for a in company.rows
        for b in company.rows
        if eligible(company, a, b, policy)
    }


def worth(company: Company, pairs, policy: Policy) -> tuple[int, int]:
    """People placed and total, or (-1, -1) where a capacity is broken. The fixed pairs are in `pairs`."""
    fixed = {(a, b) for a, b, _ in company.fixed}
    placed = 0
    for row in company.rows:
        for side, capacity in ((0, row.mentor_capacity), (1, row.mentee_capacity)):
            mine = [pair for pair in pairs if pair[side] == row.key]
            if len(mine) > capacity and set(mine) - fixed:
                return -1, -1
            placed += bool(mine and capacity)
    return placed, sum(score(company, company[a], company[b], policy) for a, b in pairs)


def best_by_trying(company: Company, policy: Policy, *, always: tuple[int, int] | None = None) -> tuple[int, int]:
    """People placed and total of the best answer (with a pair that it must hold), by trying every set of pairs."""
    fixed = [(a, b) for a, b, _ in company.fixed]
    possible = list(eligible_scores(company, policy))
    return max(
        worth(company, [*fixed, *chosen], policy)
        for size in range(len(possible) + 1)
        for chosen in combinations(possible, size)
        if always is None or always in chosen
    )


def all_answers(company: Company, policy: Policy):
    """Every set of pairs that keeps to the capacities, with the fixed ones; with people placed and total."""
    fixed = [(a, b) for a, b, _ in company.fixed]
    possible = list(eligible_scores(company, policy))
    for size in range(len(possible) + 1):
        for chosen in combinations(possible, size):
            placed, total = worth(company, [*fixed, *chosen], policy)
            if placed >= 0:
                yield chosen, placed, total
