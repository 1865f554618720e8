"""Matching runs, the suggestions that come of them, and HR's bulk approvals."""

from matching.models.bulk import BulkApproval
from matching.models.run import LeftOut, MatchingRun
from matching.models.suggestion import Suggestion

__all__ = ["BulkApproval", "LeftOut", "MatchingRun", "Suggestion"]
