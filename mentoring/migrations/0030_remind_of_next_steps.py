"""When the owner of a next step is reminded."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mentoring", "0029_reporting_lines_of_many")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="agreedstep",
            name="remind_at",
            field=models.DateTimeField(
                blank=True, help_text="When its owner is reminded; nothing once that is done.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="agreedstep",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)), fields=["remind_at"], name="agreed_step_remind"
            ),
        ),
    ]
