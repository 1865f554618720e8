"""The matching engine: the best possible pairing, proven and explained. `docs/matching.md` says what it works out.

Columns (`People`) and a `Policy` in, a `Result` out. It knows no Django, no Celery and no database.
"""

from matching.engine.changes import smallest_changes
from matching.engine.compiled import ENGINE_VERSION
from matching.engine.engine import score_pair, solve, warm_up
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
from matching.engine.verify import verify

__all__ = [
    "ENGINE_VERSION",
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
    "score_pair",
    "smallest_changes",
    "solve",
    "verify",
    "warm_up",
]
