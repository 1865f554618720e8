"""What the staged rows would change, found in SQL; and what is wrong with them that one row alone does not show."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from mentoring.actions.imports.staging import Problems
from mentoring.imports.cells import BadCell
from mentoring.imports.columns import plain
from mentoring.models import ImportRow, PeopleImport

HIGHEST_LEVEL = 1000
LONGEST_LOOP = 6  # people named
MOVES = ("department", "grade", "site", "manager")

_DAYS = """
    UPDATE mentoring_importrow SET joined_on = {order}_first
    WHERE job_id = %(job)s AND joined_on IS NULL AND {order}_first IS NOT NULL
"""
_PEOPLE = (
    """
    UPDATE mentoring_importrow r SET person_id = p.user_id FROM mentoring_person p
    WHERE r.job_id = %(job)s AND p.employee_number = r.employee_number
    """,
    """
    UPDATE mentoring_importrow r SET person_id = u.id FROM mentoring_user u JOIN mentoring_person p ON p.user_id = u.id
    WHERE r.job_id = %(job)s AND r.person_id IS NULL AND lower(u.email) = r.email AND p.employee_number IS NULL
        AND p.kind = 'employee'
    """,
)
_KEYS = """
    WITH grades AS (
        SELECT grade, (
            SELECT g.id FROM mentoring_grade g WHERE lower(g.name) = lower(x.grade) OR g.level::text = x.grade
            ORDER BY lower(g.name) = lower(x.grade) DESC LIMIT 1
        ) AS id FROM (SELECT DISTINCT grade FROM mentoring_importrow WHERE job_id = %(job)s) x
    )
    UPDATE mentoring_importrow r SET department_key = d.id, site_key = s.id, grade_key = g.id,
        manager_key = COALESCE(m.person_id, -m.id, p.user_id)
    FROM mentoring_importrow x
    LEFT JOIN mentoring_department d ON lower(d.name) = lower(x.department)
    LEFT JOIN mentoring_site s ON lower(s.name) = lower(x.site)
    LEFT JOIN grades g ON g.grade = x.grade
    LEFT JOIN mentoring_importrow m ON m.job_id = x.job_id AND m.employee_number = x.manager_number
    LEFT JOIN mentoring_person p ON p.employee_number = x.manager_number
    WHERE x.job_id = %(job)s AND r.id = x.id
