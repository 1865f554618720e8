"""Writing to the outbox, inside the transaction of the action that has something to say."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from notifications.digests import time_of_digest
from notifications.kinds import ALWAYS, Kind
from notifications.models import Message, Preference, Rhythm
from notifications.readers import Reader
from notifications.rendering import mail_html, mail_markdown_html, mail_text, render_plain, stop_url

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
    useful_until: dt.datetime | None = None,
    urgent: bool = False,
    attachments: Sequence[Attachment] = (),
    in_app: bool = True,
) -> None:
    """Writes one message; a second call with the same `key` writes nothing.

    `template` is a folder such as "mentoring/messages/pair_asked" with `subject.txt` and `body.md`, Markdown without
    links: `url` becomes the one button and the last line of the text. `url` is a path of this site or a whole address.
    `to` is a user or, for somebody without an account, an address. Its mail waits for the user's working hours, or for
    their digest if that comes before `useful_until`; an `urgent` one does not. Raises ValueError for an unknown kind.
    """
    letter = _Letter(
        template, Kind(kind), url, button, tuple(attachments), in_app, not_before or timezone.now(),
        useful_until=useful_until, urgent=urgent or kind in ALWAYS,
    )  # fmt: skip
    waiting = _waiting.get()
    if waiting is not None:
        waiting.append((letter, key, to, context))
        return
    message = _message(letter, key, to, context, _wish_of(None if isinstance(to, str) else to, letter.kind))
    Message.objects.bulk_create([message], ignore_conflicts=True)
    hurry_on_commit()


@contextmanager
def posting_together() -> Iterator[None]:
    """What is posted inside is written at its end: in few queries, however many messages, in the same transaction.

    Where the block fails, nothing of it is written.
    """
    waiting: list[_Waiting] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if waiting:
        _write(waiting)


def _write(waiting: "Sequence[_Waiting]") -> None:
    users = {to.pk for _, _, to, _ in waiting if not isinstance(to, str)}
    rhythms = Rhythm.objects.in_bulk(users)
    choices = {(each.user_id, each.kind): each for each in Preference.objects.filter(user__in=users)}
    messages = []
    for letter, key, to, context in waiting:
        wish = _Wish()
        if not isinstance(to, str) and letter.kind not in ALWAYS:
            wish = _Wish.of(choices.get((to.pk, letter.kind)), rhythms.get(to.pk))
        messages.append(_message(letter, key, to, context, wish))
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500)
    hurry_on_commit()


def post_to_many(
    template: str,
    *,
    kind: str,
    to: Sequence[tuple[str, Reader, Mapping[str, Any]]],
    url: str = "",
    button: str = "Open",
) -> None:
    """One message to each of many, as (key, user, context); three queries for all of them. Else like `post`."""
    with posting_together():
        for key, user, context in to:
            post(template, key=key, kind=kind, to=user, context=context, url=url, button=button)


@dataclass(frozen=True)
class _Letter:
    """What a message says to whomever it goes, and how long it can wait."""

    template: str
    kind: Kind
    url: str
    button: str
    attachments: tuple[Attachment, ...]
    in_app: bool
    due_at: dt.datetime
    useful_until: dt.datetime | None = None
    urgent: bool = False


@dataclass(frozen=True)
class _Wish:
    """How one person wants messages of one kind."""

    by_email: bool = True
    in_app: bool = True
    rhythm: Rhythm | None = None

    @classmethod
    def of(cls, choice: Preference | None, rhythm: Rhythm | None) -> "_Wish":
        return cls(choice.by_email, choice.in_app, rhythm) if choice else cls(rhythm=rhythm)


_Waiting = tuple[_Letter, str, Reader | str, Mapping[str, Any]]
_waiting: ContextVar[list[_Waiting] | None] = ContextVar("waiting", default=None)


def _wish_of(user: Reader | None, kind: Kind) -> _Wish:
    if user is None or kind in ALWAYS:
        return _Wish()
    choice = Preference.objects.filter(user=user.pk, kind=kind).first()
    return _Wish.of(choice, Rhythm.objects.filter(pk=user.pk).first())


def _message(letter: _Letter, key: str, to: Reader | str, context: Mapping[str, Any], wish: _Wish) -> Message:
    user, url = None if isinstance(to, str) else to, letter.url
    link = settings.SITE_URL + url if url.startswith("/") else url
    words = {**context, "url": link, "site_url": settings.SITE_URL, "company_name": settings.COMPANY_NAME}
    subject = " ".join(render_plain(f"{letter.template}/subject.txt", words).split())[:200]
    body, stop = render_plain(f"{letter.template}/body.md", words).strip(), stop_url(user, letter.kind)
    html = mail_markdown_html(body)
    status, next_try_at = _way(letter, user, wish)
    return Message(
        key=key,
        kind=letter.kind,
        recipient_id=user.pk if user is not None else None,
        to=to if isinstance(to, str) else to.email,
        subject=subject,
        text=mail_text(body, link=link, stop=stop),
        html=mail_html(html, subject=subject, url=link, button=letter.button, unsubscribe_url=stop),
        summary=subject,
        url=url,
        attachments=[list(attachment) for attachment in letter.attachments],
        in_app=letter.in_app and wish.in_app and user is not None,
        status=status,
        urgent=letter.urgent,
        due_at=letter.due_at,
        next_try_at=next_try_at,
    )


def _way(letter: _Letter, user: Reader | None, wish: _Wish) -> tuple[Message.Status, dt.datetime]:
    """In the person's digest where it comes in time, else by itself in their working hours; what is urgent at once."""
    if not wish.by_email:
        return Message.Status.NOT_MAILED, letter.due_at
    if letter.urgent or user is None:
        return Message.Status.PENDING, letter.due_at
    digest = time_of_digest(wish.rhythm, user, letter.due_at)
    if digest is not None and (letter.useful_until is None or digest < letter.useful_until):
        return Message.Status.HELD, digest
    return Message.Status.PENDING, user.mail_time(letter.due_at)


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
