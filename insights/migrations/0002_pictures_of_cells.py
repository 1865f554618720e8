import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Counted anew within the hour; until then a filtered picture is empty."""

    dependencies = [("insights", "0001_figures_counted_beforehand"), ("mentoring", "0001_initial")]

    operations = [
        migrations.AddField("flow", "level", models.PositiveSmallIntegerField(default=15)),
        migrations.AddField(
            "flow", "department",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+",
                to="mentoring.department",
            ),
        ),
        migrations.AddField(
            "flow", "site",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+",
                to="mentoring.site",
            ),
        ),
        migrations.AddField("flow", "band", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("flow", "cohort", models.DateField(null=True)),
        migrations.AddField("flow", "month", models.DateField(null=True)),
        migrations.RemoveConstraint("flow", "flow_once"),
        migrations.AddConstraint(
            "flow",
            models.UniqueConstraint(
                condition=models.Q(level=15), fields=("programme", "kind", "source", "target"), name="flow_once"
            ),
        ),
        migrations.AddIndex(
            "flow",
            models.Index(
                condition=models.Q(level=0), fields=["programme", "kind", "department", "site", "band"],
                name="flow_cell",
            ),
        ),
    ]