"""
# Each gives line and reason, of the column named beside it.
_PROBLEMS = (
    ("employee_number", """
        SELECT line, 'the number “' || employee_number || '” is on line ' || first || ' already.' FROM (
            SELECT line, employee_number, min(line) OVER (PARTITION BY employee_number) AS first
            FROM mentoring_importrow WHERE job_id = %(job)s AND employee_number IS NOT NULL
        ) x WHERE line > first
    """),
    ("employee_number", """
        SELECT r.line, p.name || ' is a partner from outside and has this number. Take it away from them first.'
        FROM mentoring_importrow r JOIN mentoring_person p ON p.user_id = r.person_id
        WHERE r.job_id = %(job)s AND p.kind = 'partner'
    """),
    ("email", """
        SELECT line, 'the address “' || email || '” is on line ' || first || ' already.' FROM (
            SELECT line, email, min(line) OVER (PARTITION BY email) AS first
            FROM mentoring_importrow WHERE job_id = %(job)s AND email IS NOT NULL
        ) x WHERE line > first
    """),
    ("email", """
        SELECT DISTINCT r.line, '“' || r.email || '” belongs to ' || p.name || CASE
            WHEN p.kind = 'partner' THEN ', a partner from outside.'
            WHEN p.employee_number IS NOT NULL THEN ', whose number is ' || p.employee_number || '.'
            ELSE ' already.' END
        FROM mentoring_importrow r
        JOIN (
            SELECT id AS user_id, lower(email) AS email FROM mentoring_user
            UNION SELECT user_id, lower(email) FROM account_emailaddress WHERE verified
        ) u ON u.email = r.email
        JOIN mentoring_person p ON p.user_id = u.user_id
        WHERE r.job_id = %(job)s AND u.user_id IS DISTINCT FROM r.person_id
    """),
    ("grade", """
        SELECT line, 'there is no grade “' || grade || '”. Add it under “Departments, sites and grades” first.'
        FROM mentoring_importrow
        WHERE job_id = %(job)s AND grade IS NOT NULL AND grade_key IS NULL
            AND NOT CASE WHEN grade ~ '^[0-9]{1,4}$' THEN grade::int <= %(highest)s ELSE false END
    """),
    ("manager_number", """
        SELECT line, 'nobody is their own manager.' FROM mentoring_importrow
        WHERE job_id = %(job)s AND manager_number = employee_number
    """),
    ("manager_number", """
        SELECT line, 'nobody has the number “' || manager_number || '”, neither in this file nor among the people here.'
        FROM mentoring_importrow WHERE job_id = %(job)s AND manager_number IS NOT NULL AND manager_key IS NULL
    """),
    ("manager_number", """
        SELECT r.line, p.name || ' has left the company.'
        FROM mentoring_importrow r JOIN mentoring_person p ON p.user_id = r.manager_key
        WHERE r.job_id = %(job)s AND p.left_on IS NOT NULL AND NOT EXISTS (
            SELECT FROM mentoring_importrow m WHERE m.job_id = r.job_id AND m.person_id = p.user_id)
    """),
)  # fmt: skip
_LOOSE = """
    WITH RECURSIVE edges AS MATERIALIZED (
        SELECT COALESCE(person_id, -id) AS pk, manager_key AS boss, line, employee_number AS number
        FROM mentoring_importrow WHERE job_id = %(job)s
        UNION ALL
        SELECT p.user_id, p.manager_id, NULL, p.employee_number FROM mentoring_person p
        LEFT JOIN mentoring_importrow r ON r.job_id = %(job)s AND r.person_id = p.user_id WHERE r.id IS NULL
    ), hung (pk) AS (
        SELECT pk FROM edges WHERE boss IS NULL
        UNION ALL
        SELECT edges.pk FROM hung JOIN edges ON edges.boss = hung.pk
    )
    SELECT edges.pk, edges.boss, edges.line, edges.number FROM edges LEFT JOIN hung USING (pk) WHERE hung.pk IS NULL
"""
_VERDICT = """
    UPDATE mentoring_importrow r SET changes = c.changes, verdict = CASE
        WHEN r.person_id IS NULL THEN 'new'
        WHEN c.is_back THEN 'back'
        WHEN c.changes ?| array['department', 'grade', 'site', 'manager'] THEN 'moved'
        WHEN c.changes <> '{{}}' THEN 'changed'
        ELSE 'same' END
    FROM (
        SELECT x.id, p.left_on IS NOT NULL AS is_back, CASE WHEN p.user_id IS NULL THEN '{{}}'::jsonb ELSE
            jsonb_strip_nulls(jsonb_build_object({pairs})) END AS changes
        FROM mentoring_importrow x
        LEFT JOIN mentoring_person p ON p.user_id = x.person_id
        LEFT JOIN mentoring_user u ON u.id = p.user_id
        LEFT JOIN mentoring_department d ON d.id = p.department_id
        LEFT JOIN mentoring_site s ON s.id = p.site_id
        LEFT JOIN mentoring_grade g ON g.id = p.grade_id
        LEFT JOIN mentoring_grade ng ON ng.id = x.grade_key
        LEFT JOIN mentoring_person m ON m.user_id = p.manager_id
        LEFT JOIN mentoring_importrow mr ON mr.job_id = x.job_id AND mr.employee_number = x.manager_number
        LEFT JOIN mentoring_person nm ON nm.user_id = x.manager_key
        WHERE x.job_id = %(job)s
    ) c WHERE r.id = c.id
