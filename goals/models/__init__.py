"""Agreements, goals, check-ins, brainstorms, feedback, raised hands."""

from goals.models.agreement import Agreement, AgreementVersion, Signature
from goals.models.brainstorm import Brainstorm, Decision, Pace, Thought
from goals.models.check_in import CheckIn
from goals.models.evidence import Evidence
from goals.models.feedback import Feedback
from goals.models.goal import Goal, GoalRating, Milestone
from goals.models.hand import Hand, HandMessage
from goals.models.survey import Rating, Sheet, Statement, Survey

__all__ = [
    "Agreement",
    "AgreementVersion",
    "Brainstorm",
    "CheckIn",
    "Decision",
    "Evidence",
    "Feedback",
    "Goal",
    "GoalRating",
    "Hand",
    "HandMessage",
    "Milestone",
    "Pace",
    "Rating",
    "Sheet",
    "Signature",
    "Statement",
    "Survey",
    "Thought",
]
