"""Whom one of two suggested people could be put together with instead, and what that would mean for others."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from matching import engine
from matching.candidates import Candidates, gather
from matching.models import Suggestion
from matching.obstacles import free_places
from mentoring.models import Person, Role, SkillOffer, SkillWish

SCORED = 400  # candidates that are scored at most
SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Another partner for the one who is kept."""

    partner: Person
    score: int
    criteria: tuple[engine.Criterion, ...]
    instead_of: Suggestion | None = None  # takes the partner's place there
    others_score: int | None = None  # of the two who are left over, if they can be put together in turn

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(criterion.sentence for criterion in self.criteria if criterion.sentence)

    @property
    def left_over(self) -> Person | None:
        """Who loses the partner by this choice."""
        taken = self.instead_of
        return None if taken is None else taken.partner_of(self.partner)


@dataclass(frozen=True, kw_only=True)
class _Search:
    """Who is looked at for the one who is kept."""

    keep: Role
    kept: Person
    dropped: Person
    taken: dict[int, Suggestion | None]

    @property
    def people(self) -> set[int]:
        """All whom the engine has to know, those left over by an exchange included."""
        given_up = [s for s in self.taken.values() if s is not None]
        others = {pk for s in given_up for pk in (s.mentor_id, s.mentee_id)}
        return {self.kept.pk, self.dropped.pk, *self.taken, *others}


def choices_for(suggestion: Suggestion) -> dict[Role, list[Choice]]:
    """For each of the two who is kept the best eligible partners, best first; with one look at the company."""
    return _choices(_search(suggestion, Role.MENTEE), _search(suggestion, Role.MENTOR), suggestion=suggestion)


def _search(suggestion: Suggestion, keep: Role) -> _Search:
    kept, dropped = people_of(suggestion, keep)
    role = Role.MENTEE if keep == Role.MENTOR else Role.MENTOR
    known = partners_of(suggestion, kept)
    ids = [pk for pk in _candidates(suggestion, kept, role) if pk not in known]
    return _Search(keep=keep, kept=kept, dropped=dropped, taken=places_taken(suggestion, ids, role))


def _choices(*searches: _Search, suggestion: Suggestion) -> dict[Role, list[Choice]]:
    found = gather(suggestion.programme, only=set().union(*(search.people for search in searches)))
    best = {search.keep: _best(found, search) for search in searches}
    people = Person.objects.for_cards().in_bulk({pk for pairs in best.values() for _, pk in pairs})
    return {
        s.keep: [_choice(found, people[pk], score, s.taken[pk], s.dropped, s.keep) for score, pk in best[s.keep]]
        for s in searches
    }


def _best(found: Candidates, search: _Search) -> list[tuple[engine.PairScore, int]]:
    kept, keep = search.kept.pk, search.keep
    scored = [(score, pk) for pk in search.taken if (score := score_of(found, kept, pk, keep)) is not None]
    return sorted(scored, key=lambda one: (-one[0].score, one[1]))[:SHOWN]


def partners_of(suggestion: Suggestion, person: Person) -> set[int]:
    """With whom this person is suggested already, and the person."""
    rows = Suggestion.objects.proposed().filter(programme=suggestion.programme).of(person)
    return {person.pk, *(pk for two in rows.values_list("mentor", "mentee") for pk in two)}


def people_of(suggestion: Suggestion, keep: Role) -> tuple[Person, Person]:
    """(who stays, who is exchanged)"""
    two = suggestion.mentor, suggestion.mentee
    return two if keep == Role.MENTOR else (two[1], two[0])


def score_of(found: Candidates, kept: int, partner: int, keep: Role) -> engine.PairScore | None:
    """None where the rules do not let the two be paired. Blind to lists: an invitation is answered in private."""
    if partner not in found.row_of or kept not in found.row_of:
        return None
    mentor, mentee = (kept, partner) if keep == Role.MENTOR else (partner, kept)
    score = engine.score_pair(found.people, found.policy, found.row_of[mentor], found.row_of[mentee])
    return score if score.eligible else None


def _candidates(suggestion: Suggestion, kept: Person, role: Role) -> list[int]:
    """Enrolled people with a free place in the role, whose skills meet; the strongest of them first."""
    least = suggestion.programme.min_offer_level
    if role == Role.MENTOR:
        wanted = SkillWish.objects.filter(person=kept).values("skill")
        rows = SkillOffer.objects.filter(skill__in=wanted, level__gte=least).order_by("-level", "person")
    else:
        offered = SkillOffer.objects.filter(person=kept, level__gte=least).values("skill")
        rows = SkillWish.objects.filter(skill__in=offered).order_by("priority", "person")  # type: ignore[assignment]
    enrolled = rows.filter(
        person__enrolments__programme=suggestion.programme,
        person__enrolments__status="enrolled",
        **{f"person__enrolments__{role}_capacity__gt": 0},
    )
    return list(dict.fromkeys(enrolled.values_list("person", flat=True)))[:SCORED]


def places_taken(suggestion: Suggestion, people: Iterable[int], role: Role) -> dict[int, Suggestion | None]:
    """Person → the suggestion whose place they would give up; none where a place is free.

    Whoever has no place at all, or keeps it for somebody they asked for themselves, is left out.
    """
    people = list(people)
    free = free_places(suggestion.programme, people)
    waiting = Suggestion.objects.proposed().filter(programme=suggestion.programme, **{f"{role}__in": people})
    rows = list(waiting.exclude(pk=suggestion.pk).order_by(F("score").desc(), "pk").with_people())
    held = Counter(getattr(row, f"{role}_id") for row in rows)
    weakest = {getattr(row, f"{role}_id"): row for row in rows if not row.is_request}
    found: dict[int, Suggestion | None] = {}
    for person in people:
        if held[person] < free[person, role]:
            found[person] = None
        elif free[person, role] and person in weakest:
            found[person] = weakest[person]
    return found


def _choice(
    found: Candidates, partner: Person, score: engine.PairScore, taken: Suggestion | None, dropped: Person, keep: Role
) -> Choice:
    return Choice(
        partner=partner,
        score=score.score,
        criteria=score.criteria,
        instead_of=taken,
        others_score=exchange_score(found, taken, partner, dropped, keep),
    )


def exchange_score(
    found: Candidates, taken: Suggestion | None, partner: Person, dropped: Person, keep: Role
) -> int | None:
    """The score of the two who are left over; None where there are none, or where they cannot be paired."""
    if taken is None:
        return None
    score = score_of(found, taken.partner_of(partner).pk, dropped.pk, keep)
    return score.score if score else None
