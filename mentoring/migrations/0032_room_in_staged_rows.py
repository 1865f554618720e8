from django.db import migrations


class Migration(migrations.Migration):
    """The rows of an import are written some five times each; with room on their page the indexes stay as they are."""

    dependencies = [("mentoring", "0031_reminders_of_steps_taken_on_before")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE mentoring_importrow SET (fillfactor = 40)", "ALTER TABLE mentoring_importrow RESET (fillfactor)"
        )
    ]
