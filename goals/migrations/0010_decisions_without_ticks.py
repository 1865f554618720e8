"""Ticks stand on the pair's list alone."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("goals", "0009_move_steps_of_brainstorms")]

    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="decision", name="decision_done_is_a_step"),
        migrations.RemoveField(model_name="decision", name="done_at"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step__isnull", True),
                    models.Q(("carried_out_at__isnull", False), ("kind", "step")),
                    _connector="OR",
                ),
                name="decision_with_a_step_is_one",
            ),
        ),
    ]
