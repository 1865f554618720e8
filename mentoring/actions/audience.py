"""The people whom HR names as ones who may join a programme, besides those who fit its choices."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from mentoring.actions.base import lock, record
from mentoring.actions.people import change_profile
from mentoring.models import AuditEntry, Invitee, Person, Programme, TransitionError
from mentoring.notices import programmes as notices

SHOWN = 8
CHUNK = 5000


@transaction.atomic
def name_people(programme: Programme, lines: Sequence[str], *, by: Person) -> int:
    """Adds the colleagues of these e-mail addresses and employee numbers, all of them or, where one is unknown, none.

    Returns how many are new. Raises ValidationError that names the lines which are nobody's.
    """
    programme = _open(programme)
    known = _people(lines)
    unknown = [line for line in lines if line.lower() not in known]
    if unknown:
        more = f" and {len(unknown) - SHOWN} more" if len(unknown) > SHOWN else ""
        raise ValidationError(
            f"No colleague who is here has this address or number: {', '.join(unknown[:SHOWN])}{more}. "
            "Correct or remove it; nobody was added."
        )
    before = programme.invitees.count()
    rows = [Invitee(programme=programme, person_id=pk) for pk in sorted(set(known.values()))]
    Invitee.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)
    new = programme.invitees.count() - before
    if new:
        record(AuditEntry.Action.AUDIENCE_CHANGED, programme, by=by, added=new)
    return new


def _people(lines: Sequence[str]) -> dict[str, int]:
    """Address or number, in lower case → the person's key."""
    here = Person.objects.here().employees()
    found: dict[str, int] = {}
    for start in range(0, len(lines), CHUNK):
        part = [line.lower() for line in lines[start : start + CHUNK]]
        for column in (Lower("user__email"), Lower("employee_number")):
            rows: Iterable[tuple[str, int]] = (
                here.annotate(written=column).filter(written__in=part).values_list("written", "pk")
            )
            found.update(rows)
    return found


@transaction.atomic
def approve_partner(partner: Person, programme: Programme, *, until: dt.date, by: Person) -> bool:
    """Lets a partner from outside who is here already join one more programme, with access until that day; the day is
    theirs for every programme. False where they may join it already, and then the day alone is set."""
    partner = lock(partner, "user")
    if partner.kind != Person.Kind.PARTNER or partner.has_left:
        raise TransitionError("This is for partners from outside who are here.")
    if until <= timezone.localdate():
        raise ValidationError({"partner_until": "This day must lie ahead."})
    programme = _open(programme)
    if programme.status != Programme.Status.LAUNCHED:
        raise TransitionError("This programme is not launched yet, so there is nothing to join.")
    if until != partner.partner_until:
        change_profile(partner, by=by, partner_until=until)
        partner.partner_until = until
    _, is_new = Invitee.objects.get_or_create(programme=programme, person=partner)
    if is_new:
        record(AuditEntry.Action.AUDIENCE_CHANGED, programme, by=by, added=partner.name)
        notices.partner_approved(partner, programme)
    return is_new


@transaction.atomic
def take_off(programme: Programme, person_id: int, *, by: Person) -> None:
    """Takes a named person off the list. Who has enrolled stays enrolled."""
    programme = _open(programme)
    named = programme.invitees.filter(person=person_id).select_related("person").first()
    if named is not None:
        record(AuditEntry.Action.AUDIENCE_CHANGED, programme, by=by, removed=named.person.name)
        named.delete()


def _open(programme: Programme) -> Programme:
    programme = lock(programme)
    if programme.status == Programme.Status.CLOSED:
        raise TransitionError("This programme is closed. Open it again before you change it.")
    return programme
