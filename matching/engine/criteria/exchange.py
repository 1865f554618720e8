"""Exchange: what comes back, the mentor's wish that the mentee covers best."""

from matching.engine.columns import Columns
from matching.engine.compiled import inlined
from matching.engine.criteria.skill_fit import covering
from matching.engine.fit import best_fit
from matching.engine.view import Couples

NAME = "exchange"
TITLE = "Exchange"
WEIGHT = 6


@inlined
def fulfilment(c: Columns, mentor: int, mentee: int) -> int:
    return best_fit(c, mentee, mentor)[0]


def sentences(couples: Couples) -> list[str]:
    covered = covering(couples, couples.mentees, couples.mentors, couples.back)
    return [f"In return {sentence}" if sentence else "" for sentence in covered]
