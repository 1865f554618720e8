"""Finds skills in the database as a person types, forgiving typing mistakes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from mentoring.models import Person, Skill
from mentoring.skill_search import Entry, SkillIndex, build_index, search


@dataclass(frozen=True)
class _Kept:
    """The index of this process, and the state of the list that it was built from."""

    state: tuple[int, datetime | None]
    index: SkillIndex


_kept: _Kept | None = None


def find_skills(query: str, *, person: Person | None = None, limit: int = 10) -> list[Skill]:
    """The best matches first, among the accepted skills and, with a person, what they proposed themselves."""
    hits = search(_accepted_index(), query, limit=limit)
    if person is not None:
        hits += search(build_index(_entries(Skill.objects.usable_by(person).proposed())), query, limit=limit)
    best = [hit.id for hit in sorted(hits, key=lambda hit: (hit.match, -hit.likeness))[:limit]]
    rows = Skill.objects.select_related("category").in_bulk(best)
    return [rows[pk] for pk in best if pk in rows]


def _accepted_index() -> SkillIndex:
    """Built anew only when a skill was added or changed, which the newest change and the number of skills tell."""
    global _kept
    accepted = Skill.objects.accepted()
    found = accepted.aggregate(number=Count("pk"), newest=Max("updated_at"))
    state = (found["number"], found["newest"])
    kept = _kept
    if kept is None or kept.state != state:
        kept = _kept = _Kept(state, build_index(_entries(accepted)))
    return kept.index


def _entries(skills: "QuerySet[Skill]") -> list[Entry]:
    return [Entry(pk, name, tuple(aliases)) for pk, name, aliases in skills.values_list("pk", "name", "aliases")]
