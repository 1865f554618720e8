"""A programme's life: designed by HR, launched, told to those who may join, closed."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring.actions.base import lock, record, refuse_stale
from mentoring.models import AuditEntry, Department, Grade, Person, Programme, Site, TransitionError

Action = AuditEntry.Action
LONG = ("purpose", "guide")  # texts of which the audit says only that they changed
CHOSEN = {"departments": Department, "grades": Grade, "sites": Site}


@transaction.atomic
def create(*, by: Person, **fields: Any) -> Programme:
    """A draft, which HR alone sees. Raises ValidationError at the fields that are wrong."""
    programme = Programme(**fields, created_by=by)
    programme.full_clean()
    programme.save()
    record(Action.PROGRAMME_CREATED, programme, by=by)
    return programme


@transaction.atomic
def change(programme: Programme, *, by: Person, version: int, **fields: Any) -> Programme:
    """Raises ValidationError where `version` is not the present one. Pairs that are there already stay as they are."""
    programme = lock(programme)
    refuse_stale(programme.version, version)
    if programme.status == Programme.Status.CLOSED:
        raise TransitionError("This programme is closed. Open it again before you change it.")
    changes = {name: [getattr(programme, name), value] for name, value in fields.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if not changes:
        return programme
    for name, (_, new) in changes.items():
        setattr(programme, name, new)
    programme.version += 1
    programme.full_clean()
    programme.save()
    told = {
        name: "changed" if name in LONG else [_told(name, value) for value in both] for name, both in changes.items()
    }
    record(Action.PROGRAMME_CHANGED, programme, by=by, **told)
    return programme


def _told(name: str, value: Any) -> str:
    if name not in CHOSEN:
        return str(value)
    return ", ".join(CHOSEN[name]._default_manager.filter(pk__in=value).values_list("name", flat=True))


@transaction.atomic
def launch(programme: Programme, *, by: Person, announce: bool = False) -> Programme:
    """Opens a draft, or a closed programme again. With `announce`, everybody who may join is told.

    They are told from the day on that enrolment opens, in batches, by `announcements.announce_next`.
    """
    programme = lock(programme)
    programme.move_to(Programme.Status.LAUNCHED)
    if programme.enrol_until < timezone.localdate() and announce:
        raise TransitionError("Enrolment has closed already. Move its dates before you tell people about it.")
    if not programme.is_for_everybody and not Person.objects.who_may_join(programme).exists():
        raise TransitionError("Nobody may join so far. Choose departments, grades or sites, or name people.")
    programme.announcing, programme.announced_up_to = announce, 0
    programme.version += 1
    programme.save(update_fields=["status", "announcing", "announced_up_to", "version"])
    record(Action.PROGRAMME_LAUNCHED, programme, by=by, announce=announce)
    return programme


@transaction.atomic
def close(programme: Programme, *, by: Person) -> Programme:
    """No more enrolment, matching or invitations. Running pairs go on; open invitations are taken back in batches."""
    programme = lock(programme)
    programme.move_to(Programme.Status.CLOSED)
    programme.announcing = False
    programme.version += 1
    programme.save(update_fields=["status", "announcing", "version"])
    record(Action.PROGRAMME_CLOSED, programme, by=by)
    return programme
