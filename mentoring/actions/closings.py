"""What stays of a pair: the words of its two, and certificates behind an open address."""

import uuid

from django.db import transaction

from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, ClosingWords, Pair, Person, SharedCertificate, TransitionError

Action = AuditEntry.Action


@transaction.atomic
def write(pair: Pair, *, by: Person, learned: str, changed: str, is_shown: bool) -> ClosingWords:
    """Their own words on a completed pair; no audit row, for they are theirs alone."""
    _completed(pair, by)
    words = {"learned": learned.strip(), "changed": changed.strip(), "is_shown": is_shown}
    return ClosingWords.objects.update_or_create(pair=pair, person=by, defaults=words)[0]


@transaction.atomic
def share(pair: Pair, *, by: Person) -> SharedCertificate:
    """Opens an address for the certificate; a second call gives the same."""
    pair = _completed(pair, by)
    shared, is_new = SharedCertificate.objects.get_or_create(pair=pair, person=by, defaults={"number": uuid.uuid4()})
    if is_new:
        record(Action.CERTIFICATE_SHARED, pair, by=by)
    return shared


@transaction.atomic
def unshare(pair: Pair, *, by: Person) -> None:
    """The address leads nowhere from now on; sharing anew makes another."""
    pair.partner_of(by)
    if SharedCertificate.objects.filter(pair=pair, person=by).delete()[0]:
        record(Action.CERTIFICATE_WITHDRAWN, pair, by=by)


def _completed(pair: Pair, by: Person) -> Pair:
    """Locked. Raises ValueError for somebody who is not in it."""
    pair.partner_of(by)
    pair = lock(pair, "mentor", "mentee")
    if pair.status != Pair.Status.COMPLETED or pair.is_quick:
        raise TransitionError("This is for pairs of a programme that are completed.")
    return pair
