"""What every action shares: the row lock and the audit row."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from mentoring.models import AuditEntry, Person

M = TypeVar("M", bound=models.Model)


def lock(row: M, *related: str) -> M:
    """The row as it is now, locked until the transaction ends. Raises DoesNotExist where it is gone."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    return rows.select_related(*related).get(pk=row.pk) if related else rows.get(pk=row.pk)


def record(action: AuditEntry.Action, on: models.Model, *, by: Person | None, **changes: Any) -> None:
    """Writes the audit row. `changes` maps a field to [old, new] or to a value; never private words."""
    AuditEntry.objects.create(
        action=action,
        by=by,
        object_type=on._meta.model_name or "",
        object_id=on.pk,
        object_name=str(on)[:200],
        changes=changes,
    )


def refuse_stale(now: object, seen: object) -> None:
    """Raises ValidationError if the page was made from an older row; `seen` is its version, or None to let it pass."""
    if seen is not None and seen != now:
        raise ValidationError(
            "Somebody changed this while you had the page open, so nothing was saved. What you typed is still here: "
            "compare it with what stands there now, then save again.",
            code="stale",
        )
