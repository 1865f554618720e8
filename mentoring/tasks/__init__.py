"""Celery's doors into this app, one file for each part of it; Celery finds those that stand here."""

from mentoring.tasks.imports import carry_out_import, look_after_imports
from mentoring.tasks.meetings import remind_of_meetings, remind_of_next_steps
from mentoring.tasks.pairs import recheck_pairs
from mentoring.tasks.programmes import announce, look_after_invitations, publish_improvements

__all__ = [
    "announce",
    "carry_out_import",
    "look_after_imports",
    "look_after_invitations",
    "publish_improvements",
    "recheck_pairs",
    "remind_of_meetings",
    "remind_of_next_steps",
]
