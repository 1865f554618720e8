"""What every action shares: the row locks and the audit row.

Who locks several rows takes them in this order, so that no two transactions wait for each other: person, programme,
enrolments by key, pairs by key. One pair is opened in one transaction.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection, models

from mentoring.models import AuditEntry, Person

M = TypeVar("M", bound=models.Model)
STALE = "stale"


def lock(row: M, *related: str) -> M:
    """The row as it is now, locked until the transaction ends. Raises DoesNotExist where it is gone.

    Keys never change, so the lock leaves alone who only writes a row that points at this one.
    """
    rows = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related(*related).get(pk=row.pk) if related else rows.get(pk=row.pk)


def lock_all(rows: "models.QuerySet[M]") -> list[M]:
    """These rows as they are now, locked in the order of their keys."""
    return list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))


def hold(row: M) -> M:
    """The row as it is now, kept from changing until the transaction ends. Many may hold it at once, none lock it."""
    model = type(row)
    table, key = (connection.ops.quote_name(name or "") for name in (model._meta.db_table, model._meta.pk.column))
    for held in model._default_manager.raw(f"SELECT * FROM {table} WHERE {key} = %s FOR SHARE", [row.pk]):
        return held
    raise ObjectDoesNotExist(f"There is no {model._meta.verbose_name} with the key {row.pk}.")


def record(action: AuditEntry.Action, on: models.Model, *, by: Person | None, **changes: Any) -> None:
    """Writes the audit row. `changes` maps a field to [old, new] or to a value; never private words."""
    _entry(action, on, by, changes).save(force_insert=True)


def record_all(action: AuditEntry.Action, rows: Iterable[tuple[models.Model, Person | None]], **changes: Any) -> None:
    """The same of many, each beside who did it."""
    AuditEntry.objects.bulk_create(_entry(action, on, by, changes) for on, by in rows)


def _entry(action: AuditEntry.Action, on: models.Model, by: Person | None, changes: dict[str, Any]) -> AuditEntry:
    name = on._meta.model_name or ""
    return AuditEntry(
        action=action, by=by, object_type=name, object_id=on.pk, object_name=str(on)[:200], changes=changes
    )


def refuse_stale(now: object, seen: object) -> None:
    """Raises ValidationError if the page was made from an older row; `seen` is its version, or None to let it pass."""
    if seen is not None and seen != now:
        raise ValidationError(
            "Somebody changed this while you had the page open, so nothing was saved. What you typed is still here: "
            "compare it with what stands there now, then save again.",
            code=STALE,
        )
