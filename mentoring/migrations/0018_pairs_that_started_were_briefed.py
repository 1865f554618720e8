"""Pairs that started before there were briefings to confirm count as briefed on the day they started."""

from django.db import migrations
from django.db.models import F


def count_as_briefed(apps, schema_editor):
    pairs = apps.get_model("mentoring", "Pair").objects.filter(kind="programme", started_at__isnull=False)
    pairs.update(
        begun_at=F("started_at"), mentor_briefed_at=F("started_at"), mentee_briefed_at=F("started_at")
    )


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0017_beginning_of_a_pair")]

    operations = [migrations.RunPython(count_as_briefed, migrations.RunPython.noop)]
