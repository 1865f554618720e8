"""Matching runs, the suggestions that come of them, and HR's decisions in bulk."""

from matching.models.block import RunBlock, RunGround, RunSearch
from matching.models.bulk import BulkDecision
from matching.models.desk import Comment, SavedView
from matching.models.record import RunRecord
from matching.models.run import LeftOut, MatchingRun
from matching.models.suggestion import Suggestion

__all__ = [
    "BulkDecision",
    "Comment",
    "LeftOut",
    "MatchingRun",
    "RunBlock",
    "RunGround",
    "RunRecord",
    "RunSearch",
    "SavedView",
    "Suggestion",
]
