"""Celery's doors into this app, one file for each part of it; Celery finds those that stand here."""

from mentoring.tasks.meetings import remind_of_meetings
from mentoring.tasks.programmes import announce, look_after_invitations, publish_improvements

__all__ = ["announce", "look_after_invitations", "publish_improvements", "remind_of_meetings"]
