"""Writing to the outbox, inside the transaction of the action that has something to say."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from notifications.kinds import ALWAYS, Kind
from notifications.models import Message, Preference
from notifications.readers import Reader
from notifications.rendering import mail_html, render_plain
from notifications.unsubscribe import unsubscribe_url

log = structlog.get_logger(__name__)

Attachment = tuple[str, str, str]  # file name, MIME type, text


def post(
    template: str,
    *,
    key: str,
    kind: str,
    to: Reader | str,
    context: Mapping[str, Any],
    url: str = "",
    button: str = "Open",
    not_before: dt.datetime | None = None,
    attachments: Sequence[Attachment] = (),
    in_app: bool = True,
) -> None:
    """Writes one message; a second call with the same `key` writes nothing.

    `template` is a folder such as "mentoring/messages/pair_asked" with `subject.txt` and `body.md`, Markdown without
    links: `url` becomes the one button and the last line of the text. `url` is a path of this site or a whole address.
    `to` is a user or, for somebody without an account, an address. Raises ValueError for an unknown kind.
    """
    user = None if isinstance(to, str) else to
    letter = _Letter(template, Kind(kind), url, button, tuple(attachments), in_app, not_before or timezone.now())
    message = _message(letter, key, to, context, _wanted(user, letter.kind))
    Message.objects.bulk_create([message], ignore_conflicts=True)
    hurry_on_commit()


def post_to_many(
    template: str,
    *,
    kind: str,
    to: Sequence[tuple[str, Reader, Mapping[str, Any]]],
    url: str = "",
    button: str = "Open",
) -> None:
    """One message to each of many, as (key, user, context); two queries for all of them. Else like `post`."""
    letter = _Letter(template, Kind(kind), url, button, (), True, timezone.now())
    choices = {
        user: (by_email, in_app)
        for user, by_email, in_app in Preference.objects.filter(
            user__in=[user.pk for _, user, _ in to], kind=kind
        ).values_list("user", "by_email", "in_app")
    }
    wanted = {} if kind in ALWAYS else choices
    messages = [_message(letter, key, user, context, wanted.get(user.pk, (True, True))) for key, user, context in to]
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500)
    hurry_on_commit()


@dataclass(frozen=True)
class _Letter:
    """What a message says to whomever it goes."""

    template: str
    kind: Kind
    url: str
    button: str
    attachments: tuple[Attachment, ...]
    in_app: bool
    due_at: dt.datetime


def _message(
    letter: _Letter, key: str, to: Reader | str, context: Mapping[str, Any], wanted: tuple[bool, bool]
) -> Message:
    user, (by_email, shows), url = None if isinstance(to, str) else to, wanted, letter.url
    link = settings.SITE_URL + url if url.startswith("/") else url
    words = {**context, "url": link, "site_url": settings.SITE_URL, "company_name": settings.COMPANY_NAME}
    subject = " ".join(render_plain(f"{letter.template}/subject.txt", words).split())[:200]
    body = render_plain(f"{letter.template}/body.md", words).strip()
    stop = unsubscribe_url(user.pk, letter.kind) if user is not None and letter.kind not in ALWAYS else ""
    return Message(
        key=key,
        kind=letter.kind,
        recipient_id=user.pk if user is not None else None,
        to=to if isinstance(to, str) else to.email,
        subject=subject,
        text=_text(body, link, stop),
        html=mail_html(body, subject=subject, url=link, button=letter.button, unsubscribe_url=stop),
        summary=subject,
        url=url,
        attachments=[list(attachment) for attachment in letter.attachments],
        in_app=letter.in_app and shows and user is not None,
        status=Message.Status.PENDING if by_email else Message.Status.NOT_MAILED,
        due_at=letter.due_at,
        next_try_at=letter.due_at,
    )


def _wanted(user: Reader | None, kind: Kind) -> tuple[bool, bool]:
    """(by e-mail, in the app), as the person chose."""
    if user is None or kind in ALWAYS:
        return True, True
    choice = Preference.objects.filter(user=user.pk, kind=kind).values_list("by_email", "in_app").first()
    return choice or (True, True)


def _text(body: str, link: str, stop: str) -> str:
    parts = [body, link, f"-- \nYou get this from the reverse-mentoring programme of {settings.COMPANY_NAME}."]
    return (
        "\n\n".join(part for part in parts if part) + (f"\nStop messages of this kind: {stop}" if stop else "") + "\n"
    )


def hurry_on_commit() -> None:
    """Wakes a worker once the transaction is through; once, however many messages it wrote."""
    if not any(hook is hurry for _, hook, *_ in connection.run_on_commit):
        transaction.on_commit(hurry)


def hurry() -> None:
    """Wakes a worker up. Where the broker is down, the sweep finds the rows later."""
    from notifications.tasks import deliver  # noqa: PLC0415  (the task delivers what is posted here)

    try:
        deliver.delay()
    except (OperationalError, RedisError, OSError) as error:
        log.warning("outbox.not_hurried", error=type(error).__name__)
