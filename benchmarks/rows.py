"""Writes many rows by one statement, with what a model's own defaults say for every column that is not named."""

from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], source: str, **values: str) -> int:
    """INSERT … SELECT over `source` (what follows FROM); each value is an SQL expression. Returns how many rows."""
    columns, expressions, parameters = [], [], []
    for field in model._meta.concrete_fields:
        given = values.pop(field.attname, values.pop(field.name, None))
        if given is None and isinstance(field, models.AutoField):
            continue
        columns.append(connection.ops.quote_name(field.column or ""))
        if given is not None:
            expressions.append(given.replace("%", "%%"))
        else:
            expressions.append(f"%s::{field.db_type(connection)}" if not _is_now(field) else "now()")
            parameters += [] if _is_now(field) else [default_of(field)]
    assert not values, f"{model.__name__} has no {sorted(values)}"
    table = connection.ops.quote_name(model._meta.db_table)
    rows = source.replace("%", "%%")
    sql = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(expressions)} FROM {rows}"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def _is_now(field: "models.Field[Any, Any]") -> bool:
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))


def default_of(field: "models.Field[Any, Any]") -> Any:
    return field.get_db_prep_save(field.get_default(), connection)


def analyze() -> None:
    """What autovacuum would have done by itself on a site that lives."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
