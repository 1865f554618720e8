"""Departments, sites and grades."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from mentoring.actions.base import lock_all, record
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
    """Only what nobody belongs to goes, those who have left included: their history names it."""
    people = Person.objects.filter(**{type(part)._meta.model_name or "": part})
    here, gone = people.here().count(), people.filter(left_on__isnull=False).count()
    if here or gone:
        raise TransitionError(f"People belong to {part}: {_in_words(here, gone)}. Merge it into another instead.")
    record(AuditEntry.Action.ORGANISATION_CHANGED, part, by=by, name=[part.name, None])
    try:
        part.delete()
    except ProtectedError as error:
        raise TransitionError(f"{part} is still in use. Merge it into another instead.") from error


def _in_words(here: int, gone: int) -> str:
    words = [f"{here:,} here" if here else "", f"{gone:,} who have left" if gone else ""]
    return " and ".join(word for word in words if word)


@transaction.atomic
def merge_part(part: Part, into: Part, *, by: Person) -> int:
    """Everybody and everything that belongs to the one belongs to the other from then on. How many people that were."""
    if type(part) is not type(into) or part.pk == into.pk:
        raise TransitionError("Choose another one of the same kind to merge it into.")
    model = type(part)
    rows = {row.pk: row for row in lock_all(model._default_manager.filter(pk__in=[part.pk, into.pk]))}
    if len(rows) < 2:
        raise TransitionError("One of the two was removed meanwhile. Go back to the list.")
    people = Person.objects.filter(**{model._meta.model_name or "": part}).count()
    for relation in model._meta.related_objects:
        name, theirs = relation.field.name, relation.related_model._base_manager
        if relation.many_to_many:
            for thing in theirs.filter(**{name: part.pk}):
                getattr(thing, name).add(into.pk)
        else:
            theirs.filter(**{name: part.pk}).update(**{name: into.pk})
    record(
        AuditEntry.Action.ORGANISATION_CHANGED,
        part,
        by=by,
        merged_into=into.name,
        people=people,
        name=[part.name, None],
    )
    rows[part.pk].delete()
    return people


@transaction.atomic
def move_grade(grade: Grade, *, up: bool, by: Person) -> None:
    """Changes places with the next one; at the end of the scale nothing happens."""
    grades = lock_all(Grade.objects.all())
    scale = sorted(grades, key=lambda each: each.level)
    here = next((place for place, each in enumerate(scale) if each.pk == grade.pk), None)
    if here is None:
        raise TransitionError("This grade was removed meanwhile. Go back to the list.")
    there = here + (1 if up else -1)
    if not 0 <= there < len(scale):
        return
    one, other = scale[here], scale[there]
    levels = one.level, other.level
    Grade.objects.filter(pk=one.pk).update(level=scale[-1].level + 1)  # out of the way, for a level is unique
    Grade.objects.filter(pk=other.pk).update(level=levels[0])
    Grade.objects.filter(pk=one.pk).update(level=levels[1])
    record(AuditEntry.Action.ORGANISATION_CHANGED, one, by=by, level=[*levels])
    record(AuditEntry.Action.ORGANISATION_CHANGED, other, by=by, level=[levels[1], levels[0]])
