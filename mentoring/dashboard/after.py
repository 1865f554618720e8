"""Panels on pairs that are over: a new pair to take up, words to leave, the certificate."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from mentoring.models import ClosingWords, Enrolment, Pair, Person, SharedCertificate
from mentoring.panels import NextStep

STANDS = dt.timedelta(days=60)  # for so long an offer, and the question what one learned, stand on the home page


@dataclass(frozen=True, kw_only=True)
class ClosingPanel:
    """Of a completed pair, for one of the two. `theirs` is there only where the partner shows it."""

    mine: ClosingWords | None
    theirs: ClosingWords | None
    shared: SharedCertificate | None


def pair_steps(pair: Pair, person: Person, now: dt.datetime) -> list[NextStep]:
    if pair.status != Pair.Status.COMPLETED:
        return []
    asked = Pair.objects.of(person).filter(to_close(person, now - STANDS), pk=pair.pk).exists()
    return [words_step(pair, person)] if asked else []


def to_close(person: Person | int, since: dt.datetime) -> Q:
    """Pairs completed since then on which this person has not left their words."""
    written = ClosingWords.objects.filter(pair=OuterRef("pk"), person=person)
    fresh = Q(kind=Pair.Kind.PROGRAMME, status=Pair.Status.COMPLETED, finished_at__gt=since)
    return fresh & ~Q(Exists(written))


def words_step(pair: Pair, person: Person) -> NextStep:
    return NextStep(
        title=f"What did you learn with {pair.partner_of(person).name}?",
        sentence="And what changed? In your own words; your partner reads them only if you wish.",
        url=reverse("pair-closing", args=[pair.pk]), button="Write it down", icon="notebook-pen", urgency=45,
    )  # fmt: skip


def new_pair_offers(enrolments: Iterable[Enrolment], now: dt.datetime) -> list[NextStep]:
    """Of these, each of a launched programme, those in which a new pair is offered and not taken up yet."""
    return [
        NextStep(
            title="Would you like a new pair?",
            sentence=f"Your place in “{enrolment.programme}” is free, and you come first: one click is enough.",
            url=reverse("new-pair", args=[enrolment.programme_id]), button="Yes, find me somebody", icon="sparkles",
            posts=True, urgency=7,
        )
        for enrolment in enrolments
        if enrolment.new_pair_offered_at and enrolment.new_pair_offered_at > now - STANDS and not enrolment.comes_first
    ]  # fmt: skip


def closing_panel(pair: Pair, person: Person) -> ClosingPanel | None:
    if pair.status != Pair.Status.COMPLETED or pair.is_quick:
        return None
    words = {row.person_id: row for row in ClosingWords.objects.visible_to(person.user).filter(pair=pair)}
    return ClosingPanel(
        mine=words.get(person.pk),
        theirs=words.get(pair.partner_of(person).pk),
        shared=SharedCertificate.objects.filter(pair=pair, person=person).first(),
    )
