"""The product's own settings, with a middleware in front that tells what a page cost."""

import os

from reverse_mentoring.settings import *  # noqa: F403
from reverse_mentoring.settings import CACHES, MIDDLEWARE

if os.environ.get("KEEP_NOTHING"):
    CACHES["process"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
MIDDLEWARE.insert(0, "benchmarks.measure.Measure")
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