"""
# Of each column: what tells that it differs, what stands there now, what would.
_DIFFERENCES = {
    "employee_number": ("p.employee_number IS DISTINCT FROM x.employee_number",
                        "p.employee_number", "x.employee_number"),
    "name": ("p.name <> x.name", "p.name", "x.name"),
    "email": ("lower(u.email) <> x.email", "u.email", "x.email"),
    "job_title": ("p.job_title <> COALESCE(x.job_title, '')", "p.job_title", "COALESCE(x.job_title, '')"),
    "department": ("lower(d.name) IS DISTINCT FROM lower(x.department)", "d.name", "x.department"),
    "grade": ("p.grade_id IS DISTINCT FROM x.grade_key OR (x.grade IS NOT NULL AND x.grade_key IS NULL)",
              "g.name", "COALESCE(ng.name, x.grade)"),
    "site": ("lower(s.name) IS DISTINCT FROM lower(x.site)", "s.name", "x.site"),
    "manager": ("p.manager_id IS DISTINCT FROM x.manager_key", "m.name", "COALESCE(mr.name, nm.name)"),
    "joined_on": ("p.joined_on IS DISTINCT FROM x.joined_on", "p.joined_on", "x.joined_on"),
}  # fmt: skip
_MISSING = """
    INSERT INTO mentoring_importrow
        (job_id, verdict, person_id, employee_number, name, email, job_title, department, grade, site)
    SELECT %(job)s, 'left', p.user_id, p.employee_number, p.name, u.email, p.job_title, d.name, g.name, s.name
    FROM mentoring_person p JOIN mentoring_user u ON u.id = p.user_id
    LEFT JOIN mentoring_department d ON d.id = p.department_id
    LEFT JOIN mentoring_site s ON s.id = p.site_id
    LEFT JOIN mentoring_grade g ON g.id = p.grade_id
    LEFT JOIN mentoring_importrow r ON r.job_id = %(job)s AND r.person_id = p.user_id
    WHERE r.id IS NULL AND {comes_from_the_file} AND NOT u.is_hr
"""
COMES_FROM_THE_FILE = "p.kind = 'employee' AND p.left_on IS NULL AND p.employee_number IS NOT NULL"
_BAD = """
    UPDATE mentoring_importrow SET verdict = 'bad'
    WHERE job_id = %(job)s AND line IN (SELECT line FROM mentoring_importproblem WHERE job_id = %(job)s)
"""
_AROUND = f"""
    SELECT count(*) FILTER (WHERE {COMES_FROM_THE_FILE}),
        count(*) FILTER (WHERE {COMES_FROM_THE_FILE} AND u.is_hr AND r.id IS NULL),
        count(*) FILTER (WHERE p.kind = 'employee' AND p.left_on IS NULL AND p.employee_number IS NULL AND r.id IS NULL)
    FROM mentoring_person p JOIN mentoring_user u ON u.id = p.user_id
    LEFT JOIN mentoring_importrow r ON r.job_id = %(job)s AND r.person_id = p.user_id AND r.line IS NOT NULL
"""
_NEW_NAMES = """
    SELECT min({column}) FROM mentoring_importrow
    WHERE job_id = %(job)s AND line > 0 AND {column} IS NOT NULL AND {column}_key IS NULL
    GROUP BY lower({column}) ORDER BY 1 LIMIT 200
"""
_FINGERPRINT = """
    SELECT md5(string_agg(concat_ws('|', verdict, line, person_id, changes), E'\\n' ORDER BY line, person_id))
    FROM mentoring_importrow WHERE job_id = %(job)s AND verdict NOT IN ('same', 'new')
