from django.db import migrations

from mentoring.taxonomy import load_taxonomy
from mentoring.taxonomy_rows import copy_missing


def load(apps, schema_editor):
    copy_missing(
        load_taxonomy(),
        categories=apps.get_model("mentoring", "SkillCategory").objects,
        skills=apps.get_model("mentoring", "Skill").objects,
    )


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0008_skill_updated_at")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
