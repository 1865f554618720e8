"""What stands in the way of approving a suggestion, in words fit for HR. Nothing here reads anything private."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Count

from matching.models import Suggestion
from mentoring.models import Enrolment, Person, Programme, Role, Seat
from mentoring.models.reporting_line import lines_above

Place = tuple[int, str]  # a person's key and a role


def obstacles(suggestions: Sequence[Suggestion], *, one_after_the_other: bool = False) -> dict[int, str]:
    """Suggestion → why it cannot be approved now, for those of one programme that cannot.

    With `one_after_the_other`, each takes its places before the next one is looked at, as a bulk approval does.
    """
    if not suggestions:
        return {}
    people = {pk for s in suggestions for pk in (s.mentor_id, s.mentee_id)}
    programme = suggestions[0].programme
    enrolled = set(
        Enrolment.objects.enrolled().filter(programme=programme, person__in=people).values_list("person", flat=True)
    )
    free = free_places(programme, people)
    paired = {
        frozenset(two) for two in programme.pairs.open().filter(mentor__in=people).values_list("mentor", "mentee")
    }
    found: dict[int, str] = {}
    for suggestion in suggestions:
        if sentence := _obstacle(suggestion, enrolled, free, paired):
            found[suggestion.pk] = sentence
        elif one_after_the_other:
            free.subtract([(suggestion.mentor_id, Role.MENTOR), (suggestion.mentee_id, Role.MENTEE)])
    return found


def free_places(programme: Programme, people: Iterable[int]) -> Counter[Place]:
    """How many pairs each person can still take in each role."""
    seats = Seat.objects.free().filter(enrolment__programme=programme, enrolment__person__in=list(people))
    counted = seats.filter(enrolment__status=Enrolment.Status.ENROLLED).order_by()
    rows = counted.values_list("enrolment__person", "role").annotate(n=Count("pk"))
    return Counter({(person, role): n for person, role, n in rows})


def _obstacle(suggestion: Suggestion, enrolled: set[int], free: Counter[Place], paired: set[frozenset[int]]) -> str:
    if suggestion.programme.status != Programme.Status.LAUNCHED:
        return f"{suggestion.programme} is not running."
    if frozenset((suggestion.mentor_id, suggestion.mentee_id)) in paired:
        return f"{suggestion.mentor} and {suggestion.mentee} are a pair in this programme already."
    for person, role in ((suggestion.mentor, Role.MENTOR), (suggestion.mentee, Role.MENTEE)):
        if person.has_left:
            return f"{person} has left the company."
        if person.pk not in enrolled:
            return f"{person} is not enrolled any more."
        if free[person.pk, role] < 1:
            return f"{person} has no free place as {role.label.lower()} any more."
    return ""


def reporting_lines(suggestions: Sequence[Suggestion]) -> dict[int, str]:
    """Suggestion → the reporting line between the two, in words, for those of one programme that have one."""
    if not suggestions:
        return {}
    above = levels_above(
        {pk for s in suggestions for pk in (s.mentor_id, s.mentee_id)}, suggestions[0].programme.reporting_line_levels
    )
    found: dict[int, str] = {}
    for suggestion in suggestions:
        for lower, upper in ((suggestion.mentor, suggestion.mentee), (suggestion.mentee, suggestion.mentor)):
            if levels := above.get((lower.pk, upper.pk)):
                found[suggestion.pk] = _line_in_words(lower, upper, levels)
    return found


def _line_in_words(lower: Person, upper: Person, levels: int) -> str:
    if levels == 1:
        return f"{lower} reports to {upper}."
    return f"{upper} is {levels} levels above {lower} in the reporting line."


def levels_above(people: Iterable[int], levels: int) -> dict[tuple[int, int], int]:
    """(person, somebody above them) → by how many levels, up to so many levels."""
    return {
        (person, boss): by
        for person, above in lines_above(people, levels).items()
        for by, boss in enumerate(above, start=1)
    }
