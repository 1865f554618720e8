"""Next steps of brainstorms move to the pair's list, the ticks with them."""

import datetime as dt
from typing import Any, ClassVar

from django.db import migrations
from django.utils import timezone

DAY = dt.timedelta(days=1)


def move(apps: Any, _: Any) -> None:
    """Where the same words stand there open already, that one is it."""
    decisions, steps = apps.get_model("goals", "Decision"), apps.get_model("mentoring", "AgreedStep")
    carried_out = decisions.objects.filter(kind="step", carried_out_at__isnull=False, step=None)
    for each in carried_out.select_related("brainstorm").order_by("pk"):
        named = {"pair_id": each.brainstorm.pair_id, "owner_id": each.owner_id, "text": each.text}
        same = steps.objects.filter(**named, done_at=None).first() if each.done_at is None else None
        is_ahead = each.done_at is None and each.due_on and each.due_on > timezone.now().date() + DAY
        each.step = same or steps.objects.create(
            **named, due_on=each.due_on, done_at=each.done_at, created_at=each.carried_out_at,
            remind_at=dt.datetime.combine(each.due_on - DAY, dt.time(), tzinfo=dt.UTC) if is_ahead else None,
        )  # fmt: skip
        each.save(update_fields=["step"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("goals", "0008_steps_on_the_pairs_list")]

    operations: ClassVar = [migrations.RunPython(move, migrations.RunPython.noop)]
