"""The list of skills: people propose, HR accepts, merges or does not take up."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Person, Skill, SkillCategory, SkillOffer, SkillWish
from mentoring.notices import skills as notices

Line = TypeVar("Line", SkillOffer, SkillWish)


@transaction.atomic
def propose(name: str, *, category: SkillCategory, by: Person, description: str = "") -> Skill:
    """A new skill for HR to look at, or the one that has this name already. Raises ValidationError where HR said no."""
    skill, is_new = Skill.objects.get_or_create(
        name__iexact=name,
        defaults={
            "name": name, "category": category, "description": description, "status": Skill.Status.PROPOSED,
            "proposed_by": by,
        },
    )  # fmt: skip
    if skill.status == Skill.Status.DECLINED:
        raise ValidationError(
            {"name": "HR looked at this skill before and did not take it up. Choose the one that comes nearest."}
        )
    if is_new:
        record(AuditEntry.Action.SKILL_PROPOSED, skill, by=by)
    return skill.merged_into or skill


@transaction.atomic
def accept(skill: Skill, *, name: str, category: SkillCategory, description: str, by: Person) -> Skill:
    """Into the list for everybody, as HR words it."""
    skill = lock(skill, "category")
    skill.move_to(Skill.Status.ACCEPTED)
    if Skill.objects.filter(name__iexact=name).exclude(pk=skill.pk).exists():
        raise ValidationError({"name": "There is already a skill of this name. Merge this one into it instead."})
    changes = {"name": [skill.name, name], "category": [str(skill.category), str(category)]}
    skill.name, skill.category, skill.description = name, category, description
    skill.save()
    record(AuditEntry.Action.SKILL_ACCEPTED, skill, by=by, **{k: v for k, v in changes.items() if v[0] != v[1]})
    notices.accepted(skill)
    return skill


@transaction.atomic
def merge(skill: Skill, into: Skill, *, by: Person) -> Skill:
    """Everybody's offers and wishes move over; the name is kept as another word for the same thing."""
    skill, into = _locked_pair(skill, into)
    if into.status != Skill.Status.ACCEPTED:
        raise ValidationError({"into": "Choose a skill that is in the list."})
    skill.move_to(Skill.Status.MERGED)
    _move_offers(skill, into)
    _move_wishes(skill, into)
    Skill.objects.filter(merged_into=skill).update(merged_into=into)
    skill.merged_into = into
    skill.save()
    if skill.name.casefold() not in (alias.casefold() for alias in into.aliases):
        into.aliases = [*into.aliases, skill.name]
    into.save()
    record(AuditEntry.Action.SKILL_MERGED, skill, by=by, into=into.name)
    notices.merged(skill, into)
    return into


@transaction.atomic
def decline(skill: Skill, *, by: Person, because: str = "") -> Skill:
    """Not taken up: it leaves the inventories, and whoever proposed it hears why."""
    skill = lock(skill)
    skill.move_to(Skill.Status.DECLINED)
    skill.save()
    SkillOffer.objects.filter(skill=skill).delete()
    SkillWish.objects.filter(skill=skill).delete()
    record(AuditEntry.Action.SKILL_DECLINED, skill, by=by)
    notices.declined(skill, because)
    return skill


def _locked_pair(skill: Skill, into: Skill) -> tuple[Skill, Skill]:
    """In the order of their keys, so that two people who merge crosswise do not wait for each other."""
    if skill.pk == into.pk:
        raise ValidationError({"into": "Choose another skill to merge this one into."})
    first, second = sorted((skill, into), key=lambda row: row.pk)
    rows = {row.pk: row for row in (lock(first), lock(second))}
    return rows[skill.pk], rows[into.pk]


def _move_offers(skill: Skill, into: Skill) -> None:
    """Who had both keeps one: the better level, and evidence wherever there was some."""
    for gone, kept in _doubles(SkillOffer, skill, into):
        kept.level = max(kept.level, gone.level)
        kept.learned, kept.used = kept.learned or gone.learned, kept.used or gone.used
        _join(gone, kept)
    SkillOffer.objects.filter(skill=skill).update(skill=into)


def _move_wishes(skill: Skill, into: Skill) -> None:
    """Who had both keeps one: the higher priority, and the higher of each level."""
    for gone, kept in _doubles(SkillWish, skill, into):
        kept.priority = min(kept.priority, gone.priority)
        kept.present, kept.wanted = max(kept.present, gone.present), max(kept.wanted, gone.wanted)
        _join(gone, kept)
    SkillWish.objects.filter(skill=skill).update(skill=into)


def _doubles(model: type[Line], skill: Skill, into: Skill) -> list[tuple[Line, Line]]:
    kept = {line.person_id: line for line in model._default_manager.filter(skill=into)}
    return [
        (line, kept[line.person_id]) for line in model._default_manager.filter(skill=skill) if line.person_id in kept
    ]


def _join(gone: Line, kept: Line) -> None:
    """Whatever points at the line that goes, such as a goal, points at the one that stays."""
    kept.save()
    for relation in gone._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            name = relation.field.name
            relation.related_model._base_manager.filter(**{name: gone}).update(**{name: kept})
    gone.delete()
