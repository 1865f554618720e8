"""Copying a programme, so that this year's begins where last year's left off."""

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone

from mentoring.actions.base import record
from mentoring.models import AuditEntry, EnrolmentQuestion, Invitee, Person, Programme
from mentoring.signals import programme_copied

OWN = {"id", "name", "status", "announcing", "announced_up_to", "created_by", "created_at", "version"}
DATES = ("enrol_from", "enrol_until", "starts_on", "ends_on")
YEAR = re.compile(r"\b20\d\d\b")
LONGEST_NAME = 120


@transaction.atomic
def copy(programme: Programme, *, by: Person) -> Programme:
    """A draft with the same choices, texts, questions and named people; its dates moved on by whole years until
    enrolment does not lie behind."""
    names = [field.name for field in Programme._meta.concrete_fields if field.name not in OWN]
    years = _years_on(programme.enrol_until, timezone.localdate())
    made = Programme(**{name: getattr(programme, name) for name in names}, created_by=by)
    for date in DATES:
        setattr(made, date, _later(getattr(programme, date), years))
    made.name = _name_for(programme.name, years)
    made.save()
    Invitee.objects.bulk_create(
        Invitee(programme=made, person_id=pk)
        for pk in programme.invitees.filter(person__left_on__isnull=True).values_list("person", flat=True)
    )
    EnrolmentQuestion.objects.bulk_create(
        EnrolmentQuestion(programme=made, text=q.text, kind=q.kind, choices=q.choices, is_required=q.is_required)
        for q in programme.questions.asked()
    )
    record(AuditEntry.Action.PROGRAMME_COPIED, made, by=by, of=programme.name)
    programme_copied.send(sender=Programme, programme=made, of=programme)
    return made


def _years_on(until: dt.date, today: dt.date) -> int:
    years = max(today.year - until.year, 0)
    return years if _later(until, years) >= today else years + 1


def _later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _name_for(name: str, years: int) -> str:
    """With the year in it moved on; else with “copy” behind it; of each name there is one."""
    moved = YEAR.sub(lambda year: str(int(year.group()) + years), name)
    tries = [moved] if moved != name else []
    tries += [f"{name[: LONGEST_NAME - 12]} (copy{f' {n}' if n > 1 else ''})" for n in range(1, 100)]
    taken = set(Programme.objects.filter(name__in=tries).values_list("name", flat=True))
    return next(each for each in tries if each not in taken)
