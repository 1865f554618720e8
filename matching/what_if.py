"""What other weights or rules would change, worked out beside the present answer. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching import engine
from matching.candidates import Candidates, gather, policy_of
from mentoring.models import Person, Programme

SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A person and the role that the change is about."""

    person: Person
    role: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """People whom the change treats alike: the first of them, and how many there are."""

    title: str
    people: tuple[Somebody, ...]
    count: int

    @property
    def others(self) -> int:
        return self.count - len(self.people)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number now, and then."""

    name: str
    now: int | None
    then: int | None

    @property
    def step(self) -> int:
        return (self.then or 0) - (self.now or 0)


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """The two answers side by side."""

    stands: bool  # the answer now is what HR has before it; else what a run would find
    figures: tuple[Figure, ...]
    groups: tuple[Group, ...]
    kept: int
    new: int

    @property
    def places_nobody(self) -> bool:
        places = self.figures[0]
        return not places.now and not places.then

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not any(group.count for group in self.groups)


def what_if(programme: Programme, changed: Programme) -> WhatIf:
    """The present answer of a programme beside that of the same programme with other rules and weights."""
    found, policy = gather(programme), policy_of(changed)
    before = [(mentor, mentee) for mentor, mentee in found.people.previous.tolist()]
    now = engine.standing(found.people, found.policy, before) if before else engine.what_if(found.people, found.policy)
    then = engine.what_if(found.people, policy)
    told = engine.compare(now, then)
    then_today = engine.standing(found.people, found.policy, then.couples)
    return WhatIf(
        stands=bool(before),
        figures=(
            Figure(name="Places filled", now=len(now.placed), then=len(then.placed)),
            Figure(name="People with a partner", now=covered(now), then=covered(then)),
            Figure(name="Total score", now=now.total, then=then_today.total),
            Figure(name="Weakest pair", now=now.weakest, then=then_today.weakest),
        ),
        groups=_groups(found, told),
        kept=told.kept,
        new=told.new,
    )


def covered(outcome: engine.Outcome) -> int:
    return len({row for couple in outcome.couples for row in couple})


def _groups(found: Candidates, told: engine.Difference) -> tuple[Group, ...]:
    lists: Sequence[tuple[str, tuple[tuple[int, str], ...]]] = (
        ("Would be placed", told.gained),
        ("Would lose their place", told.lost),
        ("Would change partner", told.moved),
    )
    keys = {found.person_id(row) for _, places in lists for row, _ in places[:SHOWN]}
    people = Person.objects.for_cards().in_bulk(keys)
    return tuple(
        Group(
            title=title,
            people=tuple(Somebody(person=people[found.person_id(row)], role=role) for row, role in places[:SHOWN]),
            count=len(places),
        )
        for title, places in lists
    )
