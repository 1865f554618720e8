"""A person's inventory: the skills they offer and those they want to learn."""

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Person, Skill, SkillOffer, SkillWish

USABLE = (Skill.Status.ACCEPTED, Skill.Status.PROPOSED)


@transaction.atomic
def set_offer(person: Person, skill: Skill, *, level: int, learned: str = "", used: str = "") -> SkillOffer:
    """Offers the skill, or changes the offer that is there: pressing twice makes one line."""
    skill = _usable(skill)
    offer, is_new = SkillOffer.objects.select_for_update().get_or_create(
        person=person, skill=skill, defaults={"level": level, "learned": learned, "used": used}
    )
    old = None if is_new else offer.level
    if not is_new:
        offer.level, offer.learned, offer.used = level, learned, used
        offer.save()
    record(AuditEntry.Action.OFFER_SET, offer, by=person, level=[old, level])
    return offer


@transaction.atomic
def remove_offer(offer: SkillOffer) -> None:
    """Does nothing where it is gone: a second click removes no more than the first."""
    there = (
        SkillOffer.objects.select_for_update(of=("self",)).select_related("person", "skill").filter(pk=offer.pk).first()
    )
    if there is not None:
        record(AuditEntry.Action.OFFER_REMOVED, there, by=there.person)
        there.delete()


@transaction.atomic
def set_wish(person: Person, skill: Skill, *, priority: int, present: int, wanted: int) -> SkillWish:
    """Wishes for the skill, or changes the wish that is there."""
    skill = _usable(skill)
    if wanted <= present:
        raise ValidationError({"wanted": "Choose a level above where you are now."})
    new = {"priority": priority, "present": present, "wanted": wanted}
    wish, is_new = SkillWish.objects.select_for_update().get_or_create(person=person, skill=skill, defaults=new)
    old = {field: None if is_new else getattr(wish, field) for field in new}
    if not is_new:
        for field, value in new.items():
            setattr(wish, field, value)
        wish.save()
    record(AuditEntry.Action.WISH_SET, wish, by=person, **{field: [old[field], new[field]] for field in new})
    return wish


@transaction.atomic
def remove_wish(wish: SkillWish) -> None:
    """Does nothing where it is gone: a second click removes no more than the first."""
    there = (
        SkillWish.objects.select_for_update(of=("self",)).select_related("person", "skill").filter(pk=wish.pk).first()
    )
    if there is not None:
        record(AuditEntry.Action.WISH_REMOVED, there, by=there.person)
        there.delete()


def _usable(skill: Skill) -> Skill:
    """As it is now, and standing still: HR cannot merge it away before the line is written."""
    skill = lock(skill)
    if skill.status == Skill.Status.MERGED and skill.merged_into is not None:
        return _usable(skill.merged_into)
    if skill.status not in USABLE:
        raise ValidationError(f"HR did not take “{skill}” into the list of skills. Choose the one that comes nearest.")
    return skill
