"""Matching runs and the suggestions that come of them."""

from matching.models.run import LeftOut, MatchingRun
from matching.models.suggestion import Suggestion

__all__ = ["LeftOut", "MatchingRun", "Suggestion"]
