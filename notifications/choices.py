"""What a person chooses about their mail, from the page of choices or from the link in a mail."""

from collections.abc import Iterable

from django.db import transaction

from notifications.kinds import SWITCHABLE, Kind
from notifications.models import Message, Preference


def kinds_behind(kind: Kind) -> tuple[Kind, ...]:
    """What stops with the link in a mail of this kind: the digest is made of all the others."""
    return SWITCHABLE if kind == Kind.DIGEST else (kind,)


@transaction.atomic
def stop_mail(user: int, kinds: Iterable[Kind]) -> None:
    """No more mail of these kinds, what waits to be sent included; the app goes on showing them."""
    stopped = list(kinds)
    for kind in stopped:
        Preference.objects.update_or_create(user_id=user, kind=kind, defaults={"by_email": False})
    Message.objects.not_yet_mailed().filter(recipient=user, kind__in=stopped).update(status=Message.Status.NOT_MAILED)
    if set(stopped) >= set(SWITCHABLE):
        digests = Message.objects.not_yet_mailed().filter(recipient=user, kind=Kind.DIGEST)
        digests.update(status=Message.Status.NOT_MAILED)
