"""The digest: mail that is not urgent, gathered once a day or once a week.

When the next one is due stands in its reader's row. Gathering it locks that row, writes one mail, marks what stands in
it and sets the next time, in one transaction: twice, late or in two workers, each message goes out in one digest.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from notifications.kinds import Kind
from notifications.models import Message, Preference, Rhythm
from notifications.readers import Reader
from notifications.rendering import mail_html, mail_text, stop_url

BATCH = 200
# After the working day begins, so that what falls due with it is in.
LATER = dt.timedelta(minutes=30)

Status, Every = Message.Status, Rhythm.Every


def choose(user: Reader, every: str, *, now: dt.datetime) -> None:
    """From now on mail comes this often. What waits comes no later than it would have; at once, where none waits on."""
    Rhythm.objects.get_or_create(pk=user.pk)
    with transaction.atomic():
        rhythm = Rhythm.objects.select_for_update(of=("self",)).get(pk=user.pk)
        if rhythm.every == every:
            return
        before, rhythm.every = rhythm.next_at, Every(every)
        if rhythm.every == Every.AT_ONCE:
            _gather(rhythm, user, now)
        rhythm.next_at = _next(rhythm, user, now)
        if before and rhythm.next_at:
            rhythm.next_at = min(before, rhythm.next_at)
        rhythm.save()


def time_of_digest(rhythm: Rhythm | None, user: Reader, at: dt.datetime) -> dt.datetime | None:
    """When a message that is due `at` would go out in a digest; None where this person has none."""
    if rhythm is None or rhythm.next_at is None:
        return None
    return rhythm.next_at if rhythm.next_at >= at else _next(rhythm, user, at)


def send_due(now: dt.datetime) -> int:
    """Gathers the digests that are due; how many were taken up."""
    return sum(
        _send(pk, now) for pk in Rhythm.objects.due(now).order_by("next_at").values_list("pk", flat=True)[:BATCH]
    )


@transaction.atomic
def _send(pk: int, now: dt.datetime) -> bool:
    """False where another worker has it."""
    rows = Rhythm.objects.due(now).select_for_update(of=("self",), skip_locked=True).select_related("user")
    rhythm = rows.filter(pk=pk).first()
    if rhythm is None:
        return False
    _gather(rhythm, rhythm.user, now)
    rhythm.next_at = _next(rhythm, rhythm.user, now)
    rhythm.save()
    return True


def _next(rhythm: Rhythm, user: Reader, at: dt.datetime) -> dt.datetime | None:
    match rhythm.every:
        case Every.DAILY:
            return user.next_morning(at) + LATER
        case Every.WEEKLY:
            return user.next_week(at) + LATER
    return None


def _gather(rhythm: Rhythm, user: Reader, now: dt.datetime) -> None:
    """Writes one mail of all that waits, unless nothing does."""
    waiting = Message.objects.held().filter(recipient=user.pk, due_at__lte=now).select_for_update(of=("self",))
    unwanted = Preference.objects.filter(user=user.pk, by_email=False).values_list("kind", flat=True)
    waiting.filter(kind__in=list(unwanted)).update(status=Status.NOT_MAILED)
    messages = list(waiting.order_by("due_at", "pk"))
    if not messages:
        return
    rhythm.number += 1
    mail = _mail(rhythm, user, messages, now)
    mail.save()
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(status=Status.IN_DIGEST, digest=mail)


def _mail(rhythm: Rhythm, user: Reader, messages: list[Message], now: dt.datetime) -> Message:
    count = len(messages)
    subject = messages[0].subject if count == 1 else f"{count} messages: {messages[0].subject}, and more"
    items = [(message.subject, _link(message)) for message in messages]
    stop = stop_url(user, Kind.DIGEST)
    body = render_to_string("notifications/_digest.html", {"items": items})
    words = "\n\n".join(f"- {title}\n  {link}".rstrip() for title, link in items)
    return Message(
        key=f"digest:{user.pk}:{rhythm.number}",
        kind=Kind.DIGEST,
        recipient_id=user.pk,
        to=user.email,
        subject=subject[:200],
        text=mail_text(words, stop=stop),
        html=mail_html(body, subject=f"{count} messages" if count > 1 else "One message", unsubscribe_url=stop),
        in_app=False,
        due_at=now,
        next_try_at=user.mail_time(now),
    )


def _link(message: Message) -> str:
    return settings.SITE_URL + message.url if message.url.startswith("/") else message.url
