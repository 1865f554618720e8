"""Writes what HR said yes to, in one transaction and a few statements, whatever the number of people."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, models

from mentoring.actions.base import record
from mentoring.actions.imports.compare import holds, know_the_numbers, run
from mentoring.actions.leaving import leave_all
from mentoring.models import AuditEntry, ImportRow, PeopleImport, Person, User
from mentoring.models.people_import import ImportProblem

Told = Callable[[str, float], None]
Action = AuditEntry.Action

# Nobody's page is saved meanwhile; then the reporting lines stand still. Whoever changes one person locks in the same
# order.
_LOCK = (
    "SELECT count(*) FROM (SELECT user_id FROM mentoring_person ORDER BY user_id FOR NO KEY UPDATE) x",
    "SELECT pg_advisory_xact_lock(hashtext('mentoring_reporting_lines'))",
)
_NEW_DEPARTMENTS = """
    INSERT INTO mentoring_department (name) SELECT min(department) FROM mentoring_importrow
    WHERE job_id = %(job)s AND line > 0 AND department IS NOT NULL AND department_key IS NULL GROUP BY lower(department)
"""
_NEW_SITES = """
    INSERT INTO mentoring_site (name, time_zone)
    SELECT min(site), COALESCE(mode() WITHIN GROUP (ORDER BY time_zone), 'UTC') FROM mentoring_importrow
    WHERE job_id = %(job)s AND line > 0 AND site IS NOT NULL AND site_key IS NULL GROUP BY lower(site)
"""
_NEW_GRADES = """
    INSERT INTO mentoring_grade (name, level)
    SELECT DISTINCT 'Grade ' || grade::int, grade::int FROM mentoring_importrow
    WHERE job_id = %(job)s AND line > 0 AND grade IS NOT NULL AND grade_key IS NULL
"""
# The keys of what was just added, and numbers for those who are new: all in one, for each rewrites the rows.
_KEYS = """
    UPDATE mentoring_importrow r SET department_key = COALESCE(x.department_key, d.id),
        site_key = COALESCE(x.site_key, s.id), grade_key = COALESCE(x.grade_key, g.id),
        person_id = CASE x.verdict WHEN 'new' THEN nextval(pg_get_serial_sequence('mentoring_user', 'id'))
            ELSE x.person_id END
    FROM mentoring_importrow x
    LEFT JOIN mentoring_department d ON x.department_key IS NULL AND lower(d.name) = lower(x.department)
    LEFT JOIN mentoring_site s ON x.site_key IS NULL AND lower(s.name) = lower(x.site)
    LEFT JOIN mentoring_grade g ON x.grade_key IS NULL
        AND g.level = CASE WHEN x.grade ~ '^[0-9]{1,4}$' THEN x.grade::int END
    WHERE x.job_id = %(job)s AND x.line > 0 AND r.id = x.id
        AND (x.verdict = 'new' OR d.id IS NOT NULL OR s.id IS NOT NULL OR g.id IS NOT NULL)
"""
_ROWS = """
    FROM mentoring_importrow r LEFT JOIN mentoring_site s ON s.id = r.site_key
    LEFT JOIN mentoring_importrow boss ON boss.id = -r.manager_key WHERE r.job_id = %(job)s
"""
_BOSS = "COALESCE(boss.person_id, r.manager_key)"  # the key, also of one who is new
_NEW = f"{_ROWS} AND r.verdict = 'new'"
# Of each column of a person that the file may hold: the column, and its value.
_FIELDS = {
    "employee_number": ("employee_number", "r.employee_number"),
    "name": ("name", "r.name"),
    "job_title": ("job_title", "COALESCE(r.job_title, '')"),
    "department": ("department_id", "r.department_key"),
    "grade": ("grade_id", "r.grade_key"),
    "site": ("site_id", "r.site_key"),
    "joined_on": ("joined_on", "r.joined_on"),
}
_CHANGE = """
    UPDATE mentoring_person p SET {fields}, left_on = NULL, updated_at = now() FROM mentoring_importrow r
    WHERE r.job_id = %(job)s AND r.verdict IN ('changed', 'moved', 'back') AND p.user_id = r.person_id
"""
_MANAGERS = f"""
    UPDATE mentoring_person p SET manager_id = {_BOSS}, updated_at = now()
    FROM mentoring_importrow r LEFT JOIN mentoring_importrow boss ON boss.id = -r.manager_key
    WHERE r.job_id = %(job)s AND r.verdict IN ('changed', 'moved', 'back') AND p.user_id = r.person_id
        AND p.manager_id IS DISTINCT FROM {_BOSS}
"""
_ADDRESSES = (
    """
    DELETE FROM account_emailaddress a USING mentoring_importrow r
    WHERE r.job_id = %(job)s AND r.changes ? 'email' AND r.verdict IN ('changed', 'moved', 'back')
        AND a.user_id = r.person_id AND (a."primary" OR lower(a.email) = r.email)
    """,
    """
    UPDATE mentoring_user u SET email = r.email FROM mentoring_importrow r
    WHERE r.job_id = %(job)s AND r.changes ? 'email' AND r.verdict IN ('changed', 'moved', 'back')
        AND u.id = r.person_id
    """,
    """
    INSERT INTO account_emailaddress (user_id, email, verified, "primary")
    SELECT r.person_id, r.email, true, true FROM mentoring_importrow r
    WHERE r.job_id = %(job)s
        AND (r.verdict = 'new' OR r.changes ? 'email' AND r.verdict IN ('changed', 'moved', 'back'))
    """,
    """
    UPDATE mentoring_user u SET is_active = true FROM mentoring_importrow r
    WHERE r.job_id = %(job)s AND r.verdict = 'back' AND u.id = r.person_id
    """,
    """
    UPDATE mentoring_invitation i SET accepted_at = now() FROM mentoring_importrow r
    WHERE r.job_id = %(job)s AND r.verdict = 'new' AND i.accepted_at IS NULL AND lower(i.email) = r.email
    """,
)
# What an audit row says: an address that changed is noted, but stands there neither before nor after.
_NOTED = """
    CASE WHEN r.changes ? 'email' THEN r.changes || '{"email": "changed"}' ELSE r.changes END
