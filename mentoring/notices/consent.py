"""Messages while two people are asked whether they want to be a pair, and whether a quick question may be put.

Nobody is written to who does not know of the invitation; a no, a silence and a yes taken back read alike.
"""

import datetime as dt

from django.urls import reverse

from mentoring.models import Pair, Person
from mentoring.working_hours import next_working_time
from notifications.kinds import Kind
from notifications.models import Message
from notifications.outbox import post

FOLDER = "mentoring/messages"


def asked(pair: Pair) -> None:
    """To the one whose answer is awaited."""
    person = pair.awaits
    if person is not None and pair.is_known_to(person):
        _post("question_asked" if pair.is_quick else "pair_asked", pair, person, button="See it and answer")


def reminder(pair: Pair, *, due: dt.datetime, now: dt.datetime) -> None:
    """To the same, once for each time that it fell due."""
    person = pair.awaits
    if person is not None and pair.is_known_to(person):
        _post(
            "question_reminder" if pair.is_quick else "pair_reminder", pair, person, button="See it and answer",
            part=f":{due.isoformat()}", not_before=next_working_time(person, now),
        )  # fmt: skip


def started(pair: Pair) -> None:
    """To both, in the same words; of a quick question to the asker, for the other has just said yes."""
    template = "question_accepted" if pair.is_quick else "pair_started"
    for person in (pair.mentee,) if pair.is_quick else pair.people:
        _post(
            template, pair, person, kind=Kind.PAIR,
            url=reverse("pair-detail", args=[pair.pk]), button="Open the page of your pair",
        )  # fmt: skip


def not_available(pair: Pair, person: Person) -> None:
    """The other is not available: that is all there is to learn."""
    _post("question_not_available" if pair.is_quick else "pair_not_available", pair, person)


def lapsed(pair: Pair, person: Person) -> None:
    """To the one who did not answer."""
    _post("question_lapsed" if pair.is_quick else "pair_lapsed", pair, person)


def withdrawn(pair: Pair, person: Person) -> None:
    """The invitation was taken back. Who has neither been mailed nor read it need not hear of it at all."""
    if pair.begun_at is not None:
        _post("beginning_withdrawn", pair, person)
        return
    asked = Message.objects.filter(key=f"pair_asked:{pair.pk}:{person.pk}", status=Message.Status.PENDING)
    if asked.filter(read_at__isnull=True).delete()[0]:
        return
    _post("question_withdrawn" if pair.is_quick else "pair_withdrawn", pair, person)


def _post(
    template: str, pair: Pair, person: Person, *, kind: Kind = Kind.INVITATION, url: str = "", button: str = "Open",
    part: str = "", not_before: dt.datetime | None = None,
) -> None:  # fmt: skip
    post(
        f"{FOLDER}/{template}",
        key=f"{template}:{pair.pk}:{person.pk}{part}",
        kind=kind,
        to=person.user,
        context={
            "pair": pair,
            "person": person,
            "partner": pair.partner_of(person),
            "answer_by": _local(pair.answer_by, person),
            "shares": person.pk == pair.mentor_id,
            "question": pair.question.replace("\n", "\n> "),
        },
        url=url or reverse("pair-invitation", args=[pair.pk]),
        button=button,
        not_before=not_before,
        useful_until=pair.answer_by,
    )


def _local(moment: dt.datetime | None, person: Person) -> str:
    """A moment on the person's own clock, in words."""
    here = moment.astimezone(person.zone) if moment else None
    return f"{here:%A} {here.day} {here:%B}, {here:%H:%M}" if here else ""
