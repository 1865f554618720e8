"""Celery's doors into this app, one file for each part of it; Celery finds those that stand here."""
