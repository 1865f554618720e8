"""Taking messages out of the outbox to the mail server.

One row at a time: locked, marked as sent, handed to the mail server, committed. A worker killed before the mail
server's yes leaves the row as it was; only a crash between that yes and the commit, which is all that is left to do
then, sends a mail again, with the same Message-ID, by which mail programs show it once. `docs/messages.md` states the
guarantee.
"""

import datetime as dt
import hashlib
from email.utils import parseaddr
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from notifications.kinds import ALWAYS
from notifications.models import Message
from notifications.readers import Reader
from notifications.unsubscribe import unsubscribe_url

log = structlog.get_logger(__name__)

# How long to wait after each failure; after the last one the message is given up and HR sees it.
PAUSES = tuple(dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440))
BATCH = 500


def deliver_due(limit: int = BATCH) -> int:
    """Sends what is due, at most `limit` messages; the number taken up. Any number of workers may run it at once."""
    connection = get_connection()
    taken = 0
    try:
        while taken < limit and _deliver_next(connection):
            taken += 1
    finally:
        connection.close()
    return taken


def _deliver_next(connection: BaseEmailBackend) -> bool:
    """Takes up one due message; False where none is left that no other worker holds."""
    message = None
    try:
        with transaction.atomic():
            message = _claimed()
            if message is not None:
                _hand_over(message, connection)
    except (SMTPException, OSError) as error:
        connection.close()
        _put_off(message, error)
    return message is not None


def _claimed() -> Message | None:
    due = Message.objects.due(timezone.now()).order_by("next_try_at", "pk")
    return due.select_for_update(of=("self",), skip_locked=True).first()


def _hand_over(message: Message, connection: BaseEmailBackend) -> None:
    """Everything but the commit is done before the mail server's yes; its no undoes it."""
    if (at := _working_time(message)) > timezone.now():
        Message.objects.filter(pk=message.pk).update(next_try_at=at)
        return
    connection.open()
    mail = mail_of(message, connection)
    _mark_sent(message)
    mail.send()


def _working_time(message: Message) -> dt.datetime:
    """When it may go: asked once more, for its reader may have moved to another time zone since it was written."""
    now = timezone.now()
    if message.urgent or message.recipient is None:
        return now
    reader: Reader = message.recipient
    return reader.mail_time(now)


def mail_of(message: Message, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The e-mail of a message: text and HTML, its attachments, a Message-ID that is the same at each try."""
    mail = EmailMultiAlternatives(
        message.subject, message.text, settings.DEFAULT_FROM_EMAIL, [message.to], connection=connection
    )
    mail.extra_headers["Message-ID"] = message_id(message.key)
    if message.recipient_id and message.kind not in ALWAYS:
        mail.extra_headers["List-Unsubscribe"] = f"<{unsubscribe_url(message.recipient_id, message.kind)}>"
        mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for name, mime, text in message.attachments:
        if mime.startswith("text/calendar"):  # calendars look for the invitation beside the text, people for a file
            mail.attach_alternative(text, mime)
            mime = "application/ics"
        mail.attach(name, text, mime)
    return mail


def message_id(key: str) -> str:
    """The same for the same reason, by which two copies of one mail are known for what they are."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def _mark_sent(message: Message) -> None:
    message.status, message.sent_at, message.error = Message.Status.SENT, timezone.now(), ""
    message.attempts += 1
    if message.kind in ALWAYS and not settings.DEMO:  # sign-in links do not stay behind
        message.text = message.html = message.url = ""
    message.save(update_fields=["status", "sent_at", "error", "attempts", "text", "html", "url"])


def _put_off(message: Message | None, error: Exception) -> None:
    """Claimed by its count of attempts: another worker may have taken it up again meanwhile."""
    if message is None:
        return
    failed = Message.objects.filter(pk=message.pk, status=Message.Status.PENDING).first()
    if failed is None:
        return
    changes: dict[str, object] = {"attempts": failed.attempts + 1, "error": f"{type(error).__name__}: {error}"[:300]}
    if failed.attempts < len(PAUSES):
        changes["next_try_at"] = timezone.now() + PAUSES[failed.attempts]
    else:
        changes["status"] = Message.Status.DEAD
    Message.objects.filter(pk=failed.pk, status=failed.status, attempts=failed.attempts).update(**changes)
    log.warning("outbox.not_sent", message=message.pk, kind=message.kind, error=type(error).__name__)


@transaction.atomic
def try_again(message: Message) -> None:
    """Puts a message that was given up back into the outbox, due now. Does nothing to any other."""
    Message.objects.filter(pk=message.pk, status=Message.Status.DEAD).update(
        status=Message.Status.PENDING, attempts=0, next_try_at=timezone.now(), error=""
    )
