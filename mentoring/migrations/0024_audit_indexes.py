from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models


class Migration(migrations.Migration):
    """Concurrently, so that nobody waits while millions of rows are read."""

    atomic = False
    dependencies = [("mentoring", "0023_audit_searched_and_readings")]

    operations = [
        AddIndexConcurrently(
            model_name='auditentry',
            index=models.Index(fields=['by', '-id'], name='audit_by'),
        ),
        AddIndexConcurrently(
            model_name='auditentry',
            index=models.Index(fields=['action', '-id'], name='audit_action'),
        ),
        AddIndexConcurrently(
            model_name='auditentry',
            index=GinIndex(SearchVector('object_name', config='simple'), name='audit_name'),
        ),
    ]
