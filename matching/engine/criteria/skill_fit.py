"""Skill fit: the wish that the mentor covers best, by its priority and by the part of the way covered."""

from matching.engine.columns import Columns
from matching.engine.compiled import inlined
from matching.engine.fit import Cover, best_fit
from matching.engine.view import Couple, View

NAME = "skill_fit"
TITLE = "Skill fit"
WEIGHT = 10
PRIORITIES = {1: "first priority", 2: "second priority", 3: "third priority"}


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    return best_fit(c, mentor, mentee)[0]


def sentence(view: View, couple: Couple) -> str:
    return covering(view, couple.mentor, couple.mentee, couple.cover) if couple.cover else ""


def covering(view: View, giver: int, taker: int, cover: Cover) -> str:
    offer = f"{view.names[giver]} offers {view.skill(cover.skill)} at level {cover.level}"
    return f"{offer}, {view.names[taker]}’s {PRIORITIES[cover.priority]}."
