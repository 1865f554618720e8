"""What HR's dashboards show of a programme: each figure one function, rows in, a named record out.

Every figure is counted from what people did. Nobody's private answer is among them.
"""

from insights.figures.bridges import Bridges, bridges
from insights.figures.check_ins import Response, check_in_response
from insights.figures.funnel import Stage, funnel
from insights.figures.meetings import Pace, meeting_pace
from insights.figures.needs import PairInNeed, in_need, needing_a_hand, pairs_in_need
from insights.figures.questions import Questions, quick_questions
from insights.figures.skills import SkillBalance, skill_balance

__all__ = [
    "Bridges",
    "Pace",
    "PairInNeed",
    "Questions",
    "Response",
    "SkillBalance",
    "Stage",
    "bridges",
    "check_in_response",
    "funnel",
    "in_need",
    "meeting_pace",
    "needing_a_hand",
    "pairs_in_need",
    "quick_questions",
    "skill_balance",
]
