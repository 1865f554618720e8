from importlib import import_module

from django.db import migrations

FIRST = import_module("mentoring.migrations.0014_reporting_lines").TRIGGERS
AS_BEFORE = FIRST[: FIRST.index("$$;") + 3].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
# How many rows a statement has changed is known to nobody when it is planned, and what is known of a table's values is
# older than the statement that writes them: by loops, each of 100,000 people changed at once would be compared with each
# other. Hash joins cost the same either way.
OF_MANY = """
CREATE OR REPLACE FUNCTION mentoring_reporting_lines() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    moved bigint[];
    affected bigint[];
    reached bigint;
    loops text := current_setting('enable_nestloop');
BEGIN
    PERFORM set_config('enable_nestloop', 'off', true);
    IF TG_OP = 'INSERT' THEN
        moved := ARRAY(SELECT user_id FROM new_rows WHERE manager_id IS NOT NULL);
    ELSE
        moved := ARRAY(
            SELECT n.user_id FROM new_rows n JOIN old_rows o USING (user_id)
            WHERE n.manager_id IS DISTINCT FROM o.manager_id
        );
    END IF;
    IF cardinality(moved) <= 500 THEN
        PERFORM set_config('enable_nestloop', loops, true);
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
    PERFORM set_config('enable_nestloop', loops, true);
    IF reached < cardinality(affected) THEN
        RAISE EXCEPTION 'These people would report to themselves in the end.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'person_reports_in_no_circle';
    END IF;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0028_import_people_and_watch_over_pairs")]

    operations = [migrations.RunSQL(OF_MANY, AS_BEFORE)]
