"""Messages while a pair begins. Both of the two get each of them, in the same words, whatever either has said: so that
none of them tells of an answer."""

import datetime as dt

from django.urls import reverse

from mentoring.clock import in_words
from mentoring.models import Pair, Person
from mentoring.working_hours import next_working_time
from notifications.kinds import Kind
from notifications.outbox import post

FOLDER = "mentoring/messages"


def begun(pair: Pair) -> None:
    """Both have said yes."""
    for person in pair.people:
        _post("pair_begun", pair, person, button="See how it begins")


def reminder(pair: Pair, *, due: dt.datetime, now: dt.datetime) -> None:
    """Once for each time that it fell due, at each one's working hours."""
    for person in pair.people:
        _post(
            "pair_begin_reminder", pair, person, button="Open the page of your pair", part=f":{due.isoformat()}",
            not_before=next_working_time(person, now),
        )  # fmt: skip


def parted(pair: Pair, person: Person) -> None:
    """It does not go on: that is all there is to learn."""
    _post("pair_parted", pair, person, button="Go to your pairs", url=reverse("pair-list"))


def _post(
    template: str, pair: Pair, person: Person, *, button: str, url: str = "", part: str = "",
    not_before: dt.datetime | None = None,
) -> None:  # fmt: skip
    post(
        f"{FOLDER}/{template}",
        key=f"{template}:{pair.pk}:{person.pk}{part}",
        kind=Kind.PAIR if template == "pair_parted" else Kind.INVITATION,
        to=person.user,
        context={
            "pair": pair,
            "person": person,
            "partner": pair.partner_of(person),
            "shares": person.pk == pair.mentor_id,
            "has_first_word": person.pk == pair.junior_id,
            "answer_by": in_words(pair.answer_by, person.zone) if pair.answer_by else "",
            "meet_by": in_words(pair.meet_by, person.zone) if pair.meet_by else "",
        },
        url=url or reverse("pair-detail", args=[pair.pk]),
        button=button,
        not_before=not_before,
    )
