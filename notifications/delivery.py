"""Taking messages out of the outbox to the mail server.

One at a time: claimed for a while, handed to the mail server, recorded; each of the three by itself, so that the record
is the one statement that follows the mail server's yes. Where the database is away just then, the worker waits for it
with the yes in hand, and the claim keeps the others off. What a killed worker had claimed is taken up again when the
claim is over. So only a worker that dies between the yes and the record sends a mail again, with the same Message-ID,
by which mail programs show it once. `docs/messages.md` states the guarantee.
"""

import datetime as dt
import hashlib
import time
from email.utils import parseaddr
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from notifications.kinds import ALWAYS
from notifications.models import Message
from notifications.readers import Reader
from notifications.unsubscribe import unsubscribe_url

log = structlog.get_logger(__name__)

# How long to wait after each failure; after the last one the message is given up and HR sees it.
PAUSES = tuple(dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440))
BATCH = 500
STEPS = 6  # of a conversation with a mail server; each may take EMAIL_TIMEOUT
PATIENCE = dt.timedelta(minutes=10)  # with a database that is away while a yes waits for its record


def deliver_due(limit: int = BATCH) -> int:
    """Sends what is due, at most `limit` messages; the number taken up. Any number of workers may run it at once."""
    mail_server = get_connection()
    taken = 0
    try:
        while taken < limit and (message := _claimed()) is not None:
            _send(message, mail_server)
            taken += 1
    finally:
        mail_server.close()
    return taken


def claim_time() -> dt.timedelta:
    """Longer than handing over may take, and than a database that is started anew is away."""
    return dt.timedelta(seconds=STEPS * settings.EMAIL_TIMEOUT)


def _claimed() -> Message | None:
    """The next message that may go now, this worker's until its next try.

    What is for people who do not work now is put off on the way, what is for people who have left goes nowhere.
    """
    while True:
        with transaction.atomic():
            now = timezone.now()
            due = Message.objects.due(now).order_by("next_try_at", "pk")
            message = due.select_for_update(of=("self",), skip_locked=True).first()
            if message is None:
                return None
            reader: Reader | None = message.recipient
            if reader is not None and not reader.takes_mail(now):
                message.status = Message.Status.NOT_MAILED
            at = now if message.urgent or reader is None else reader.mail_time(now)
            is_to_go = message.status == Message.Status.PENDING and at <= now
            message.next_try_at = now + claim_time() if is_to_go else at
            message.save(update_fields=["status", "next_try_at"])
        if is_to_go:
            return message


def _send(message: Message, mail_server: BaseEmailBackend) -> None:
    try:
        mail_server.open()
        mail_of(message, mail_server).send()
    except (SMTPException, OSError) as error:
        mail_server.close()
        _put_off(message, error)
    else:
        _record_sent(message)


def _record_sent(message: Message) -> None:
    """What is sent is sent, whatever became of the row meanwhile."""
    changes: dict[str, object] = {
        "status": Message.Status.SENT, "sent_at": timezone.now(), "error": "", "attempts": message.attempts + 1,
    }  # fmt: skip
    if message.kind in ALWAYS and not settings.DEMO:  # sign-in links do not stay behind
        changes |= {"text": "", "html": "", "url": ""}
    until = timezone.now() + PATIENCE
    while True:
        try:
            Message.objects.filter(pk=message.pk).update(**changes)
        except (OperationalError, InterfaceError):
            if timezone.now() > until:
                raise
            connection.close()
            time.sleep(0.1)
        else:
            return


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


def _put_off(message: Message, error: Exception) -> None:
    """Only what is still this worker's: its claim may have run out, or its reader may have stopped it."""
    changes: dict[str, object] = {"attempts": message.attempts + 1, "error": f"{type(error).__name__}: {error}"[:300]}
    if message.attempts < len(PAUSES):
        changes["next_try_at"] = timezone.now() + PAUSES[message.attempts]
    else:
        changes["status"] = Message.Status.DEAD
    mine = Message.objects.filter(pk=message.pk, status=Message.Status.PENDING, next_try_at=message.next_try_at)
    mine.update(**changes)
    log.warning("outbox.not_sent", message=message.pk, kind=message.kind, error=type(error).__name__)


@transaction.atomic
def try_again(message: Message) -> None:
    """Puts a message that was given up back into the outbox, due now. Does nothing to any other."""
    Message.objects.filter(pk=message.pk, status=Message.Status.DEAD).update(
        status=Message.Status.PENDING, attempts=0, next_try_at=timezone.now(), error=""
    )
