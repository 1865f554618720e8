"""HR holds out a hand to a pair. It offers, and compels nobody: what comes of it is up to the two."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, HelpOffer, Pair, Person
from mentoring.notices import help_offers as notices


@transaction.atomic
def offer_help(pair: Pair, kind: str, *, by: Person, to: Person | None = None, about: str = "") -> HelpOffer:
    """One kind message to both, or to one of them alone. Once a week for each kind, whoever in HR it comes from.

    `about` is what a friendly word is about: "meeting", "agreement" or "goal". The audit names neither of the two.
    """
    pair = lock(pair, "mentor__user", "mentee__user", "programme")
    if not pair.is_running:
        raise ValidationError("This pair is over by now.", "over")
    last = pair.help_offers.recent(timezone.now()).filter(kind=kind).first()
    if last:
        raise ValidationError(f"{last.by or 'Somebody'} did this within the last week. Give it a few days.", "recent")
    offer = HelpOffer.objects.create(pair=pair, kind=kind, to=to, by=by)
    record(AuditEntry.Action.PAIR_HELPED, pair, by=by, kind=kind)
    for person in [to] if to else pair.people:
        notices.offered(offer, person, about=about)
    return offer
