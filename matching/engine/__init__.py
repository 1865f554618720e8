"""The matching engine: the best possible pairing, proven and explained. `docs/matching.md` says what it works out.

Columns (`People`) and a `Policy` in, a `Result` out. It knows no Django, no Celery and no database.
"""

from matching.engine.people import InputError, People
from matching.engine.policy import Policy
from matching.engine.result import (
    Alternative,
    BrokenRule,
    Certificate,
    Change,
    Criterion,
    LeftOut,
    Objective,
    PairScore,
    Result,
    RuleCount,
    SuggestedPair,
)
from matching.engine.rows import PersonRow, Wish, gather

__all__ = [
    "Alternative",
    "BrokenRule",
    "Certificate",
    "Change",
    "Criterion",
    "InputError",
    "LeftOut",
    "Objective",
    "PairScore",
    "People",
    "PersonRow",
    "Policy",
    "Result",
    "RuleCount",
    "SuggestedPair",
    "Wish",
    "gather",
]
