"""What a next step of a brainstorm became on the pair's list."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("goals", "0007_surveys"),
        ("mentoring", "0031_reminders_of_steps_taken_on_before"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="decision",
            name="step",
            field=models.ForeignKey(
                blank=True,
                help_text="What it became on the pair's list, unless it was taken off.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="decisions",
                to="mentoring.agreedstep",
            ),
        ),
    ]
