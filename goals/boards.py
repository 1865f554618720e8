"""A brainstorm as one of the two sees it: the agenda's parts with their lines, what was chosen, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from goals.actions.brainstorms import MOST_CHOSEN, MOST_LINES, WRITABLE
from goals.models import Brainstorm, Decision, Thought
from mentoring.models import Person
from mentoring.texts import AgendaPoint, agendas

WAYS_WANTED = 5
ASKS = {"works": "Something that works", "in_the_way": "Something in the way", "way": "A new way"}


@dataclass(frozen=True, kw_only=True)
class Line:
    thought: Thought
    is_mine: bool
    chosen_by_me: bool
    chosen_by_partner: bool
    decision: Decision | None
    may_remove: bool

    @property
    def is_chosen(self) -> bool:
        return self.chosen_by_me or self.chosen_by_partner


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the agenda, and what both have written to it."""

    key: str
    point: AgendaPoint
    ask: str
    lines: Sequence[Line]
    may_write: bool


@dataclass(frozen=True, kw_only=True)
class Board:
    partner: Person
    before: str  # what to do beforehand
    parts: Sequence[Part]
    choose: AgendaPoint
    until: AgendaPoint
    chosen: Sequence[Line]  # what both chose first
    decisions: Sequence[Decision]
    chosen_by_me: int
    i_agreed: bool
    partner_agreed: bool
    may_write: bool
    waits_for_me: bool  # something of mine is decided and not carried out

    @property
    def may_choose(self) -> bool:
        return self.may_write and self.chosen_by_me < MOST_CHOSEN

    @property
    def ways_missing(self) -> int:
        return max(WAYS_WANTED - len(self.parts[-1].lines), 0)


def brainstorm_board(session: Brainstorm, person: Person) -> Board:
    """Five queries, however much was written."""
    pair, partner = session.pair, session.pair.partner_of(person)
    decisions = list(session.decisions.select_related("owner", "goal", "way"))
    of_way = {decision.way_id: decision for decision in decisions}
    may_write = session.status in WRITABLE and pair.is_running
    choosers = Prefetch("chosen_by", Person.objects.only("pk"))
    lines = [
        _line(thought, person, of_way.get(thought.pk), may_write)
        for thought in session.thoughts.select_related("author").prefetch_related(choosers)
    ]
    points = agendas()["brainstorm"].points
    agreed = {each.pk for each in session.agreed.all()}
    chosen = [line for line in lines if line.is_chosen]
    return Board(
        partner=partner,
        before=agendas()["brainstorm"].before,
        parts=[_part(part, point, lines, may_write) for part, point in zip(Thought.Part.values, points, strict=False)],
        choose=points[3],
        until=points[4],
        chosen=sorted(chosen, key=lambda line: not (line.chosen_by_me and line.chosen_by_partner)),
        decisions=decisions,
        chosen_by_me=sum(line.chosen_by_me for line in lines),
        i_agreed=person.pk in agreed,
        partner_agreed=partner.pk in agreed,
        may_write=may_write,
        waits_for_me=any(each.owner_id == person.pk and each.carried_out_at is None for each in decisions),
    )


def _part(part: str, point: AgendaPoint, lines: Sequence[Line], may_write: bool) -> Part:
    own = [line for line in lines if line.thought.part == part]
    return Part(key=part, point=point, ask=ASKS[part], lines=own, may_write=may_write and len(own) < MOST_LINES)


def _line(thought: Thought, person: Person, decision: Decision | None, may_write: bool) -> Line:
    choosers = {each.pk for each in thought.chosen_by.all()}
    is_mine = thought.author_id == person.pk
    return Line(
        thought=thought, is_mine=is_mine, chosen_by_me=person.pk in choosers,
        chosen_by_partner=bool(choosers - {person.pk}), decision=decision,
        may_remove=is_mine and may_write and (decision is None or decision.carried_out_at is None),
    )  # fmt: skip
