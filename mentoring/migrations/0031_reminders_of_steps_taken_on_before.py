"""Steps taken on before there were reminders: on the day before, at whatever hour their owner then works."""

import datetime as dt
from typing import Any, ClassVar

from django.db import migrations
from django.utils import timezone


def set_times(apps: Any, _: Any) -> None:
    steps = apps.get_model("mentoring", "AgreedStep")
    waiting = steps.objects.filter(done_at=None, due_on__gt=timezone.now().date() + dt.timedelta(days=1))
    for day in waiting.values_list("due_on", flat=True).distinct().order_by("due_on"):
        before = dt.datetime.combine(day - dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC)
        waiting.filter(due_on=day).update(remind_at=before)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mentoring", "0030_remind_of_next_steps")]

    operations: ClassVar = [migrations.RunPython(set_times, migrations.RunPython.noop)]
