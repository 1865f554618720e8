"""Celery's doors into this app, one file for each part of it; Celery finds those that stand here."""

from mentoring.tasks.meetings import remind_of_meetings
from mentoring.tasks.programmes import announce, look_after_invitations

__all__ = ["announce", "look_after_invitations", "remind_of_meetings"]
