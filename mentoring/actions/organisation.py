"""Departments, sites and grades."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from mentoring.actions.base import record
from mentoring.models import AuditEntry, Department, Grade, Person, Site, TransitionError

Part = Department | Site | Grade


@transaction.atomic
def save_part(part: Part, *, by: Person, **fields: Any) -> None:
    """Adds it, or changes it. Whoever breaks a rule of the database has passed by the form."""
    old = (
        {}
        if part.pk is None
        else type(part)._default_manager.select_for_update().filter(pk=part.pk).values(*fields).first()
    )
    if old is None:
        raise TransitionError("This was removed meanwhile. Go back to the list.")
    for field, value in fields.items():
        setattr(part, field, value)
    part.save()
    record(AuditEntry.Action.ORGANISATION_CHANGED, part, by=by, **{f: [old.get(f), v] for f, v in fields.items()})


@transaction.atomic
def remove_part(part: Part, *, by: Person) -> None:
    """Only what nobody belongs to goes."""
    record(AuditEntry.Action.ORGANISATION_CHANGED, part, by=by, name=[part.name, None])
    try:
        part.delete()
    except ProtectedError as error:
        raise TransitionError(f"People belong to {part}. Move them elsewhere first.") from error
