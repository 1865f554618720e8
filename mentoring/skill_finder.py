"""Finds skills in the database as a person types, forgiving typing mistakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from mentoring.models import Person, Skill
from mentoring.skill_search import Entry, Hit, Match, SkillIndex, build_index, search, spoken_of

SURE = 0.95  # likeness of a whole entry to a skill's name


@dataclass(frozen=True)
class _Kept:
    """The index of this process, and the state of the list that it was built from."""

    state: tuple[int, datetime | None]
    index: SkillIndex


_kept: _Kept | None = None


def find_skills(query: str, *, person: Person | None = None, limit: int = 10) -> list[Skill]:
    """The best matches first, among the accepted skills and, with a person, what they proposed themselves."""
    if not query.strip():
        return []
    best = [hit.id for hit in _hits(_indexes(person), query, limit)]
    rows = Skill.objects.select_related("category").in_bulk(best)
    return [rows[pk] for pk in best if pk in rows]


def suggest_skills(sentences: Sequence[str], person: Person) -> list[Skill | None]:
    """For each sentence the skill that it most likely speaks of, in as many queries as one sentence takes."""
    indexes = _indexes(person)
    best = [_of_sentence(indexes, sentence) for sentence in sentences]
    rows = Skill.objects.select_related("category").in_bulk([hit.id for hit in best if hit])
    return [rows.get(hit.id) if hit else None for hit in best]


def _of_sentence(indexes: Sequence[SkillIndex], sentence: str) -> Hit | None:
    """What it is nearly the name of, else what it speaks of. A wrong guess helps less than none."""
    whole = _hits(indexes, sentence, 1)
    if whole and (whole[0].match <= Match.START or whole[0].likeness >= SURE):
        return whole[0]
    spoken = [hit for index in indexes if (hit := spoken_of(index, sentence))]
    return max(spoken, key=lambda hit: len(hit.found_by), default=None)


def _hits(indexes: Sequence[SkillIndex], query: str, limit: int) -> list[Hit]:
    hits = [hit for index in indexes for hit in search(index, query, limit=limit)]
    return sorted(hits, key=lambda hit: (hit.match, -hit.likeness))[:limit]


def _indexes(person: Person | None) -> list[SkillIndex]:
    if person is None:
        return [_accepted_index()]
    return [_accepted_index(), build_index(_entries(Skill.objects.usable_by(person).proposed()))]


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


def _entries(skills: QuerySet[Skill]) -> list[Entry]:
    return [Entry(pk, name, tuple(aliases)) for pk, name, aliases in skills.values_list("pk", "name", "aliases")]
