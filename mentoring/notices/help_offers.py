"""HR holds out a hand. These messages blame nobody, and say nothing that one of the two told HR alone."""

from django.urls import reverse

from mentoring.models import HelpOffer, Person
from notifications.kinds import Kind
from notifications.outbox import post


def offered(offer: HelpOffer, person: Person, *, about: str) -> None:
    name, button = {
        HelpOffer.Kind.NUDGE: ("pair-detail", "Open the page of your pair"),
        HelpOffer.Kind.CALL: ("pair-detail", "Open the page of your pair"),
        HelpOffer.Kind.NEW_PAIR: ("pair-end", "End this pair"),
    }[HelpOffer.Kind(offer.kind)]
    post(
        f"mentoring/messages/help_{offer.kind}",
        key=f"help_offer:{offer.pk}:{person.pk}",
        kind=Kind.PAIR,
        to=person.user,
        context={
            "person": person,
            "partner": offer.pair.partner_of(person),
            "by": offer.by,
            "about": about,
            "alone": offer.to_id is not None,
        },
        url=reverse(name, args=[offer.pair_id]),
        button=button,
    )
