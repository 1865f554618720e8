from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0021_help_offers")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="worst_off_first",
            field=models.BooleanField(default=False, verbose_name="the weakest pair first"),
        ),
    ]
