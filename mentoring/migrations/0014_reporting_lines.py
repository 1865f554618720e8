import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# The lock makes two moves at once wait for each other, so that each sees the other's; together they could close a circle.
TRIGGERS = """
CREATE FUNCTION mentoring_reporting_lines() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    moved bigint[];
    affected bigint[];
    reached bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        moved := ARRAY(SELECT user_id FROM new_rows WHERE manager_id IS NOT NULL);
    ELSE
        moved := ARRAY(
            SELECT n.user_id FROM new_rows n JOIN old_rows o USING (user_id)
            WHERE n.manager_id IS DISTINCT FROM o.manager_id
        );
    END IF;
    IF moved = '{}' THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('mentoring_reporting_lines'));
    affected := ARRAY(
        WITH RECURSIVE below (pk) AS (
            SELECT unnest(moved)
            UNION
            SELECT p.user_id FROM mentoring_person p JOIN below ON p.manager_id = below.pk
        )
        SELECT pk FROM below
    );
    DELETE FROM mentoring_reportingline l USING unnest(affected) AS a (pk) WHERE l.person_id = a.pk;
    WITH RECURSIVE lines (person, above) AS (
        SELECT p.user_id, CASE WHEN p.manager_id IS NULL THEN '{}' ELSE p.manager_id || COALESCE(l.above, '{}') END
        FROM unnest(affected) AS a (pk)
        JOIN mentoring_person p ON p.user_id = a.pk
        LEFT JOIN mentoring_reportingline l ON l.person_id = p.manager_id
        LEFT JOIN unnest(affected) AS up (pk) ON up.pk = p.manager_id
        WHERE up.pk IS NULL
        UNION ALL
        SELECT p.user_id, lines.person || lines.above
        FROM lines JOIN mentoring_person p ON p.manager_id = lines.person
    ), written AS (
        INSERT INTO mentoring_reportingline (person_id, above) SELECT person, above FROM lines WHERE above <> '{}'
    )
    SELECT count(*) INTO reached FROM lines;
    IF reached < cardinality(affected) THEN
        RAISE EXCEPTION 'These people would report to themselves in the end.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'person_reports_in_no_circle';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER reporting_lines_of_new AFTER INSERT ON mentoring_person
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mentoring_reporting_lines();
CREATE TRIGGER reporting_lines_of_changed AFTER UPDATE ON mentoring_person
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION mentoring_reporting_lines();
INSERT INTO mentoring_reportingline (person_id, above)
    WITH RECURSIVE lines (person, above) AS (
        SELECT user_id, '{}'::bigint[] FROM mentoring_person WHERE manager_id IS NULL
        UNION ALL
        SELECT p.user_id, lines.person || lines.above FROM lines JOIN mentoring_person p ON p.manager_id = lines.person
    )
    SELECT person, above FROM lines WHERE above <> '{}';
"""
NO_TRIGGERS = """
DROP TRIGGER reporting_lines_of_new ON mentoring_person;
DROP TRIGGER reporting_lines_of_changed ON mentoring_person;
DROP FUNCTION mentoring_reporting_lines();
"""


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0013_audit_of_bulk_decisions")]

    operations = [
        migrations.CreateModel(
            name="ReportingLine",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="reporting_line",
                        serialize=False, to="mentoring.person",
                    ),
                ),
                (
                    "above",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="Keys of people: the manager first, the top last.", size=None,
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["above"], name="reporting_line_above")
                ]
            },
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
