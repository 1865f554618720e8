"""Messages on what becomes of a pair. They give no reasons and ask for none."""

from django.urls import reverse

from mentoring.models import Pair, Person
from notifications.kinds import Kind
from notifications.outbox import post


def paused(pair: Pair, *, by: Person) -> None:
    _post("pair_paused", pair, pair.partner_of(by), again=True)


def resumed(pair: Pair, *, by: Person) -> None:
    _post("pair_resumed", pair, pair.partner_of(by), again=True)


def completed(pair: Pair, *, by: Person) -> None:
    _post("question_completed" if pair.is_quick else "pair_completed", pair, pair.partner_of(by))


def ended(pair: Pair, *, to: Person) -> None:
    _post("question_ended" if pair.is_quick else "pair_ended", pair, to)


def partner_left(pair: Pair, *, to: Person) -> None:
    _post("pair_partner_left", pair, to)


def ended_for_organisation(pair: Pair, *, to: Person) -> None:
    _post("pair_ended_by_hr", pair, to)


def _post(template: str, pair: Pair, person: Person, *, again: bool = False) -> None:
    """A pair may pause more than once, so the key counts what it was told so far."""
    told = person.user.outbox.filter(key__startswith=f"{template}:{pair.pk}:").count() if again else 0
    post(
        f"mentoring/messages/{template}",
        key=f"{template}:{pair.pk}:{person.pk}:{told}",
        kind=Kind.PAIR,
        to=person.user,
        context={
            "pair": pair,
            "person": person,
            "partner": pair.partner_of(person),
            "held": pair.meetings.held().count,
            "is_junior": person.pk == pair.junior_id,
            "shares": person.pk == pair.mentor_id,
        },
        url=reverse("pair-detail", args=[pair.pk]),
        button="Open the page of your pair",
    )
