"""Agreements, goals, check-ins."""

from goals.models.agreement import Agreement, AgreementVersion, Signature
from goals.models.check_in import CheckIn
from goals.models.goal import Goal, GoalRating, Milestone

__all__ = ["Agreement", "AgreementVersion", "CheckIn", "Goal", "GoalRating", "Milestone", "Signature"]
