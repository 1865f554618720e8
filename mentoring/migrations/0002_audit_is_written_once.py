from django.db import migrations

FORBID = """
CREATE FUNCTION mentoring_audit_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Audit rows are written once: they cannot be changed or deleted.' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_is_written_once BEFORE UPDATE OR DELETE ON mentoring_auditentry
    FOR EACH ROW EXECUTE FUNCTION mentoring_audit_is_written_once();
"""
ALLOW = """
DROP TRIGGER audit_is_written_once ON mentoring_auditentry;
DROP FUNCTION mentoring_audit_is_written_once();
"""


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
