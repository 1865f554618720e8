"""The Celery application and its clock. Beat only wakes work up; what is due is a question to PostgreSQL."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reverse_mentoring.settings")

app = Celery("reverse_mentoring")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "deliver the outbox": {"task": "notifications.tasks.deliver", "schedule": 15.0},
    "gather the digests": {"task": "notifications.tasks.send_digests", "schedule": 60.0},
    "tell of programmes that opened": {"task": "mentoring.tasks.announce", "schedule": 60.0},
    "look after check-ins": {"task": "goals.tasks.look_after_check_ins", "schedule": 60.0},
    "publish what leaders changed": {"task": "mentoring.tasks.publish_improvements", "schedule": 600.0},
    "look after surveys": {"task": "goals.tasks.look_after_surveys", "schedule": 60.0},
    "look after pairs": {"task": "goals.tasks.look_after_pairs", "schedule": 60.0},
    "remind of meetings": {"task": "mentoring.tasks.remind_of_meetings", "schedule": 60.0},
    "remind of next steps": {"task": "mentoring.tasks.remind_of_next_steps", "schedule": 60.0},
    "take up work of killed workers": {"task": "matching.tasks.take_up_again", "schedule": 30.0},
    "look after requests": {"task": "matching.tasks.look_after_requests", "schedule": 60.0},
    "count the dashboards' figures": {"task": "insights.tasks.refresh_due", "schedule": 60.0},
    "re-check pairs": {"task": "mentoring.tasks.recheck_pairs", "schedule": 600.0},
    "look after imports of people": {"task": "mentoring.tasks.look_after_imports", "schedule": 30.0},
    "look after invitations": {"task": "mentoring.tasks.look_after_invitations", "schedule": 60.0},
}
