from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Concurrently, so that nobody waits while everybody is read. The lists of people go by it, and count in it."""

    atomic = False
    dependencies = [("mentoring", "0032_room_in_staged_rows")]

    operations = [
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(
                fields=["name", "user"],
                include=["kind"],
                condition=models.Q(left_on__isnull=True),
                name="person_here_by_name",
            ),
        ),
    ]