"""


def run(sql: str, job: PeopleImport, **more: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"job": job.pk, **more})
        return cursor.fetchall() if cursor.description else []


def day_order(job: PeopleImport) -> str:
    """Which comes first in 03/04/2026, as the file itself shows; else as HR said; else nothing, and HR is asked."""
    [(day_only, month_only, either)] = run(
        "SELECT count(*) FILTER (WHERE month_first IS NULL), count(*) FILTER (WHERE day_first IS NULL), count(*)"
        " FROM mentoring_importrow WHERE job_id = %(job)s AND COALESCE(day_first, month_first) IS NOT NULL",
        job,
    )
    if day_only and not month_only:
        return PeopleImport.Order.DAY
    if month_only and not day_only:
        return PeopleImport.Order.MONTH
    return job.date_order or ("" if either else "none")


def settle_days(job: PeopleImport, order: str, bad: Problems) -> None:
    """Reads the days that could be either in this order; those that cannot be are told."""
    if order not in PeopleImport.Order.values or "joined_on" not in job.columns:
        return
    run(_DAYS.format(order=order), job)
    other = "month" if order == "day" else "day"
    rows = ImportRow.objects.filter(job=job, joined_on__isnull=True, **{f"{other}_first__isnull": False})
    words = f"this day can only be read with the {other} first, and the rest of the file has the {order} first."
    bad.add(BadCell(line, _heading(job, "joined_on"), words) for line in rows.values_list("line", flat=True) if line)


def compare(job: PeopleImport, bad: Problems) -> None:
    """Fills in what each row would change, who is missing, and the figures of the import; without saving it."""
    resolve(job)
    know_the_numbers(job)
    _check(job, bad)
    bad.save()
    pairs = ", ".join(
        f"'{name}', CASE WHEN {differs} THEN jsonb_build_array({old}, {new}) END"
        for name, (differs, old, new) in _DIFFERENCES.items()
        if holds(job, name)
    )
    run(_VERDICT.format(pairs=pairs), job)
    know_the_numbers(job)
    if job.problem_count:
        run(_BAD, job)
    run(_MISSING.format(comes_from_the_file=COMES_FROM_THE_FILE), job)
    _figures(job)


def know_the_numbers(job: PeopleImport, *tables: str) -> None:
    """A plan made for an empty table goes through a full one row by row; nobody else sees these rows to count them."""
    for table in ("mentoring_importrow", *tables):
        run(f"ANALYZE {table}", job)


def resolve(job: PeopleImport) -> None:
    """Who and what the words of the rows mean."""
    for sql in (*_PEOPLE, _KEYS):
        run(sql, job)
    if "manager_number" not in job.columns:  # everybody keeps the one they have
        run("UPDATE mentoring_importrow r SET manager_key = p.manager_id FROM mentoring_person p"
            " WHERE r.job_id = %(job)s AND p.user_id = r.person_id", job)  # fmt: skip


def holds(job: PeopleImport, name: str) -> bool:
    """The file has this column; one that it lacks changes nothing."""
    if name == "name":
        return True
    return ("manager_number" if name == "manager" else name) in job.columns


def _check(job: PeopleImport, bad: Problems) -> None:
    for name, sql in _PROBLEMS:
        if name in job.columns:
            bad.add(BadCell(line, _heading(job, name), why) for line, why in run(sql, job, highest=HIGHEST_LEVEL))
    if "manager_number" in job.columns:
        bad.add(_loops(job, run(_LOOSE, job)))


def _loops(job: PeopleImport, loose: Iterable[tuple[int, int, int | None, str]]) -> Iterable[BadCell]:
    """Those who would report to themselves in the end. `loose` are they and all below them."""
    of = {pk: (boss, line, number) for pk, boss, line, number in loose}
    seen: set[int] = set()
    for pk in sorted(of, key=lambda pk: of[pk][1] or 0):
        path: list[int] = []
        while pk in of and pk not in seen:
            seen.add(pk)
            path.append(pk)
            pk = of[pk][0]
        if pk not in path or len(path[path.index(pk) :]) == 1:  # one alone is told as their own manager
            continue
        loop = path[path.index(pk) :]
        words = " → ".join([of[each][2] or "?" for each in [*loop[:LONGEST_LOOP], loop[0]]])
        for each in loop:
            if line := of[each][1]:
                yield BadCell(line, _heading(job, "manager_number"), f"they would report to themselves: {words}.")


def _heading(job: PeopleImport, name: str) -> str:
    """As the file calls this column."""
    return str(job.headings[job.columns.index(name)]) if name in job.columns else plain(name)


def _figures(job: PeopleImport) -> None:
    job.counts = dict(
        run("SELECT verdict, count(*) FROM mentoring_importrow WHERE job_id = %(job)s GROUP BY verdict", job)
    )
    [(here, hr_missing, unnumbered)] = run(_AROUND, job)
    job.counts |= {"here": here, "hr_missing": hr_missing, "unnumbered": unnumbered}
    job.additions = {
        name: [word for (word,) in run(_NEW_NAMES.format(column=name), job)]
        for name in ("department", "site", "grade")
        if name in job.columns
    }
    [(job.fingerprint,)] = run(_FINGERPRINT, job)
    job.fingerprint = job.fingerprint or ""
