"""The site: settings, URLs, Celery, the home page, health, the embedded services. Imported by no other app."""

from reverse_mentoring.celery import app as celery_app

__all__ = ["celery_app"]
