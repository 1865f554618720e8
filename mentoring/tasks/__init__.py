"""Celery's doors into this app, one file for each part of it; Celery finds those that stand here."""

from mentoring.tasks.programmes import announce, look_after_invitations

__all__ = ["announce", "look_after_invitations"]
