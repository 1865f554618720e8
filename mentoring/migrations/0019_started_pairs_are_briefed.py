from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0018_pairs_that_started_were_briefed")]

    operations = [
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'quick'), models.Q(('status__in', ('active', 'paused', 'completed', 'ended')), _negated=True), models.Q(('mentee_briefed_at__isnull', False), ('mentor_briefed_at__isnull', False)), _connector='OR'), name='pair_started_is_briefed'),
        ),
    ]
