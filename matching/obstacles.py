"""What stands in the way of approving a suggestion, in words fit for HR. Nothing here reads anything private."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from django.contrib.postgres.aggregates import ArrayAgg

from matching.models import Suggestion
from mentoring.models import Enrolment, Pair, Programme, Role, Seat
from mentoring.models.reporting_line import lines_above
from mentoring.prepared import KEY, KEYS, prepared

Place = tuple[int, str]  # a person's key and a role
_MENTOR, _MENTEE = Role.MENTOR, Role.MENTEE

_ENROLLED = prepared(
    lambda programme, people: (
        Enrolment.objects.enrolled()
        .filter(programme=programme, person__among=people)
        .order_by()
        .values_list("person", flat=True)
    ),
    KEY,
    KEYS,
)
_FREE = prepared(
    lambda programme, people: (
        Seat.objects.free()
        .filter(
            enrolment__programme=programme, enrolment__person__among=people,
            enrolment__status=Enrolment.Status.ENROLLED,
        )
        .order_by()
        .values("role")
        .values_list("role", ArrayAgg("enrolment__person"))
    ),
    KEY,
    KEYS,
)  # fmt: skip
_PAIRED = prepared(
    lambda programme, people: (
        Pair.objects.open().filter(programme=programme, mentor__among=people).order_by().values_list("mentor", "mentee")
    ),
    KEY,
    KEYS,
)


class Somebody(Protocol):
    """A person, or a person in a line."""

    @property
    def has_left(self) -> bool: ...


class TwoPeople(Protocol):
    """A suggestion, or the line of one."""

    @property
    def pk(self) -> int: ...
    @property
    def mentor_id(self) -> int: ...
    @property
    def mentee_id(self) -> int: ...
    @property
    def mentor(self) -> Somebody: ...
    @property
    def mentee(self) -> Somebody: ...


def obstacles(suggestions: Sequence[Suggestion], *, one_after_the_other: bool = False) -> dict[int, str]:
    """`in_the_way` for suggestions of one programme."""
    if not suggestions:
        return {}
    return in_the_way(suggestions[0].programme, suggestions, one_after_the_other=one_after_the_other)


def in_the_way(
    programme: Programme, suggestions: Sequence[TwoPeople], *, one_after_the_other: bool = False
) -> dict[int, str]:
    """Suggestion → why it cannot be approved now, for those that cannot.

    With `one_after_the_other`, each takes its places before the next one is looked at, as a bulk approval does.
    """
    if not suggestions:
        return {}
    now = _Now(programme, people_of(suggestions))
    found: dict[int, str] = {}
    for suggestion in suggestions:
        if sentence := _obstacle(now, suggestion):
            found[suggestion.pk] = sentence
        elif one_after_the_other:
            now.free.subtract([(suggestion.mentor_id, Role.MENTOR), (suggestion.mentee_id, Role.MENTEE)])
    return found


def people_of(suggestions: Sequence[TwoPeople]) -> set[int]:
    return {pk for s in suggestions for pk in (s.mentor_id, s.mentee_id)}


def free_places(programme: Programme, people: Collection[int]) -> Counter[Place]:
    """How many pairs each person can still take in each role."""
    return Counter((person, role) for role, found in _FREE(programme.pk, set(people)) for person in found)


@dataclass(frozen=True)
class _Now:
    """How the people of some suggestions stand in a programme."""

    programme: Programme
    people: set[int]

    @cached_property
    def is_running(self) -> bool:
        return self.programme.status == Programme.Status.LAUNCHED

    @cached_property
    def paired(self) -> set[frozenset[int]]:
        return {frozenset(two) for two in _PAIRED(self.programme.pk, self.people)}

    @cached_property
    def free(self) -> Counter[Place]:
        return free_places(self.programme, self.people)

    @cached_property
    def enrolled(self) -> set[int]:
        """Asked where a place is missing: who has one is enrolled."""
        return set(_ENROLLED(self.programme.pk, self.people))


def _obstacle(now: _Now, suggestion: TwoPeople) -> str:
    if not now.is_running:
        return f"{now.programme} is not running."
    mentor, mentee = suggestion.mentor_id, suggestion.mentee_id
    if now.paired and frozenset((mentor, mentee)) in now.paired:
        return f"{suggestion.mentor} and {suggestion.mentee} are a pair in this programme already."
    for key, person, role in ((mentor, suggestion.mentor, _MENTOR), (mentee, suggestion.mentee, _MENTEE)):
        if person.has_left:
            return f"{person} has left the company."
        if now.free[key, role] < 1:
            if key not in now.enrolled:
                return f"{person} is not enrolled any more."
            return f"{person} has no free place as {role.label.lower()} any more."
    return ""


def reporting_lines(programme: Programme, suggestions: Sequence[TwoPeople]) -> dict[int, str]:
    """Suggestion → the reporting line between the two, in words, for those that have one."""
    if not suggestions:
        return {}
    levels = programme.reporting_line_levels
    above = {person: bosses[:levels] for person, bosses in lines_above(people_of(suggestions)).items()}
    found: dict[int, str] = {}
    for suggestion in suggestions:
        mentor, mentee = suggestion.mentor_id, suggestion.mentee_id
        if by := _levels_above(above, mentor, mentee):
            found[suggestion.pk] = _line_in_words(suggestion.mentor, suggestion.mentee, by)
        elif by := _levels_above(above, mentee, mentor):
            found[suggestion.pk] = _line_in_words(suggestion.mentee, suggestion.mentor, by)
    return found


def _levels_above(above: Mapping[int, Sequence[int]], lower: int, upper: int) -> int:
    """By how many levels the one stands above the other; 0 where they do not."""
    bosses = above.get(lower, ())
    return bosses.index(upper) + 1 if upper in bosses else 0


def _line_in_words(lower: Somebody, upper: Somebody, levels: int) -> str:
    if levels == 1:
        return f"{lower} reports to {upper}."
    return f"{upper} is {levels} levels above {lower} in the reporting line."
