"""What the programme lacks: which skills nobody is left to teach, and what the next mentors should offer."""

from collections import Counter

import numpy as np

from matching.engine.looser import Trial
from matching.engine.newcomers import joined, open_wishes
from matching.engine.people import People
from matching.engine.policy import Policy
from matching.engine.result import Change, NextMentors, Result, SkillNeed
from matching.engine.worlds import Worlds, run_placed, worlds_of

NEXT = 10


def skill_needs(people: People, policy: Policy, result: Result) -> tuple[SkillNeed, ...]:
    """Every skill that somebody wishes for: those short of mentors first, for people who are left out."""
    can_mentor, can_learn = people.mentor_capacity > 0, people.mentee_capacity > 0
    useful = can_mentor[people.offers[:, 0]] & (people.offers[:, 2] >= policy.offer_level)
    wishes = open_wishes(people)
    wishes = wishes[can_learn[wishes[:, 0]]]
    out = np.zeros(len(people), dtype=np.bool_)
    out[[left.person for left in result.left_out if left.role == "mentee"]] = True
    size = len(people.skill_names)
    offered = np.bincount(people.offers[useful, 1], minlength=size)
    wanted = np.bincount(wishes[:, 1], minlength=size)
    left_out = np.bincount(wishes[out[wishes[:, 0]], 1], minlength=size)
    found = [SkillNeed(n, int(wanted[n]), int(offered[n]), int(left_out[n])) for n in np.flatnonzero(wanted).tolist()]
    return tuple(sorted(found, key=lambda n: (-n.left_out, n.offered - n.wanted, people.skill_names[n.skill])))


def next_mentors(
    people: People, policy: Policy, result: Result, *, count: int = NEXT, worlds: Worlds | None = None
) -> NextMentors:
    """What so many more mentors, with one seat each, should offer; and how many more that places, by solving again.

    Each in turn offers the skill that most of those still without a mentor wish for, dearest wishes first.
    """
    chosen: list[tuple[int, int]] = []  # whom they are for, the skill
    waiting = {left.person for left in result.left_out if left.role == "mentee"}
    wishes = [line for line in open_wishes(people).tolist() if line[0] in waiting]
    while waiting and wishes and len(chosen) < count:
        weight = Counter[int]()
        for _, skill, priority, *_ in wishes:
            weight[skill] += 4 - priority
        skill = min(weight, key=lambda one: (-weight[one], people.skill_names[one]))
        others = Counter(line[0] for line in wishes)
        dearest = min(
            (line[2], others[line[0]], str(people.keys[line[0]]), line[0]) for line in wishes if line[1] == skill
        )
        whom = dearest[-1]
        chosen.append((whom, skill))
        waiting.discard(whom)
        wishes = [line for line in wishes if line[0] != whom]
    offers = Counter(skill for _, skill in chosen)
    ranked = tuple(sorted(offers.items(), key=lambda one: (-one[1], people.skill_names[one[0]])))
    worlds = worlds or (worlds_of(people, policy, result) if chosen else None)
    return NextMentors(ranked, more_placed(people, result, chosen, worlds))


def more_placed(people: People, result: Result, chosen: list[tuple[int, int]], worlds: Worlds | None) -> int | None:
    """How many more have a mentor with these newcomers; None where it is not worked out."""
    if not chosen or worlds is None or not worlds[0].may_run:
        return None if chosen else 0
    there = worlds[0].people
    for whom, skill in chosen:
        there = joined(there, whom, skill, as_mentor=True)
    change = Change("offer", "", {})
    now = sum(1 for left in result.left_out if left.role == "mentee")
    asked = int((people.mentee_capacity > 0).sum())
    placed = run_placed(Trial(change, there, worlds[0].problem.policy))["mentee"]
    wanting = {row for row in placed if people.mentee_capacity[row] > 0}
    return len(wanting) - (asked - now)