"""
_ACTIONS = f"""
    CASE r.verdict WHEN 'new' THEN '{Action.PERSON_IMPORTED}' WHEN 'back' THEN '{Action.PERSON_BACK}'
        ELSE '{Action.PERSON_CHANGED}' END
"""


def lock_people(job: PeopleImport) -> None:
    for sql in _LOCK:
        run(sql, job)


def write(job: PeopleImport, tell: Told) -> None:
    """Everything but the leavers. The rows must have been compared under the lock of `lock_people`."""
    tell("Adding departments, sites and grades", 40)
    for sql in (_NEW_DEPARTMENTS, _NEW_SITES, _NEW_GRADES, _KEYS):
        run(sql, job)
    know_the_numbers(job)
    tell(f"Adding those who are new: {job.counts.get('new', 0):,}", 45)
    insert(User, job, _NEW, id="r.person_id", email="r.email", password=_NO_PASSWORD, date_joined="now()")
    zone = "COALESCE(r.time_zone, s.time_zone, 'UTC')"
    insert(
        Person, job, _NEW, None, user_id="r.person_id", manager_id=_BOSS, time_zone=zone, updated_at="now()",
        **dict(_FIELDS.values()),
    )  # fmt: skip
    know_the_numbers(job, "mentoring_user", "mentoring_person")
    tell("Changing people", 60)
    fields = ", ".join(f"{column} = {value}" for name, (column, value) in _FIELDS.items() if holds(job, name))
    run(_CHANGE.format(fields=fields), job)
    for sql in _ADDRESSES:
        run(sql, job)
    if holds(job, "manager"):
        tell("Setting the reporting lines", 70)
        run(_MANAGERS, job)
    tell("Writing the audit", 80)
    _note(job)


_NO_PASSWORD = "'!' || replace(gen_random_uuid()::text, '-', '') || substr(md5(random()::text), 1, 8)"


def _note(job: PeopleImport) -> None:
    """One audit row for each person, and one for the import."""
    insert(
        AuditEntry, job, f"{_ROWS} AND r.verdict IN ('new', 'changed', 'moved', 'back')",
        {"by_id": job.by_id, "object_type": "person"},
        action=_ACTIONS, object_id="r.person_id", object_name="left(r.name, 200)", changes=_NOTED, at="now()",
    )  # fmt: skip
    kept = ("new", "changed", "moved", "back", "same")
    record(Action.PEOPLE_IMPORTED, job, by=job.by, **{kind: job.counts.get(kind, 0) for kind in kept})


def insert(
    model: type[models.Model], job: PeopleImport, source: str, constants: Mapping[str, Any] | None = None, **given: str
) -> None:
    """INSERT … SELECT with the defaults that the model gives to the columns not named."""
    columns, values, constant = [], [], dict(constants or {})
    for field in model._meta.concrete_fields:
        column = field.column or field.name
        if column in given:
            value = given[column]
        elif field.primary_key and column not in constant:
            continue
        else:
            default = constant[column] if column in constant else field.get_default()
            constant[column] = field.get_db_prep_save(default, connection)
            value = f"%({column})s"
        columns.append(connection.ops.quote_name(column))
        values.append(value)
    into = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
    run(f"{into} SELECT {', '.join(values)} {source}", job, **constant)


def write_leavers(job: PeopleImport, tell: Told) -> int:
    """Those missing leave as anybody does. Whoever works in HR by now, or has left, is passed over."""
    missing = ImportRow.objects.filter(job=job, verdict=ImportRow.Verdict.LEFT)
    keys = list(missing.order_by("person").values_list("person", flat=True))

    def tell_how_many(done: int) -> None:
        tell(f"{done:,} of {len(keys):,} have left", 85 + 14 * done / len(keys))

    done = leave_all([key for key in keys if key], by=job.by, tell=tell_how_many)
    missing.delete()
    return done


def clear(job: PeopleImport) -> None:
    """What is no longer needed goes: the file, its rows, and what was wrong with them."""
    job.chunks.all().delete()
    rows = ImportRow.objects.filter(job=job)
    (rows.exclude(verdict=ImportRow.Verdict.LEFT) if job.leavers_wait else rows).delete()
    ImportProblem.objects.filter(job=job).delete()


def let_leavers_be(jobs: "models.QuerySet[PeopleImport]") -> None:
    """Those missing from these files are no longer asked about: a newer file knows better."""
    for job in jobs.filter(status=PeopleImport.Status.DONE, with_leavers=False, counts__left__gt=0):
        job.counts["left"] = 0
        job.save(update_fields=["counts"])
        ImportRow.objects.filter(job=job).delete()
