"""What stands in the way of approving a suggestion, in words fit for HR. Nothing here reads anything private."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Protocol

from django.db.models import Count

from matching.models import Suggestion
from mentoring.models import Enrolment, Pair, Programme, Role, Seat
from mentoring.models.reporting_line import lines_above
from mentoring.prepared import KEY, KEYS, prepared

Place = tuple[int, str]  # a person's key and a role

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
        .values("enrolment__person", "role")
        .values_list("enrolment__person", "role", Count("pk"))
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
    people = people_of(suggestions)
    enrolled, free = set(_ENROLLED(programme.pk, people)), free_places(programme, people)
    paired = {frozenset(two) for two in _PAIRED(programme.pk, people)}
    found: dict[int, str] = {}
    for suggestion in suggestions:
        if sentence := _obstacle(programme, suggestion, enrolled, free, paired):
            found[suggestion.pk] = sentence
        elif one_after_the_other:
            free.subtract([(suggestion.mentor_id, Role.MENTOR), (suggestion.mentee_id, Role.MENTEE)])
    return found


def people_of(suggestions: Sequence[TwoPeople]) -> set[int]:
    return {pk for s in suggestions for pk in (s.mentor_id, s.mentee_id)}


def free_places(programme: Programme, people: Collection[int]) -> Counter[Place]:
    """How many pairs each person can still take in each role."""
    return Counter({(person, role): n for person, role, n in _FREE(programme.pk, set(people))})


def _obstacle(
    programme: Programme, suggestion: TwoPeople, enrolled: set[int], free: Counter[Place], paired: set[frozenset[int]]
) -> str:
    if programme.status != Programme.Status.LAUNCHED:
        return f"{programme} is not running."
    if frozenset((suggestion.mentor_id, suggestion.mentee_id)) in paired:
        return f"{suggestion.mentor} and {suggestion.mentee} are a pair in this programme already."
    for key, person, role in (
        (suggestion.mentor_id, suggestion.mentor, Role.MENTOR),
        (suggestion.mentee_id, suggestion.mentee, Role.MENTEE),
    ):
        if person.has_left:
            return f"{person} has left the company."
        if key not in enrolled:
            return f"{person} is not enrolled any more."
        if free[key, role] < 1:
            return f"{person} has no free place as {role.label.lower()} any more."
    return ""


def reporting_lines(programme: Programme, suggestions: Sequence[TwoPeople]) -> dict[int, str]:
    """Suggestion → the reporting line between the two, in words, for those that have one."""
    if not suggestions:
        return {}
    above = levels_above(people_of(suggestions), programme.reporting_line_levels)
    found: dict[int, str] = {}
    for suggestion in suggestions:
        if levels := above.get((suggestion.mentor_id, suggestion.mentee_id)):
            found[suggestion.pk] = _line_in_words(suggestion.mentor, suggestion.mentee, levels)
        elif levels := above.get((suggestion.mentee_id, suggestion.mentor_id)):
            found[suggestion.pk] = _line_in_words(suggestion.mentee, suggestion.mentor, levels)
    return found


def _line_in_words(lower: Somebody, upper: Somebody, levels: int) -> str:
    if levels == 1:
        return f"{lower} reports to {upper}."
    return f"{upper} is {levels} levels above {lower} in the reporting line."


def levels_above(people: Collection[int], levels: int) -> dict[tuple[int, int], int]:
    """(person, somebody above them) → by how many levels, up to so many levels."""
    return {
        (person, boss): by
        for person, above in lines_above(people, levels).items()
        for by, boss in enumerate(above, start=1)
    }
