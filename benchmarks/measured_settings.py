"""The product's own settings, with a middleware in front that tells what a page cost."""

from reverse_mentoring.settings import *  # noqa: F403
from reverse_mentoring.settings import MIDDLEWARE

MIDDLEWARE.insert(0, "benchmarks.measure.Measure")
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
