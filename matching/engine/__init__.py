"""The matching engine: the best possible pairing, proven and explained. `docs/matching.md` says what it works out.

Columns (`People`) and a `Policy` in, a `Result` out. It knows no Django, no Celery and no database.
"""

from matching.engine.blocks import BlockMaker
from matching.engine.changes import smallest_changes
from matching.engine.compiled import ENGINE_VERSION
from matching.engine.engine import score_pair, warm_up
from matching.engine.fairness import fairness
from matching.engine.findings import Findings, look_into
from matching.engine.live import LiveAnswer
from matching.engine.marks import mark_of_input, mark_without_lists
from matching.engine.people import InputError, People
from matching.engine.policy import Policy
from matching.engine.result import (
    Alternative,
    BrokenRule,
    Certificate,
    Change,
    Criterion,
    Fairness,
    Floor,
    LeftOut,
    NextMentors,
    Objective,
    PairScore,
    Result,
    Role,
    RuleCount,
    SkillNeed,
    SuggestedPair,
)
from matching.engine.rows import PersonRow, Wish, gather
from matching.engine.supply import next_mentors, skill_needs
from matching.engine.what_if import Difference, Outcome, compare, standing, what_if
from matching.engine.worst_off import solve, verify

__all__ = [
    "ENGINE_VERSION",
    "Alternative",
    "BlockMaker",
    "BrokenRule",
    "Certificate",
    "Change",
    "Criterion",
    "Difference",
    "Fairness",
    "Findings",
    "Floor",
    "InputError",
    "LeftOut",
    "LiveAnswer",
    "NextMentors",
    "Objective",
    "Outcome",
    "PairScore",
    "People",
    "PersonRow",
    "Policy",
    "Result",
    "Role",
    "RuleCount",
    "SkillNeed",
    "SuggestedPair",
    "Wish",
    "compare",
    "fairness",
    "gather",
    "look_into",
    "mark_of_input",
    "mark_without_lists",
    "next_mentors",
    "score_pair",
    "skill_needs",
    "smallest_changes",
    "solve",
    "standing",
    "verify",
    "warm_up",
    "what_if",
]
