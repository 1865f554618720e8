"""Which of the texts that the product ships go with a meeting."""

from mentoring.models import Meeting, Pair, Person
from mentoring.texts import Agenda, agendas, starters

MOST_STARTERS = 3


def agenda_for(pair: Pair) -> Agenda | None:
    """A suggestion for the next meeting, by how far the pair is; a quick question needs none."""
    if pair.is_quick:
        return None
    if pair.is_beginning:
        return agendas()["introduction"]
    held = pair.meetings.filter(status=Meeting.Status.HELD).count()
    if held <= pair.with_introduction:
        return agendas()["first"]
    return agendas()["last" if held >= pair.meetings_planned - 1 else "middle"]


def starters_for(pair: Pair, person: Person) -> tuple[str, ...]:
    """Questions that this person may ask, from the category of the skill."""
    found = starters().get(pair.skill.category.slug)
    if found is None:
        return ()
    return (found.for_mentor if person.pk == pair.mentor_id else found.for_mentee)[:MOST_STARTERS]
