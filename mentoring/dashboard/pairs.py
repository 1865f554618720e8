"""Panels on pairs: data in, named records out."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from mentoring.dashboard.after import words_step
from mentoring.dashboard.beginnings import steps_of_beginning
from mentoring.dashboard.mine import Mine
from mentoring.models import Pair, Person, Skill
from mentoring.panels import NextStep
from mentoring.programme_words import until

SOON = dt.timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One pair as one of the two sees it."""

    pair: Pair
    partner: Person
    shares: Skill | None
    learns: Skill | None


@dataclass(frozen=True, kw_only=True)
class Rows:
    asking_me: Sequence[Row]
    waiting: Sequence[Row]
    beginning: Sequence[Row]
    running: Sequence[Row]


def row_of(pair: Pair, person: Person) -> Row:
    is_mentor = person.pk == pair.mentor_id
    back = pair.return_skill if pair.is_exchange else None
    return Row(
        pair=pair, partner=pair.partner_of(person), shares=pair.skill if is_mentor else back,
        learns=back if is_mentor else pair.skill,
    )  # fmt: skip


def pair_rows(pairs: Iterable[Pair], person: Person) -> Rows:
    """Open pairs by what they ask of this person."""
    rows = [row_of(pair, person) for pair in pairs]
    return Rows(
        asking_me=[row for row in rows if row.pair.awaits == person],
        waiting=[row for row in rows if row.pair.is_asking and row.pair.awaits != person],
        beginning=[row for row in rows if row.pair.is_beginning],
        running=[row for row in rows if row.pair.is_running],
    )


def home_panels(person: Person, now: dt.datetime, mine: Mine | None = None) -> list[NextStep]:
    """Invitations and questions that wait for this person's answer, those with little time left first; first steps of
    pairs that begin; words to leave on those that are completed. Two queries, however many there are."""
    mine = mine or Mine(person, now)
    found = sorted(mine.known_pairs, key=lambda pair: (pair.answer_by is None, pair.answer_by or now))
    beginning = [pair for pair in found if pair.is_beginning]
    return [
        *(_to_answer(pair, person, now) for pair in found if pair.is_asking and pair.awaits == person),
        *(step for pair in beginning for step in steps_of_beginning(pair, person, mine.meetings[pair.pk], now)),
        *(words_step(pair, person) for pair in found if pair.status == Pair.Status.COMPLETED),
    ]


def _to_answer(pair: Pair, person: Person, now: dt.datetime) -> NextStep:
    partner = pair.partner_of(person)
    time = _time_left(pair, person, now)
    title, sentence = (
        (f"{partner.name} has a quick question", f"It is about {pair.skill.name}. {time}")
        if pair.is_quick
        else (f"Would you like to be paired with {partner.name}?", f"See why the two of you. {time}")
    )
    is_late = pair.answer_by is not None and pair.answer_by - now < SOON
    return NextStep(
        title=title, sentence=sentence, url=reverse("pair-invitation", args=[pair.pk]), button="See it and answer",
        icon="circle-question-mark" if pair.is_quick else "handshake", urgency=2 if is_late else 5,
    )  # fmt: skip


def _time_left(pair: Pair, person: Person, now: dt.datetime) -> str:
    if pair.answer_by is None:
        return ""
    day, today = (moment.astimezone(person.zone).date() for moment in (pair.answer_by, now))
    return f"You have time {until(day, today)}."
