"""What a person writes for themselves alone. These actions leave no audit row: not even that they happened shows."""

from django.db import transaction

from mentoring.actions import inventory
from mentoring.models import Person, RatherNotList, Skill, SwotEntry


@transaction.atomic
def add_entry(person: Person, quadrant: SwotEntry.Quadrant, text: str) -> SwotEntry:
    """Pressing twice makes one entry. The words are encrypted, so they are compared here and not by the database."""
    Person.objects.select_for_update().get(pk=person.pk)
    for entry in SwotEntry.objects.filter(person=person, quadrant=quadrant):
        if entry.text == text:
            return entry
    return SwotEntry.objects.create(person=person, quadrant=quadrant, text=text)


def remove_entry(entry: SwotEntry) -> None:
    """The offer or wish that came of it stays."""
    entry.delete()


@transaction.atomic
def turn_into_offer(entry: SwotEntry, skill: Skill, *, level: int) -> None:
    """The skill joins the inventory; an offer that is there already keeps its evidence."""
    offer = entry.person.offers.filter(skill=skill).first()
    words = {"learned": offer.learned, "used": offer.used} if offer else {}
    entry.offer = inventory.set_offer(entry.person, skill, level=level, **words)
    entry.save(update_fields=["offer"])


@transaction.atomic
def turn_into_wish(entry: SwotEntry, skill: Skill, *, priority: int, present: int, wanted: int) -> None:
    entry.wish = inventory.set_wish(entry.person, skill, priority=priority, present=present, wanted=wanted)
    entry.save(update_fields=["wish"])


@transaction.atomic
def add_rather_not(person: Person, other: Person) -> None:
    _change_rather_not(person, add={other.pk})


@transaction.atomic
def remove_rather_not(person: Person, other_id: int) -> None:
    _change_rather_not(person, remove={other_id})


def _change_rather_not(
    person: Person, *, add: frozenset[int] | set[int] = frozenset(), remove: set[int] | None = None
) -> None:
    RatherNotList.objects.get_or_create(person=person)
    row = RatherNotList.objects.select_for_update().get(person=person)
    row.person_ids = list((set(row.person_ids) | add - {person.pk}) - (remove or set()))
    row.save()
