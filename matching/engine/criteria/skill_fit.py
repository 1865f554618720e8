"""Skill fit: the wish that the mentor covers best, by its priority and by the part of the way covered."""

from matching.engine.columns import I32, Columns
from matching.engine.compiled import inlined
from matching.engine.fit import best_fit
from matching.engine.view import Couples

NAME = "skill_fit"
TITLE = "Skill fit"
WEIGHT = 10
PRIORITIES = {1: "first priority", 2: "second priority", 3: "third priority"}


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    return best_fit(c, mentor, mentee)[0]


def sentences(couples: Couples) -> list[str]:
    return covering(couples, couples.mentors, couples.mentees, couples.cover)


def covering(couples: Couples, givers: list[str], takers: list[str], covers: I32) -> list[str]:
    skills = couples.problem.people.skill_names
    return [
        f"{giver} offers {skills[skill]} at level {level}, {taker}’s {PRIORITIES[priority]}."
        if level > 0 and priority > 0
        else ""
        for giver, taker, (skill, level, priority, _, _) in zip(givers, takers, covers.tolist(), strict=True)
    ]
